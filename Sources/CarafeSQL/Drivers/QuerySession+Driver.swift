// What a driver's module needs to offer more than the common protocol.

extension QuerySession {
    /// Runs `body` with the driver's connection, on its thread: with the one that is held, or one of the pool.
    package func withDriver<Success: Sendable>(
        _ body: @escaping @Sendable (any DriverConnection) throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        try await perform(for: nil) { connection, driver throws(DatabaseError) in
            try connection.requireNoCursor()
            return try body(driver)
        }
    }

    /// Runs `body` with a session that holds one connection for all that is done with it.
    package func holding<Success: Sendable>(_ body: (QuerySession) async throws -> Success) async throws -> Success {
        if held != nil { return try await body(self) }
        return try await database.withConnection { connection in try await body(connection.session) }
    }
}
