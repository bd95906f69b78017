import CarafeSQL
import Synchronization
import Testing
import TestSupport

@testable import CarafePostgreSQL

/// A connection to an empty schema of its own, used on the test's thread. Schemas come a hundred times as fast as databases.
final class PostgreSQLFixture {
    let url: String
    let backend: PostgreSQLBackend
    let connection: PostgreSQLConnection

    init(options: String = "", onNotice: (@Sendable (PostgreSQLNotice) -> Void)? = nil) throws {
        let schema = "test_\(Self.schemas.add(1, ordering: .relaxed).newValue)"
        url = try PostgreSQLServer.shared.url() + "&options=-csearch_path%3D\(schema)" + options
        backend = try Self.backend(url, onNotice: onNotice)
        connection = try backend.open()
        try connection.execute("CREATE SCHEMA \(SQLIdentifier(schema))")
    }

    private static let schemas = Atomic(0)

    deinit { connection.close() }

    static func backend(
        _ url: String, onNotice: (@Sendable (PostgreSQLNotice) -> Void)? = nil
    ) throws -> PostgreSQLBackend {
        try #require(PostgreSQLDriver(onNotice: onNotice).backend(for: DatabaseURL(url)) as? PostgreSQLBackend)
    }

    /// The values of all rows.
    func rows(_ statement: SQL) throws(DatabaseError) -> [[SQLValue]] { try connection.rows(statement) }

    /// The one value of a statement.
    func value(_ statement: SQL) throws(DatabaseError) -> SQLValue { try connection.value(statement) }

    @discardableResult
    func execute(_ statement: SQL) throws(DatabaseError) -> Int { try connection.execute(statement) }

    /// The error that a statement throws.
    func error(_ statement: SQL) -> DatabaseError? { connection.error(statement) }
}

extension PostgreSQLConnection {
    func rows(_ statement: SQL) throws(DatabaseError) -> [[SQLValue]] {
        let cursor = try start(statement, isBounded: false)
        defer { cursor.close() }
        var rows: [[SQLValue]] = []
        while let row = try cursor.next() { rows.append(row) }
        return rows
    }

    func value(_ statement: SQL) throws(DatabaseError) -> SQLValue {
        guard let value = try rows(statement).first?.first else { throw DatabaseError(.noRow, "no row") }
        return value
    }

    @discardableResult
    func execute(_ statement: SQL) throws(DatabaseError) -> Int {
        let cursor = try start(statement, isBounded: false)
        defer { cursor.close() }
        while try cursor.next() != nil {}
        return cursor.affectedRows
    }

    func error(_ statement: SQL) -> DatabaseError? {
        do throws(DatabaseError) {
            try execute(statement)
            return nil
        } catch {
            return error
        }
    }
}

/// The tests that need a server.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL's server is not installed"))
struct PostgreSQLTests {}
