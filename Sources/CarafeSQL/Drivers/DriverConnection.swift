/// A connection as its driver keeps it: synchronous, and used on its own thread alone.
///
/// Every method but the canceller's may block. After an error of kind `connectionLost` the connection is not used again.
public protocol DriverConnection: AnyObject {
    /// Stops what the connection is doing; may be called from any thread.
    var canceller: any DriverCanceller { get }

    /// Whether a transaction is open, or has failed and waits for its rollback.
    var transactionState: DriverTransactionState { get }

    /// Whether the statement only reads, so that a connection of role `readOnly` can run it. Compiles it where it must.
    func isReadOnly(_ statement: SQL) throws(DatabaseError) -> Bool

    /// Starts a statement. The cursor before must have been closed.
    ///
    /// - Parameter isBounded: whether the rows must not be held in memory all at once
    func start(_ statement: SQL, isBounded: Bool) throws(DatabaseError) -> any DriverCursor

    /// Runs the same statement with many sets of values, in about as many round trips as one, and returns how many rows
    /// were changed in all. All of `statements` have the same text. It does nothing at all where one fails.
    func runBatch(_ statements: [SQL]) throws(DatabaseError) -> Int

    /// Runs text of several statements, without values: a migration, a schema. Stops at the first that fails.
    func runScript(_ text: String) throws(DatabaseError)

    /// Asks the server for a sign of life.
    func ping() throws(DatabaseError)

    /// Whether ``reset()`` has something to do. Asked after each use, without a word to the server.
    var needsReset: Bool { get }

    /// Makes the connection as it was when it was opened, before it goes back to the pool: rolls back what is open.
    func reset() throws(DatabaseError)

    /// Ends the connection. Never fails.
    func close()
}

extension DriverConnection {
    /// Whether a transaction is open.
    public var needsReset: Bool { transactionState != .none }
}

/// Stops a statement from another thread.
public protocol DriverCanceller: Sendable {
    /// A new use of the connection begins: what was cancelled before no longer matters. It is called on the connection's thread,
    /// never at the same time as ``cancel()``. A cancellation between this and the statement must stop the statement too.
    func begin()

    /// Stops what the connection is doing, if it is doing anything. The statement then throws an error of kind `cancelled`.
    func cancel()
}

extension DriverCanceller {
    /// Does nothing: for drivers whose cancellations never come too late.
    public func begin() {}
}

/// The state of a connection's transaction.
public enum DriverTransactionState: Sendable, Hashable {
    case none
    case open
    /// PostgreSQL: a statement has failed, and only a rollback is taken.
    case failed
}

/// The rows of a statement that is running, on the connection's thread.
public protocol DriverCursor: AnyObject {
    /// The columns, known from the start; empty where the statement returns no rows.
    var columns: RowColumns { get }

    /// The next row's values, one for each column; nil after the last.
    func next() throws(DatabaseError) -> [SQLValue]?

    /// How many rows the statement changed; known after the last row.
    var affectedRows: Int { get }

    /// Ends the statement, also in the middle. Never fails; may be called twice.
    func close()
}
