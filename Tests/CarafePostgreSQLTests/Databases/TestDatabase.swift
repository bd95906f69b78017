import CarafePostgreSQL
import CarafeSQL
import TestSupport

/// A schema of the test's own, and the way in which an app uses it.
struct TestDatabase {
    let url: String
    let database: Database

    init(_ options: String = "", configure: (inout DatabaseConfiguration) -> Void = { _ in }) throws {
        let fixture = try PostgreSQLFixture(options: options)
        try self.init(url: fixture.url, configure: configure)
    }

    init(url: String, configure: (inout DatabaseConfiguration) -> Void = { _ in }) throws {
        self.url = url
        var configuration = try DatabaseConfiguration(url: DatabaseURL(url))
        configure(&configuration)
        database = try Database(configuration, drivers: [.postgresql])
    }
}

/// Runs `body` with an empty schema; with a database of its own where others would be in the way.
func withDatabase<Success: Sendable>(
    isOwn: Bool = false, configure: (inout DatabaseConfiguration) -> Void = { _ in },
    _ body: (Database) async throws -> Success
) async throws -> Success {
    let test =
        isOwn
        ? try TestDatabase(url: PostgreSQLServer.shared.newDatabase(), configure: configure)
        : try TestDatabase(configure: configure)
    let result: Result<Success, any Error>
    do {
        result = .success(try await body(test.database))
    } catch {
        result = .failure(error)
    }
    await test.database.close()
    return try result.get()
}
