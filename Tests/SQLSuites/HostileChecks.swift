import CarafeSQL
import Testing

extension DatabaseCheck {
    /// What is tried on web pages to break out of a statement.
    package static let hostileTexts: [String] = [
        "'", "''", "\"", "\\", "\\'", "';", "'; DROP TABLE t; --", "' OR '1'='1", "' OR 1=1 --", "\" OR \"\"=\"",
        "1; DELETE FROM t", "x' UNION SELECT 1, name FROM t --", "/*", "*/", "--", "#", "`", "$1", "?", "?1", ":a",
        "@a", "$a$",
        "$$; DROP TABLE t; $$", "E'\\''", "%", "_", "%' OR '%'='", "\u{2019}", "\u{FF07}", "\u{02BC}", "\u{A5}'",
        "\u{0}27",
        "ä'ö", "\u{202E}'", "\r\n'", "\u{1A}", "' || (SELECT 'x') || '", "admin'--", "{\"$ne\": null}", "[]", "NULL",
        "null", "true",
        "1e309", "0x27", "CHAR(39)", "\\x27", "\u{1F600}'", "a\u{300}'", String(repeating: "'", count: 5_000),
        String(repeating: "(", count: 5_000), "''; SELECT pg_sleep(10); --", "'; ATTACH DATABASE '/tmp/x' AS x; --",
    ]

    static let hostile: [DatabaseCheck] = [
        DatabaseCheck("hostile texts are values on every way into a statement") { db async throws in
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
            let texts = hostileTexts.filter { db.dialect == .sqlite || !$0.utf8.contains(0) }
            for (id, text) in texts.enumerated() {
                try await db.execute("INSERT INTO t (id, name) VALUES (\(id), \(text))")
                #expect(
                    try await db.query("SELECT id FROM t WHERE name = \(text)", as: Int.self) == [id],
                    "\(text.prefix(40))")
                #expect(try await db.query("SELECT id FROM t WHERE name IN (\([text, text]))", as: Int.self) == [id])
                #expect(try await db.one("SELECT CAST(\(text) AS TEXT)", as: String.self).utf8.elementsEqual(text.utf8))
                let part: SQL = "name = \(text)"
                #expect(
                    try await db.query(
                        "SELECT id FROM t WHERE \([part, part].joined(separator: " AND "))", as: Int.self) == [id])
                for try await row in db.stream("SELECT name FROM t WHERE name = \(text)", as: String.self) {
                    #expect(row.utf8.elementsEqual(text.utf8))
                }
            }
            try await db.executeBatch(texts.enumerated()) { "INSERT INTO t (id, name) VALUES (\($0 + 1000), \($1))" }
            let stored = try await db.query("SELECT name FROM t WHERE id >= 1000 ORDER BY id", as: String.self)
            #expect(stored.elementsEqual(texts) { $0.utf8.elementsEqual($1.utf8) })
            let changed = try await db.execute("UPDATE t SET name = \("'") || name WHERE id >= 1000")
            #expect(changed == texts.count)
            #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 2 * texts.count)
        },
        DatabaseCheck("hostile texts are values within JSON") { db async throws in
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, data JSON)")
            let texts = hostileTexts.filter { !$0.utf8.contains(0) }
            for (id, text) in texts.enumerated() {
                try await db.execute("INSERT INTO t (id, data) VALUES (\(id), \(json: [text: [text]]))")
                let data = try await db.one("SELECT data FROM t WHERE id = \(id)", as: SQLJSON<[String: [String]]>.self)
                #expect(data.value == [text: [text]])
            }
        },
        DatabaseCheck("a hostile name is a name that is not there, never SQL") { db async throws in
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
            try await db.execute("INSERT INTO t (id, name) VALUES (1, 'a')")
            for text in hostileTexts {
                _ = await expectError(.statement, "\(text.prefix(40))") {
                    _ = try await db.query("SELECT id FROM t ORDER BY \(SQLIdentifier(text + "x"))")
                }
                _ = await expectError(.statement, "\(text.prefix(40))") {
                    try await db.execute("UPDATE t SET \(SQLIdentifier("t" + text)) = 1")
                }
                _ = await expectError(.statement, "\(text.prefix(40))") {
                    _ = try await db.query("SELECT * FROM \(SQLIdentifier(text + "x"))")
                }
            }
            #expect(try await db.query("SELECT id, name FROM t", as: (Int, String).self).map(\.1) == ["a"])
        },
        DatabaseCheck("a hostile name that is there is found") { db async throws in
            let names = ["\"", "'", "a b", "select", "a;b", "--", "/*", "%", "ä", "\\", "A", "a.b", "$1", "?"]
            for name in names {
                let table = SQLIdentifier("t" + name)
                try await db.execute("CREATE TABLE \(table) (\(SQLIdentifier(name)) INTEGER)")
                try await db.execute("INSERT INTO \(table) (\(SQLIdentifier(name))) VALUES (\(7))")
                let row = try await db.one("SELECT \(SQLIdentifier("t" + name, name)) FROM \(table)")
                #expect(row.columns.names == [name])
                #expect(row[name] == .integer(7))
            }
        },
        DatabaseCheck("a cursor that a client made up chooses a place, or is refused") { db async throws in
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
            try await db.executeBatch(0..<10) { "INSERT INTO t (id, name) VALUES (\($0), \("n\($0)"))" }
            for text in hostileTexts {
                #expect(PageCursor(text) == nil)
                let cursor = PageCursor(PageCursor(values: [.text(text)], isBackward: false).description)
                guard db.dialect == .sqlite || !text.utf8.contains(0), let cursor else { continue }
                let page = try await db.page(
                    "SELECT * FROM t", orderedBy: [.ascending("name")], at: cursor, as: Named.self)
                #expect(page.items.count <= 10)
            }
            #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 10)
        },
    ]

    struct Named: Codable, Sendable, Equatable {
        var id: Int
        var name: String
    }
}
