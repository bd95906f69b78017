import CSQLite
import CarafeSQL
import CarafeSQLite
import Foundation
import SQLSuites
import Testing

@Suite struct StatementTests {
    private func kind(_ body: () async throws -> Void) async -> DatabaseError.Kind? {
        do {
            try await body()
            return nil
        } catch { return (error as? DatabaseError)?.kind }
    }

    @Test("values are stored as SQLAlchemy stores them")
    func storage() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            func stored(_ value: some SQLEncodable) async throws -> String {
                try await db.one("SELECT typeof(v) || ' ' || quote(v) FROM (SELECT \(value) AS v)", as: String.self)
            }
            let date = Date(microsecondsSinceEpoch: 1_704_164_645_000_006)
            #expect(try await stored(true) == "integer 1")
            #expect(try await stored(date) == "text '2024-01-02 03:04:05.000006'")
            #expect(try await stored(Date(microsecondsSinceEpoch: 0)) == "text '1970-01-01 00:00:00.000000'")
            #expect(try await stored(LocalDate("2024-01-02")) == "text '2024-01-02'")
            #expect(try await stored(LocalTime("03:04")) == "text '03:04:00.000000'")
            #expect(try await stored(LocalDateTime("2024-01-02 03:04:05")) == "text '2024-01-02 03:04:05.000000'")
            #expect(try await stored(Duration.seconds(90)) == "text '1970-01-01 00:01:30.000000'")
            #expect(
                try await stored(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
                    == "text '00112233445566778899aabbccddeeff'")
            #expect(try await stored(Decimal(string: "1.10")) == "real 1.1")
            #expect(
                try await stored(Decimal(string: "12345678901234567890.123456789"))
                    == "text '12345678901234567890.123456789'")
            #expect(try await stored([] as [UInt8]) == "blob X''")
            #expect(try await stored("") == "text ''")
            #expect(try await stored(UInt64.max) == "text '18446744073709551615'")
            #expect(try await stored(SQLJSON(["a": [1]])) == #"text '{"a":[1]}'"#)
        }
    }

    @Test("what SQLite cannot store is refused, not changed")
    func refused() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            #expect(await kind { _ = try await db.query("SELECT \(Double.nan)") } == .value)
            #expect(await kind { _ = try await db.query("SELECT \(array: [1])") } == .value)
            #expect(await kind { _ = try await db.query("SELECT \(SQLInterval(months: 1))") } == .value)
            #expect(await kind { _ = try await db.query("SELECT \(Date(timeIntervalSince1970: 1e300))") } == .value)
            #expect(await kind { _ = try await db.query("SELECT \(SQLJSON(Double.nan))") } == .value)
            #expect(try await db.one("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("text with U+0000 comes back whole, and text that is no UTF-8 repaired")
    func texts() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            #expect(try await db.one("SELECT \("a\u{0}b")", as: String.self) == "a\u{0}b")
            #expect(try await db.one("SELECT CAST(x'61ff62' AS TEXT)", as: String.self) == "a\u{FFFD}b")
            #expect(
                try await db.one("SELECT CAST(x'f09f98' AS TEXT)", as: String.self).unicodeScalars.contains("\u{FFFD}"))
            #expect(
                await kind { _ = try await db.query(SQL(parts: [.text("SELECT 1\u{0}; DROP TABLE t")])) } == .statement)
        }
    }

    @Test("integers at their ends are exact, and sums that pass them are errors")
    func edges() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            #expect(try await db.one("SELECT 9223372036854775807", as: Int.self) == .max)
            #expect(try await db.one("SELECT -9223372036854775808", as: Int.self) == .min)
            #expect(await kind { _ = try await db.one("SELECT 9223372036854775808", as: Int.self) } == .typeMismatch)
            #expect(
                await kind { _ = try await db.query("SELECT sum(v) FROM (SELECT \(Int.max) AS v UNION ALL SELECT 1)") }
                    != nil)
            #expect(try await db.one("SELECT 1e999", as: Double.self) == .infinity)
        }
    }

    @Test("as many values as SQLite takes are bound, and more are refused with what to do")
    func manyValues() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            let most = Array(1...32_766)
            #expect(try await db.one("SELECT 32766 IN (\(most))", as: Bool.self))
            do {
                _ = try await db.query("SELECT 1 IN (\(most + [0]))")
                Issue.record("too many values were taken")
            } catch let error as DatabaseError {
                #expect(
                    error.kind == .statement && error.message.contains("32767")
                        && error.hint?.contains("json_each") == true)
            }
            #expect(try await db.one("SELECT 5 IN (SELECT value FROM json_each(\(json: most)))", as: Bool.self))
        }
    }

    @Test(
        "a placeholder in the text is not for values, and is refused",
        arguments: ["SELECT ?", "SELECT ?1", "SELECT :a", "SELECT @a", "SELECT $a"])
    func placeholders(_ text: String) async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            #expect(await kind { _ = try await db.query(SQL(parts: [.text(text)])) } == .statement)
            #expect(await kind { _ = try await db.query("SELECT '\(5)'") } == .statement)
            #expect(await kind { _ = try await db.query("SELECT 1 -- \(5)") } == .statement)
            #expect(try await db.one("SELECT '?'", as: String.self) == "?")
        }
    }

    @Test("a statement that was compiled before the table changed has the table's columns")
    func changedSchema() async throws {
        try await DatabaseFixture.file.withDatabase { db async throws in
            try await db.executeScript(RawSQL("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)"))
            for _ in 0..<3 { #expect(try await db.one("SELECT * FROM t").columns.names == ["a"]) }
            try await db.execute("ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'")
            #expect(try await db.one("SELECT * FROM t").columns.names == ["a", "b"])
            try await db.execute("ALTER TABLE t RENAME COLUMN a TO c")
            let row = try await db.one("SELECT * FROM t")
            #expect(row.columns.names == ["c", "b"] && row["b"] == .text("x"))
        }
    }

    @Test("few statements are kept compiled, and all of them work")
    func cache() async throws {
        let configured = try Database("sqlite://?cached_statements=3", driver: .sqlite)
        for round in 0..<3 {
            for number in 0..<10 {
                #expect(
                    try await configured.one("SELECT \(RawSQL("\(number)")) + \(round)", as: Int.self) == number + round
                )
            }
        }
        await configured.close()
    }

    @Test("a syntax error points at its place")
    func position() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            do {
                _ = try await db.query("SELECT 'ä€', FRM t")
            } catch let error as DatabaseError {
                #expect(error.kind == .statement && error.position == 14, "\(error) \(error.position ?? -1)")
            }
        }
    }

    @Test("an unknown name in double quotes is an error, not a text")
    func strictNames() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            #expect(await kind { _ = try await db.query("SELECT \"nothing\"") } == .statement)
        }
    }

    @Test("RAISE and failures of triggers roll the statement back and say what they say")
    func triggers() async throws {
        try await DatabaseFixture.memory.withDatabase { db async throws in
            try await db.executeScript(
                RawSQL(
                    """
                    CREATE TABLE t (n INTEGER);
                    CREATE TRIGGER no_ten BEFORE INSERT ON t WHEN new.n = 10 BEGIN SELECT RAISE(ABORT, 'ten; is not taken'); END;
                    """))
            do {
                try await db.execute("INSERT INTO t (n) VALUES (9), (10)")
            } catch let error as DatabaseError { #expect(error.message == "ten; is not taken") }
            #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
        }
    }
}
