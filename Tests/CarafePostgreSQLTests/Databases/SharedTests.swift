import SQLSuites
import Testing
import TestSupport

extension DatabaseFixture {
    static let server = DatabaseFixture("a server") { configure in
        let test = try TestDatabase(configure: configure)
        return (test.database, {})
    }

    static let withoutPreparedStatements = DatabaseFixture("prepared=off") { configure in
        let test = try TestDatabase("&prepared=off", configure: configure)
        return (test.database, {})
    }
}

extension PostgreSQLTests {
    @Test(
        "PostgreSQL does what every database does", arguments: DatabaseCheck.all,
        [DatabaseFixture.server, .withoutPreparedStatements])
    func shared(_ check: DatabaseCheck, _ fixture: DatabaseFixture) async throws { try await check.run(on: fixture) }
}
