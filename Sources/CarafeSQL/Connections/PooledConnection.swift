import Synchronization

/// A connection with its thread, as the pool keeps it.
final class PooledConnection: @unchecked Sendable {
    // `driver` and `openCursor` are used on `thread` alone.
    let thread: ConnectionThread
    let openedAt = ContinuousClock.now
    private let driver: any DriverConnection
    private let canceller: any DriverCanceller
    private var openCursor: CursorBox?
    private let lost = Atomic(false)

    /// Guarded by the pool's lock: since when nobody uses it, and whether it must show that it lives before it is used again.
    var idleSince = ContinuousClock.now
    var isSuspect = false

    /// Starts a thread and opens a connection on it.
    static func open(_ backend: any DatabaseBackend, _ role: ConnectionRole) async throws(DatabaseError)
        -> PooledConnection
    {
        guard let thread = ConnectionThread() else {
            throw DatabaseError(.resources, "The system has no thread left for a connection.")
        }
        let result: Result<PooledConnection, DatabaseError> = await withUnsafeContinuation { continuation in
            thread.submit {
                do throws(DatabaseError) {
                    let driver = try backend.connect(role)
                    continuation.resume(returning: .success(PooledConnection(thread, driver)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        if case .failure = result { thread.stop() }
        return try result.get()
    }

    private init(_ thread: ConnectionThread, _ driver: any DriverConnection) {
        self.thread = thread
        self.driver = driver
        canceller = driver.canceller
    }

    /// Whether the server is gone.
    var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Runs `body` on the connection's thread: at once where the caller is there already.
    ///
    /// - Parameters:
    ///   - lease: whose end makes the call an error of kind `closed`
    ///   - isCancellable: false for what must be done also in a cancelled task, such as a rollback
    nonisolated(nonsending) func perform<Success: Sendable>(
        _ lease: Lease? = nil, isCancellable: Bool = true,
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        let operation = Operation()
        if !isCancellable { return try await run(operation, lease, body).get() }
        if Task.isCancelled { throw Self.cancelled }
        let result = await withTaskCancellationHandler {
            await run(operation, lease, body)
        } onCancel: {
            operation.cancel()
        }
        return try result.get()
    }

    private nonisolated(nonsending) func run<Success: Sendable>(
        _ operation: Operation, _ lease: Lease?,
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) async -> Result<Success, DatabaseError> {
        if thread.isCurrent { return runHere(operation, lease, body) }
        return await withUnsafeContinuation { continuation in
            thread.submit { continuation.resume(returning: self.runHere(operation, lease, body)) }
        }
    }

    /// Runs `body`, on the connection's thread.
    func runHere<Success: Sendable>(
        _ operation: Operation, _ lease: Lease?,
        _ body: @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) -> Result<Success, DatabaseError> {
        if let lease, lease.isEnded { return .failure(lease.ended) }
        guard operation.begin(canceller) else { return .failure(Self.cancelled) }
        defer { operation.finish() }
        do throws(DatabaseError) {
            return .success(try body(self, driver))
        } catch {
            if error.kind == .connectionLost { lost.store(true, ordering: .relaxed) }
            return .failure(error)
        }
    }

    private static var cancelled: DatabaseError { DatabaseError(.cancelled, "The task was cancelled.") }

    /// Starts a statement, on the connection's thread.
    func start(_ statement: SQL, isBounded: Bool) throws(DatabaseError) -> any DriverCursor {
        try requireNoCursor()
        return try driver.start(statement, isBounded: isBounded)
    }

    /// Throws while a stream is open: a connection has one statement at a time.
    func requireNoCursor() throws(DatabaseError) {
        guard openCursor != nil else { return }
        throw DatabaseError(
            .statement, "Another statement's rows are still being read from this connection.",
            hint: "Read the stream to its end first, or take the rows with query instead of stream.")
    }

    /// Makes the connection as it was when it was opened, on its thread. Where that fails it is not used again.
    func reset() throws(DatabaseError) {
        do throws(DatabaseError) {
            try driver.reset()
        } catch {
            lost.store(true, ordering: .relaxed)
            throw error
        }
    }

    /// Keeps a cursor open until it is closed, on the connection's thread.
    func keepOpen(_ cursor: CursorBox) { openCursor = cursor }

    /// Closes a cursor that was kept open, on the connection's thread.
    func closeCursor(_ cursor: CursorBox? = nil) {
        guard let openCursor, cursor == nil || cursor === openCursor else { return }
        openCursor.cursor.close()
        self.openCursor = nil
    }

    /// Ends the connection and its thread, after what it has to do, and then calls `completion` there.
    func close(_ completion: @escaping @Sendable () -> Void) {
        thread.submit {
            self.closeCursor()
            self.driver.close()
            completion()
        }
        thread.stop()
    }
}

/// A cursor that goes from call to call; used on its connection's thread alone.
final class CursorBox: @unchecked Sendable {
    let cursor: any DriverCursor
    init(_ cursor: any DriverCursor) { self.cursor = cursor }
}

/// The time in which a connection or a transaction may be used.
final class Lease: Sendable {
    private let isOver = Atomic(false)
    private let name: StaticString
    private let outer: Lease?

    init(_ name: StaticString, in outer: Lease? = nil) {
        self.name = name
        self.outer = outer
    }

    var isEnded: Bool { isOver.load(ordering: .acquiring) || outer?.isEnded == true }

    func end() { isOver.store(true, ordering: .releasing) }

    /// The error of a use after the end.
    var ended: DatabaseError {
        DatabaseError(
            .closed, "The \(name) has ended.",
            hint: "It can be used inside of the closure that it was given to, and no longer.")
    }
}
