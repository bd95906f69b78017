import Synchronization

/// A transaction that is open, or a savepoint within one.
public final class Transaction: Queryable {
    /// The database of the transaction.
    public let database: Database
    let held: QuerySession.Held
    /// 0 for a transaction, 1 and more for savepoints.
    let depth: Int
    private let hasSavepoint = Atomic(false)

    init(_ database: Database, _ held: QuerySession.Held, depth: Int = 0) {
        self.database = database
        self.held = held
        self.depth = depth
    }

    /// Where the statements go.
    public var session: QuerySession { QuerySession(database: database, held: held) }

    /// Runs `body` within a savepoint: where it throws, what it did is undone and the transaction goes on.
    @discardableResult
    public func transaction<Success: Sendable>(
        actor: isolated (any Actor)? = #isolation, _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        guard hasSavepoint.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
        else {
            throw DatabaseError(
                .statement, "Two savepoints of one transaction were begun side by side.",
                hint: "The tasks of one transaction share its connection: let one of them end before the next begins.")
        }
        defer { hasSavepoint.store(false, ordering: .releasing) }
        let name = "carafe_\(depth + 1)"
        try await held.connection.run("SAVEPOINT \(name)", held.lease)
        let inner = QuerySession.Held(connection: held.connection, lease: Lease("savepoint", in: held.lease))
        let savepoint = Transaction(database, inner, depth: depth + 1)
        do {
            let result = try await Database.Scope.$innermost.withValue(Database.Scope(database, inner, savepoint)) {
                try await body(savepoint)
            }
            try await held.connection.run("RELEASE SAVEPOINT \(name)", inner.lease, ending: inner.lease)
            return result
        } catch {
            inner.lease.end()
            try? await held.connection.run("ROLLBACK TO SAVEPOINT \(name)", held.lease, isCancellable: false)
            try? await held.connection.run("RELEASE SAVEPOINT \(name)", held.lease, isCancellable: false)
            throw error
        }
    }
}

/// How much of other transactions' work a transaction sees. SQLite's are always serializable.
public enum IsolationLevel: Sendable, Hashable {
    case readCommitted
    case repeatableRead
    case serializable
}

extension Database {
    /// Runs `body` in a transaction, which is committed when `body` returns, and rolled back when it throws or its task is
    /// cancelled.
    ///
    /// Within a transaction of the same task it is a savepoint of that one. Statements sent to the database by `body` itself, not
    /// only to the transaction that it is given, belong to the transaction.
    ///
    /// - Parameters:
    ///   - level: how much of others' work it sees; nil for the database's default
    ///   - readOnly: whether it only reads; on SQLite such transactions run beside the one that writes
    ///   - retries: how often `body` is run again where the database says that another transaction came in between
    /// - Throws: what `body` throws, or ``DatabaseError``
    @discardableResult
    public func transaction<Success: Sendable>(
        isolation level: IsolationLevel? = nil, readOnly: Bool = false, retries: Int = 0,
        fileID: String = #fileID, line: Int = #line, actor: isolated (any Actor)? = #isolation,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        if let scope {
            if let outer = scope.transaction { return try await outer.transaction(actor: actor, body) }
            return try await begin(scope.held, Self.opening(dialect, level, readOnly), actor, body)
        }
        var attempt = 0
        while true {
            do {
                return try await transactOnce(level, readOnly, actor, body)
            } catch let error as DatabaseError where error.isRetryable && attempt < retries {
                attempt += 1
                let pause = Duration.milliseconds(5) * (1 << min(attempt, 8)) * Double.random(in: 0.5...1.5)
                try await Task.sleep(for: pause)
            } catch var error as DatabaseError {
                error.source = error.source ?? "\(fileID):\(line)"
                throw error
            }
        }
    }

    private func transactOnce<Success: Sendable>(
        _ level: IsolationLevel?, _ readOnly: Bool, _ actor: isolated (any Actor)?,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        let pool = readOnly ? readers ?? writers : writers
        let pooled = try await pool.acquire()
        let held = QuerySession.Held(connection: pooled, lease: Lease("connection"))
        let result: Result<Success, any Error>
        do {
            result = .success(
                try await withTaskExecutorPreference(pooled.thread) {
                    try await begin(held, Self.opening(dialect, level, readOnly), actor, body)
                })
        } catch {
            result = .failure(error)
        }
        await giveBack(held, to: pool)
        return try result.get()
    }

    /// A transaction on a connection that is held already.
    fileprivate func begin<Success: Sendable>(
        _ held: QuerySession.Held, _ opening: String, _ actor: isolated (any Actor)?,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        try await held.connection.run(opening, held.lease)
        let inner = QuerySession.Held(connection: held.connection, lease: Lease("transaction", in: held.lease))
        let transaction = Transaction(self, inner)
        do {
            let result = try await Scope.$innermost.withValue(Scope(self, inner, transaction)) {
                try await body(transaction)
            }
            try await held.connection.commit(inner.lease)
            return result
        } catch {
            inner.lease.end()
            try? await held.connection.rollBack()
            throw error
        }
    }

    fileprivate static func opening(_ dialect: SQLDialect, _ level: IsolationLevel?, _ readOnly: Bool) -> String {
        switch dialect {
        case .sqlite:
            // A transaction that begins as a reader and becomes a writer may find that another one was faster, too late to wait.
            return readOnly ? "BEGIN" : "BEGIN IMMEDIATE"
        case .postgresql:
            var text = "BEGIN"
            switch level {
            case nil: break
            case .readCommitted: text += " ISOLATION LEVEL READ COMMITTED"
            case .repeatableRead: text += " ISOLATION LEVEL REPEATABLE READ"
            case .serializable: text += " ISOLATION LEVEL SERIALIZABLE"
            }
            return readOnly ? text + " READ ONLY" : text
        }
    }
}

