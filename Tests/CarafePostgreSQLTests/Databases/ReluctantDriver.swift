import CarafePostgreSQL
import CarafeSQL
import Foundation

/// PostgreSQL, but its connections close only once they may.
struct ReluctantDriver: DatabaseDriver {
    let mayClose: Flag

    var schemes: [String] { PostgreSQLDriver.postgresql.schemes }

    func backend(for url: DatabaseURL) throws(DatabaseError) -> any DatabaseBackend {
        Backend(actual: try PostgreSQLDriver.postgresql.backend(for: url), mayClose: mayClose)
    }

    private struct Backend: DatabaseBackend {
        let actual: any DatabaseBackend
        let mayClose: Flag

        var dialect: SQLDialect { actual.dialect }
        var topology: ConnectionTopology { actual.topology }

        func connect(_ role: ConnectionRole) throws(DatabaseError) -> any DriverConnection {
            Connection(actual: try actual.connect(role), mayClose: mayClose)
        }
    }

    private final class Connection: DriverConnection {
        private let actual: any DriverConnection
        private let mayClose: Flag

        init(actual: any DriverConnection, mayClose: Flag) {
            self.actual = actual
            self.mayClose = mayClose
        }

        var canceller: any DriverCanceller { actual.canceller }
        var transactionState: DriverTransactionState { actual.transactionState }
        var needsReset: Bool { actual.needsReset }
        func isReadOnly(_ statement: SQL) throws(DatabaseError) -> Bool { try actual.isReadOnly(statement) }
        func start(_ statement: SQL, isBounded: Bool) throws(DatabaseError) -> any DriverCursor {
            try actual.start(statement, isBounded: isBounded)
        }
        func runBatch(_ statements: [SQL]) throws(DatabaseError) -> Int { try actual.runBatch(statements) }
        func runScript(_ text: String) throws(DatabaseError) { try actual.runScript(text) }
        func ping() throws(DatabaseError) { try actual.ping() }
        func reset() throws(DatabaseError) { try actual.reset() }

        func close() {
            while !mayClose.isSet { usleep(1_000) }
            actual.close()
        }
    }
}
