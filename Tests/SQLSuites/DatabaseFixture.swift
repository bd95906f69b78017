package import CarafeSQL

/// A kind of database that the shared suite runs on, with a fresh database for each test.
package struct DatabaseFixture: Sendable {
    private let make:
        @Sendable ((inout DatabaseConfiguration) -> Void) async throws -> (Database, @Sendable () async -> Void)

    /// - Parameter make: makes an empty database, and what removes it once it is closed
    package init(
        _ make:
            @escaping @Sendable ((inout DatabaseConfiguration) -> Void) async throws -> (
                Database, @Sendable () async -> Void
            )
    ) {
        self.make = make
    }

    /// Runs `body` with an empty database, and expects that no connection is in use afterwards.
    package func withDatabase<Success: Sendable>(
        configure: (inout DatabaseConfiguration) -> Void = { _ in }, _ body: (Database) async throws -> Success
    ) async throws -> Success {
        let (database, remove) = try await make(configure)
        let result: Result<Success, any Error>
        do {
            result = .success(try await body(database))
        } catch {
            result = .failure(error)
        }
        await database.close()
        await remove()
        return try result.get()
    }
}