extension Connection {
    /// Runs `body` in a transaction on this connection: see ``Database/transaction(isolation:readOnly:retries:fileID:line:actor:_:)``.
    ///
    /// - Throws: what `body` throws, or ``DatabaseError``; within a transaction of the connection of kind `statement`
    @discardableResult
    public func transaction<Success: Sendable>(
        isolation level: IsolationLevel? = nil, readOnly: Bool = false, actor: isolated (any Actor)? = #isolation,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        if let transaction = database.scope?.transaction, transaction.held.connection === held.connection {
            return try await transaction.transaction(actor: actor, body)
        }
        return try await database.begin(held, Database.opening(dialect, level, readOnly), actor, body)
    }
}

extension PooledConnection {
    /// Runs a statement of the transaction's own.
    ///
    /// - Parameter ending: a lease that ends with it, so that nothing comes in between
    fileprivate func run(
        _ text: String, _ lease: Lease, ending: Lease? = nil, isCancellable: Bool = true
    ) async throws(DatabaseError) {
        try await perform(lease, isCancellable: isCancellable) { connection, driver throws(DatabaseError) in
            ending?.end()
            connection.closeCursor()
            try driver.run(text)
        }
    }

    fileprivate func commit(_ lease: Lease) async throws(DatabaseError) {
        try await perform(lease) { connection, driver throws(DatabaseError) in
            lease.end()
            connection.closeCursor()
            switch driver.transactionState {
            case .open: try driver.run("COMMIT")
            case .failed:
                throw DatabaseError(
                    .statement,
                    "A statement of the transaction failed, and with it the transaction; it was rolled back.",
                    hint:
                        "To go on after a statement that may fail, put it into a savepoint: transaction { } within the transaction."
                )
            case .none:
                throw DatabaseError(
                    .statement, "The transaction was ended by a statement, or by the database itself.",
                    hint: "COMMIT and ROLLBACK are transaction { }'s business.")
            }
        }
    }

    fileprivate func rollBack() async throws(DatabaseError) {
        try await perform(isCancellable: false) { connection, driver throws(DatabaseError) in
            connection.closeCursor()
            if driver.transactionState != .none { try driver.run("ROLLBACK") }
        }
    }
}

extension DriverConnection {
    /// Runs a statement without values and rows.
    fileprivate func run(_ text: String) throws(DatabaseError) {
        let cursor = try start(SQL(parts: [.text(text)]), isBounded: false)
        defer { cursor.close() }
        while try cursor.next() != nil {}
    }
}
