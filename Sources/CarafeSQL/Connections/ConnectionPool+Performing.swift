/// One statement on whichever connection is free.
extension ConnectionPool {
    /// Runs `body` on the thread of a connection, which goes back to the pool there: whoever waits for it goes on there too,
    /// without a way through its own executor and back. Under load that spares most of the changes of thread.
    nonisolated(nonsending) func perform<Success: Sendable>(
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        let operation = Operation()
        let connection: PooledConnection
        switch try decide() {
        case .grant(.connection(let idle, mustPing: false)): connection = idle
        case .grant(let grant): connection = try await acquire(grant)
        case .wait(let id):
            switch await wait(id, operation, body) {
            case .ended(let result): return try result.get()
            case .granted(let result): connection = try await acquire(try result.get())
            }
        }
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                run(operation, body, on: connection) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            operation.cancel()
        }
        return try result.get()
    }

    /// What becomes of somebody who waits.
    private enum Outcome<Success: Sendable>: Sendable {
        case ended(Result<Success, DatabaseError>)
        /// Something else than a connection that is ready.
        case granted(Result<Grant, DatabaseError>)
    }

    private nonisolated(nonsending) func wait<Success: Sendable>(
        _ id: Int, _ operation: Operation,
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) async -> Outcome<Success> {
        await withTaskCancellationHandler {
            await wait(id) { [self] grant, continuation in
                guard case .success(.connection(let connection, mustPing: false)) = grant else {
                    return continuation.resume(returning: .granted(grant))
                }
                run(operation, body, on: connection) { continuation.resume(returning: .ended($0)) }
            }
        } onCancel: {
            operation.cancel()
        }
    }

    private func run<Success: Sendable>(
        _ operation: Operation,
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success,
        on connection: PooledConnection, _ completion: @escaping @Sendable (Result<Success, DatabaseError>) -> Void
    ) {
        connection.thread.submit { [self] in
            let result = connection.runHere(operation, nil, body)
            release(connection)
            completion(result)
        }
    }
}
