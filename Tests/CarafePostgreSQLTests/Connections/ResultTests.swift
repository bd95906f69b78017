import CarafeSQL
import Foundation
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct ResultTests {
        @Test("a million rows are streamed in the memory of one")
        func million() throws {
            let database = try PostgreSQLFixture()
            let cursor = try database.connection.start(
                "SELECT i, 'row number ' || i FROM generate_series(1, 1000000) i", isBounded: true)
            var sum: Int64 = 0
            var before = 0
            while let row = try cursor.next() {
                guard case .integer(let number) = row[0] else { break }
                sum += number
                if number == 10_000 { before = residentMemory() }
            }
            #expect(sum == 500_000_500_000)
            // All of them would be more than twice as much; other tests of the process take some too.
            #expect(residentMemory() - before < 64 << 20)
            cursor.close()
            #expect(try database.value("SELECT 1") == .integer(1))
        }

        @Test("a stream that is left in the middle leaves the connection as it was", arguments: [false, true])
        func left(_ isTransaction: Bool) throws {
            let database = try PostgreSQLFixture()
            if isTransaction { try database.execute("BEGIN") }
            for _ in 0..<3 {
                let cursor = try database.connection.start("SELECT generate_series(1, \(300_000))", isBounded: true)
                #expect(try cursor.next() == [.integer(1)])
                cursor.close()
                #expect(try cursor.next() == nil)
                cursor.close()
                _ = try database.connection.start("SELECT generate_series(1, \(300_000))", isBounded: true)
                #expect(try database.value("SELECT 1") == .integer(1))
                #expect(database.connection.transactionState == (isTransaction ? .open : .none))
            }
        }

        @Test("an endless stream within a transaction can be left, and what was done before stays")
        func endless() throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TABLE t AS SELECT 1 AS n")
            try database.execute("BEGIN")
            try database.execute("UPDATE t SET n = 2")
            let cursor = try database.connection.start("SELECT generate_series(1, 100000000000)", isBounded: true)
            _ = try cursor.next()
            cursor.close()
            for statement in ["SELECT 1 WHERE false", "VALUES (1), (2)", "INSERT INTO t VALUES (3) RETURNING n"]
                as [SQL]
            {
                let cursor = try database.connection.start(statement, isBounded: true)
                while try cursor.next() != nil {}
            }
            #expect(database.connection.transactionState == .open)
            try database.execute("COMMIT")
            #expect(try database.rows("SELECT n FROM t ORDER BY n") == [[.integer(2)], [.integer(3)]])
        }

        @Test("a stream ends with the error that the server meets on the way")
        func failing() throws {
            let database = try PostgreSQLFixture()
            let cursor = try database.connection.start(
                "SELECT 10 / (5000 - i) FROM generate_series(1, 9999) i", isBounded: true)
            var rows = 0
            let error = #expect(throws: DatabaseError.self) { while try cursor.next() != nil { rows += 1 } }
            #expect(error?.code == "22012" && rows == 4_999)
            #expect(try cursor.next() == nil)
            #expect(try database.value("SELECT 1") == .integer(1))
        }

        @Test("a stream without rows has its columns, and one that changes rows counts them")
        func empty() throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TABLE t (id int, name text)")
            let cursor = try database.connection.start("SELECT * FROM t", isBounded: true)
            #expect(cursor.columns.names == ["id", "name"])
            #expect(try cursor.next() == nil)
            let insert = try database.connection.start(
                "INSERT INTO t VALUES (1, 'a'), (2, 'b') RETURNING id", isBounded: true)
            while try insert.next() != nil {}
            #expect(insert.affectedRows == 2)
        }

        @Test("a batch goes to the server at once, and all of it is done or nothing")
        func batch() throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TABLE t (id int PRIMARY KEY, name text, at interval)")
            func insert(_ ids: some Sequence<Int>) -> [SQL] {
                ids.map { "INSERT INTO t VALUES (\($0), \("name \($0)"))" }
            }
            #expect(try database.connection.runBatch(insert(1...20_000)) == 20_000)
            #expect(try database.connection.runBatch([]) == 0)
            var error = #expect(throws: DatabaseError.self) {
                try database.connection.runBatch(insert([20_001, 20_002, 1, 20_003]))
            }
            #expect(error?.kind == .uniqueViolation)
            error = #expect(throws: DatabaseError.self) {
                try database.connection.runBatch(insert(Array(30_001...40_000) + [5] + Array(40_001...90_000)))
            }
            #expect(error?.kind == .uniqueViolation)
            let mixed: [SQL] = insert(50_001...50_200) + ["INSERT INTO t VALUES (\(1), \("a\u{0}"))"]
            #expect(throws: DatabaseError.self) { try database.connection.runBatch(mixed) }
            #expect(throws: DatabaseError.self) {
                try database.connection.runBatch(insert(60_001...60_100) + ["DELETE FROM t"])
            }
            #expect(try database.value("SELECT count(*) FROM t") == .integer(20_000))
            try database.execute("BEGIN")
            #expect(try database.connection.runBatch(insert(50_001...50_010)) == 10)
            try database.execute("ROLLBACK")
            #expect(
                try database.connection.runBatch((1...300).map { "DELETE FROM t WHERE id IN (\([$0, $0 + 1000, 0]))" })
                    == 600)
            let interval = SQLValue.interval(SQLInterval(days: 1))
            #expect(try database.connection.runBatch(["UPDATE t SET at = \(interval) WHERE id = 500"]) == 1)
            #expect(try database.value("SELECT count(*) FROM t") == .integer(19_400))
        }

        @Test("a batch whose statements and answers both fill every buffer does not stand still")
        func fullBuffers() throws {
            let database = try PostgreSQLFixture()
            let text = String(repeating: "x", count: 20_000)
            try database.execute("CREATE TABLE t (s text)")
            #expect(
                try database.connection.runBatch(
                    (0..<400).map { _ in "INSERT INTO t VALUES (\(text)) RETURNING s || s" }) == 400)
        }

        @Test("prepared statements are few, and made again when they no longer hold")
        func preparedStatements() throws {
            let database = try PostgreSQLFixture(options: "&statement_cache_size=5")
            func prepared() throws -> SQLValue {
                try database.value("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'carafe%'")
            }
            for number in 0..<20 {
                #expect(try database.value("SELECT \(RawSQL("\(number)")) + \(1)") == .integer(Int64(number + 1)))
            }
            #expect(try prepared() == .integer(5))
            try database.execute("CREATE TABLE t AS SELECT 1 AS a")
            #expect(try database.rows("SELECT * FROM t") == [[.integer(1)]])
            try database.execute("ALTER TABLE t ADD b text DEFAULT 'x'")
            #expect(try database.rows("SELECT * FROM t") == [[.integer(1), .text("x")]])
            try database.execute("DEALLOCATE ALL")
            #expect(try database.rows("SELECT * FROM t") == [[.integer(1), .text("x")]])
            try database.execute("ALTER TABLE t DROP b")
            try database.execute("BEGIN")
            #expect(database.error("SELECT * FROM t")?.code == "0A000")
            try database.execute("ROLLBACK")
            #expect(try database.rows("SELECT * FROM t") == [[.integer(1)]])
        }

        @Test(
            "without prepared statements all works the same", arguments: ["&prepared=off", "&statement_cache_size=0"])
        func unprepared(_ options: String) throws {
            let database = try PostgreSQLFixture(options: options)
            try database.execute("CREATE TYPE mood AS ENUM ('sad')")
            #expect(try database.rows("SELECT \(1)::int, \("sad")::mood") == [[.integer(1), .text("sad")]])
            let days = SQLValue.interval(SQLInterval(days: 3, microseconds: 4_000_000))
            #expect(
                try database.value("SELECT \(days) + \(days)")
                    == .interval(SQLInterval(days: 6, microseconds: 8_000_000)))
            let cursor = try database.connection.start("SELECT generate_series(1, \(10)::int)", isBounded: true)
            var rows = 0
            while try cursor.next() != nil { rows += 1 }
            #expect(rows == 10)
            try database.execute("CREATE TABLE t (n int)")
            #expect(try database.connection.runBatch((1...500).map { "INSERT INTO t VALUES (\($0))" }) == 500)
            #expect(try database.value("SELECT count(*) FROM pg_prepared_statements") == .integer(0))
        }

        @Test("what a statement leaves in the session is gone when the connection is given back")
        func reset() throws {
            let database = try PostgreSQLFixture()
            let connection = database.connection
            let before = try database.value("SHOW TimeZone")
            let changes: [SQL] = [
                "SET TimeZone = 'Asia/Tokyo'", "SELECT set_config('TimeZone', 'Asia/Tokyo', false)",
                "CREATE TEMP TABLE s (n int)",
                "SELECT pg_advisory_lock(1)", "LISTEN something",
            ]
            for change in changes {
                try database.execute(change)
                try connection.reset()
                #expect(try database.value("SHOW TimeZone") == before)
                #expect(try database.value("SHOW IntervalStyle") == .text("iso_8601"))
                #expect(try database.value("SELECT to_regclass('s') IS NULL") == .bool(true))
                #expect(
                    try database.value(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
                        == .integer(0))
                #expect(try database.value("SELECT count(*) FROM pg_listening_channels()") == .integer(0))
            }
        }
    }
}

/// Bytes of this process that are in memory.
func residentMemory() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096
}
