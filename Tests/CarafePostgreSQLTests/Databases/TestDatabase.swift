import CarafePostgreSQL
import CarafeSQL
import TestSupport

/// A server's database of the test's own, and the way in which the app uses it.
struct TestDatabase {
    let url: String
    let database: Database

    init(_ options: String = "", configure: (inout DatabaseConfiguration) -> Void = { _ in }) throws {
        try self.init(url: PostgreSQLServer.shared.newDatabase() + options, configure: configure)
    }

    init(url: String, configure: (inout DatabaseConfiguration) -> Void = { _ in }) throws {
        self.url = url
        var configuration = try DatabaseConfiguration(url: DatabaseURL(url))
        configure(&configuration)
        database = try Database(configuration, drivers: [.postgresql])
    }
}

/// Runs `body` with a database of its own, and expects that it leaves no connection open at the server.
func withDatabase<Success: Sendable>(
    _ options: String = "", configure: (inout DatabaseConfiguration) -> Void = { _ in },
    _ body: (Database) async throws -> Success
) async throws -> Success {
    let test = try TestDatabase(options, configure: configure)
    let result: Result<Success, any Error>
    do {
        result = .success(try await body(test.database))
    } catch {
        result = .failure(error)
    }
    await test.database.close()
    return try result.get()
}
