import SQLSuites
import Testing

@Suite struct SharedTests {
    @Test("what every database does, SQLite does", arguments: [DatabaseFixture.file, .memory], DatabaseCheck.all)
    func check(_ fixture: DatabaseFixture, _ check: DatabaseCheck) async throws { try await check.run(on: fixture) }
}
