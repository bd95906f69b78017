import CarafeSQL
import Foundation
import Synchronization
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct ErrorTests {
        static let tables = """
            CREATE TABLE a (id int PRIMARY KEY, name text NOT NULL UNIQUE, n int CONSTRAINT positive CHECK (n > 0));
            CREATE TABLE b (a int CONSTRAINT b_a REFERENCES a (id), span int4range, EXCLUDE USING gist (span WITH &&));
            INSERT INTO a VALUES (1, 'one', 1); INSERT INTO b VALUES (1, '[1,5)');
            CREATE TYPE mood AS ENUM ('sad');
            """

        @Test(
            "an error has a kind, a code, and what it concerns",
            arguments: [
                ("INSERT INTO a VALUES (2, 'one', 1)", .uniqueViolation, "23505", "a", nil, "a_name_key"),
                ("INSERT INTO a VALUES (2, NULL, 1)", .notNullViolation, "23502", "a", "name", nil),
                ("INSERT INTO a VALUES (2, 'two', 0)", .checkViolation, "23514", "a", nil, "positive"),
                ("INSERT INTO b VALUES (7)", .foreignKeyViolation, "23503", "b", nil, "b_a"),
                ("DELETE FROM a", .foreignKeyViolation, "23503", "b", nil, "b_a"),
                ("INSERT INTO b VALUES (1, '[4,6)')", .exclusionViolation, "23P01", "b", nil, "b_span_excl"),
                ("SELECT nothing FROM a", .statement, "42703", nil, nil, nil),
                ("SELECT * FROM nothing", .statement, "42P01", nil, nil, nil),
                ("SELECT 'x'::int", .value, "22P02", nil, nil, nil), ("SELECT 1 / 0", .value, "22012", nil, nil, nil),
                ("SELECT 99999999999::int", .value, "22003", nil, nil, nil),
                ("SELECT (SELECT 1 UNION SELECT 2)", .statement, "21000", nil, nil, nil),
                ("SELECT * FROM pg_authid_", .statement, "42P01", nil, nil, nil),
                ("SET TRANSACTION ISOLATION LEVEL nonsense", .statement, "42601", nil, nil, nil),
            ] as [(SQL, DatabaseError.Kind, String, String?, String?, String?)])
        func kinds(
            _ statement: SQL, _ kind: DatabaseError.Kind, _ code: String, _ table: String?, _ column: String?,
            _ constraint: String?
        ) throws {
            let database = try PostgreSQLFixture()
            try database.connection.runScript(Self.tables)
            let error = try #require(database.error(statement))
            #expect(error.kind == kind && error.code == code)
            #expect(error.table == table && error.column == column && error.constraint == constraint)
            #expect(error.statement == statement.description)
        }

        @Test("the position counts characters of the statement")
        func position() throws {
            let database = try PostgreSQLFixture()
            #expect(database.error("SELECT 'ü😀', nothing")?.position == 14)
        }

        @Test("what a user sent is not in the message")
        func values() throws {
            let database = try PostgreSQLFixture()
            try database.connection.runScript(Self.tables)
            let secret = "s3\"cr3t"
            let statements: [SQL] = [
                "INSERT INTO a (id) VALUES (\(secret))", "SELECT \(secret)::date", "SELECT \(secret)::mood",
                "SELECT \(secret)::uuid",
                "SELECT \(secret)::jsonb", "SELECT ('2024-13-' || \(secret))::timestamptz", "SELECT \(secret)::inet",
                "SELECT \("{" + secret)::int[]", "INSERT INTO a VALUES (2, \(secret), 0)",
                "WITH x AS (INSERT INTO a VALUES (5, \(secret), 1), (6, \(secret), 1)) SELECT 1",
            ]
            for statement in statements {
                let error = try #require(database.error(statement))
                #expect(!"\(error) \(error.hint ?? "")".contains("cr3t"))
            }
            #expect(database.error("SELECT \("x")::int")?.message == "invalid input syntax for type integer: \"…\"")
        }

        @Test("a failed transaction takes a rollback alone, and says so")
        func failedTransaction() throws {
            let database = try PostgreSQLFixture()
            #expect(database.connection.transactionState == .none)
            try database.execute("BEGIN")
            #expect(database.connection.transactionState == .open)
            #expect(database.error("SELECT 1 / 0")?.kind == .value)
            #expect(database.connection.transactionState == .failed)
            #expect(
                database.error("SELECT 1")?.hint
                    == "A statement of this transaction has failed: it can only be rolled back.")
            try database.connection.reset()
            #expect(database.connection.transactionState == .none)
        }

        @Test("what another transaction does is told apart: serialization, deadlock, locks, read-only")
        func concurrency() throws {
            let database = try PostgreSQLFixture()
            let other = try database.backend.open()
            defer { other.close() }
            try database.execute("CREATE TABLE t AS SELECT 1 AS id, 0 AS n")
            for connection in [database.connection, other] {
                try connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
                _ = try connection.rows("SELECT * FROM t")
            }
            try database.execute("UPDATE t SET n = 1")
            try database.execute("COMMIT")
            let error = try #require(other.error("UPDATE t SET n = 2"))
            #expect(error.kind == .serializationFailure && error.isRetryable)
            try other.reset()
            try database.execute("BEGIN")
            try database.execute("UPDATE t SET n = 1")
            #expect(other.error("SELECT * FROM t FOR UPDATE NOWAIT")?.kind == .locked)
            try other.execute("BEGIN READ ONLY")
            #expect(other.error("INSERT INTO t VALUES (3, 3)")?.kind == .readOnly)
        }

        @Test("a connection for reading alone does not write")
        func readOnly() throws {
            let database = try PostgreSQLFixture()
            let reader = try database.backend.open(.readOnly)
            defer { reader.close() }
            #expect(reader.error("CREATE TABLE t (n int)")?.kind == .readOnly)
        }

        @Test("the server's notices come to the hook")
        func notices() throws {
            let notices = Mutex<[PostgreSQLNotice]>([])
            let database = try PostgreSQLFixture { notice in notices.withLock { $0.append(notice) } }
            try database.execute("DROP TABLE IF EXISTS nothing")
            try database.execute("DO $$ BEGIN RAISE WARNING 'careful' USING DETAIL = 'd', HINT = 'h'; END $$")
            let heard = notices.withLock { $0 }
            #expect(heard.map(\.code) == ["00000", "01000"])
            #expect(heard.last?.message == "careful" && heard.last?.detail == "d" && heard.last?.hint == "h")
            #expect(heard.last?.severity == "WARNING")
        }
    }
}
