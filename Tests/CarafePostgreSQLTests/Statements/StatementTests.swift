import CarafeSQL
import Foundation
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct StatementTests {
        @Test(
            "a list after IN is one parameter, and binds as IN does",
            arguments: [
                ("x IN (\([1, 2]))", "x OPERATOR(=) ANY ($1)"), ("x not  in(\([1]) )", "x OPERATOR(<>) ALL ($1)"),
                ("x IN (\([1]), 5)", "x IN ($1, 5)"), ("f(\([1, 2, 3]))", "f($1, $2, $3)"),
                ("origin (\([1]))", "origin ($1)"), ("VALUES (\(["a", "b"]))", "VALUES ($1, $2)"),
                ("x IN (\([1])) AND y = \(2)", "x OPERATOR(=) ANY ($1) AND y = $2"),
                ("x NOT\nIN\n(\n\([] as [Int])\n)", "x OPERATOR(<>) ALL ($1)"),
                ("a.\"notin\"IN (\([1]))", "a.\"notin\" OPERATOR(=) ANY ($1)"),
            ] as [(SQL, String)])
        func lists(_ statement: SQL, _ text: String) throws {
            var parameters = Parameters()
            #expect(try StatementText(statement, into: &parameters).text == text)
        }

        @Test("IN and NOT IN find what they should, whatever the length of the list")
        func membership() throws {
            let database = try PostgreSQLFixture()
            try database.execute(
                "CREATE TABLE t AS SELECT generate_series(1, 10) AS id, 'n' || generate_series(1, 10) AS name")
            func count(_ condition: SQL) throws -> SQLValue {
                try database.value("SELECT count(*) FROM t WHERE \(condition)")
            }
            #expect(try count("id IN (\([1, 2, 99]))") == .integer(2))
            #expect(try count("id IN (\([] as [Int]))") == .integer(0))
            #expect(try count("id NOT IN (\([] as [Int]))") == .integer(10))
            #expect(try count("id NOT IN (\([1, 2]))") == .integer(8))
            #expect(try count("name IN (\(["n1", "n'2", "n{3,\"}"]))") == .integer(1))
            #expect(try count("id NOT IN (\([1, nil]))") == .integer(0))
            #expect(try count("id IN (\(Array(1...70_000)))") == .integer(10))
            #expect(try count("true = id IN (\([1]))") == .integer(1))
            #expect(try count("id + 1 IN (\([2])) = true AND name || 'x' IN (\(["n1x"]))") == .integer(1))
            #expect(try count("id IN (SELECT id FROM t WHERE id IN (\([3, 4])))") == .integer(2))
        }

        @Test("more parameters than the protocol counts are an error")
        func tooMany() throws {
            let database = try PostgreSQLFixture()
            let error = database.error("VALUES (\(Array(1...65_536)))")
            #expect(error?.kind == .statement)
            #expect(error?.message == "The statement has 65536 parameters, and the server takes 65535.")
            #expect(try database.rows("SELECT 1 WHERE 5 IN (0, \(Array(1...65_535)))") == [[.integer(1)]])
        }

        @Test("hostile text is a value in every place where a value may be", arguments: hostile)
        func injection(_ text: String) throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TABLE t (s text, ss text[], j jsonb)")
            let json = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
            try database.execute("INSERT INTO t VALUES (\(text), \(array: [text]), \(SQLValue.json(json)))")
            _ = try database.connection.runBatch([
                "INSERT INTO t VALUES (\(text), \(array: [text]), \(SQLValue.json(json)))"
            ])
            let conditions: [SQL] = [
                "s = \(text)", "s IN (\([text, "x"]))", "s NOT IN (\(["x"]))", "ss = \(array: [text])",
                "ss @> \(array: [text])",
                "j ->> 0 = \(text)", "j = \(SQLValue.json(json))", "s IN ('x', \([text]))", "s LIKE \(text) OR true",
            ]
            for condition in conditions {
                #expect(try database.value("SELECT count(*) FROM t WHERE \(condition)") == .integer(2))
            }
            let name = SQLIdentifier(text)
            if !text.utf8.isEmpty, text.utf8.count < 64 {
                try database.execute("CREATE TABLE \(name) (\(name) text)")
                try database.execute("INSERT INTO \(name) (\(name)) VALUES (\(text))")
                #expect(try database.value("SELECT \(name) FROM \(name)") == .text(text))
            }
            #expect(try database.value("SELECT count(*) FROM t") == .integer(2))
        }

        static let hostile = [
            "'; DROP TABLE t; --", "\" ; DROP TABLE t; --", "$1", "$$; DROP TABLE t; $$", "\\'; DROP TABLE t; --",
            "{a,b}",
            "\\", "'", "''", "\"", "%s", "?", ":x", "/* ", "--", "E'\\x27'", "NULL", "null", "", " ", "1 OR 1=1",
            "U&'\\0027'",
            "x' OR 'x'='x", "\u{2028}", "\u{FEFF}", "ʼ", "＇", "a\tb\r\nc", "{\"a\":1}", "(1,2)", "[1,2]", "\u{1}",
            "\u{7F}",
        ]

        @Test("a value whose type nothing says is what it is in Swift")
        func openTypes() throws {
            let database = try PostgreSQLFixture()
            for state in ["BEGIN", "ROLLBACK"] as [SQL] {
                #expect(
                    try database.rows("SELECT \(1), \("a"), \(nil as Int?), \(2.5)") == [
                        [.integer(1), .text("a"), .null, .double(2.5)]
                    ])
                #expect(
                    try database.rows("SELECT \("1"), \("a"), \("b"), \("c")") == [
                        [.text("1"), .text("a"), .text("b"), .text("c")]
                    ])
                #expect(try database.value("SELECT \(nil as Int?) IS NULL AND \(nil as Int?) IS NULL") == .bool(true))
                #expect(try database.value("SELECT \(5) IS NULL OR \("x") IS NULL") == .bool(false))
                #expect(try database.rows("SELECT * FROM generate_series(\(1), \(3))").count == 3)
                #expect(try database.rows("SELECT * FROM unnest(\(array: ["a", "b"]))").count == 2)
                #expect(try database.value("SELECT concat(\(1), \("b"))") == .text("1b"))
                #expect(try database.value("SELECT 'a' = \(1)") == .bool(false))
                #expect(try database.value("SELECT '1' || \(1)") == .text("11"))
                let day = SQLValue.interval(SQLInterval(days: 1))
                #expect(try database.value("SELECT now() - \(day) < now()") == .bool(true))
                #expect(try database.value("SELECT now() - \(nil as Int?) IS NULL") == .bool(true))
                #expect(try database.value("SELECT now() - \(day) < now()") == .bool(true))
                try database.execute(state)
            }
        }

        @Test("a number goes into a column of text, and text into one of numbers")
        func lenient() throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TABLE t (s text, n int)")
            try database.execute("INSERT INTO t VALUES (\(1), \("2"))")
            try database.execute("INSERT INTO t VALUES (\("a"), \(2))")
            #expect(try database.value("SELECT count(*) FROM t WHERE s = \(1) AND n = \("2")") == .integer(1))
        }

        @Test("several commands, none, a semicolon at the end and comments")
        func commands() throws {
            let database = try PostgreSQLFixture()
            #expect(database.error("SELECT 1; SELECT 2")?.kind == .statement)
            #expect(try database.value("SELECT 1; -- one") == .integer(1))
            #expect(try database.value("/* /* a */ SELECT 2 */ -- b\n (SELECT 1)") == .integer(1))
            #expect(try database.rows("") == [])
            #expect(try database.rows("-- nothing") == [])
            let copy = database.error("COPY (SELECT generate_series(1, 100000)) TO STDOUT")
            #expect(copy?.kind == .statement)
            try database.execute("CREATE TABLE t (n int)")
            #expect(database.error("COPY t FROM STDIN")?.hint == "Use copyIn(_:from:) or copyOut(_:).")
            #expect(try database.value("SELECT 1") == .integer(1))
            try database.connection.runScript("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); -- ?")
            #expect(throws: DatabaseError.self) {
                try database.connection.runScript("INSERT INTO t VALUES (3); nonsense")
            }
            #expect(try database.value("SELECT count(*) FROM t") == .integer(2))
        }

        @Test("counts are of rows changed, and RETURNING has both")
        func counts() throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TABLE t (id int PRIMARY KEY, n int)")
            #expect(try database.execute("INSERT INTO t SELECT generate_series(1, 10), 0") == 10)
            #expect(try database.execute("UPDATE t SET n = \(1) WHERE id <= \(3) RETURNING id") == 3)
            #expect(try database.execute("SELECT * FROM t") == 0)
            #expect(
                try database.execute("INSERT INTO t VALUES (\(1), \(2)) ON CONFLICT (id) DO UPDATE SET n = excluded.n")
                    == 1)
            #expect(try database.execute("DELETE FROM t") == 10)
        }
    }
}
