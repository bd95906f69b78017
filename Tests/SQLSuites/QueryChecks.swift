import CarafeSQL
import Foundation
import Testing

extension DatabaseCheck {
    static let queries: [DatabaseCheck] = [
        DatabaseCheck("rows are read as types, tuples, single values and rows") { db async throws in
            try await makePosts(db)
            let posts = try await db.query("SELECT * FROM post ORDER BY id", as: Post.self)
            #expect(posts.map(\.title) == ["one", "two", "three"])
            #expect(
                posts[0]
                    == Post(id: 1, title: "one", authorID: 7, isDraft: false, tags: ["a", "b"], meta: Meta(stars: 5)))
            #expect(posts[1] == Post(id: 2, title: "two", authorID: nil, isDraft: true, tags: nil, meta: nil))
            let tuples = try await db.query(
                "SELECT id, title, author_id FROM post ORDER BY id", as: (Int, String, Int?).self)
            #expect(tuples.map(\.2) == [7, nil, 8])
            #expect(
                try await db.query("SELECT title FROM post ORDER BY id", as: String.self) == ["one", "two", "three"])
            let row = try await db.one("SELECT id, title AS \"the title\" FROM post WHERE id = \(2)")
            #expect(try row["the title", as: String.self] == "two")
            #expect(try row.get(0) == 2)
            #expect(row["nothing"] == nil && row[5] == nil)
        },
        DatabaseCheck("one row means one, the first may be none") { db async throws in
            try await makePosts(db)
            #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 3)
            #expect(try await db.first("SELECT title FROM post WHERE id = \(9)", as: String.self) == nil)
            #expect(try await db.first("SELECT title FROM post ORDER BY id", as: String.self) == "one")
            #expect(try await db.exists("SELECT 1 FROM post WHERE title = \("two")"))
            #expect(try await !db.exists("SELECT 1 FROM post WHERE title = \("four")"))
            let none = await expectError(.noRow) {
                _ = try await db.one("SELECT * FROM post WHERE id = 9", as: Post.self)
            }
            #expect(none?.source?.contains("QueryChecks.swift:") == true)
            _ = await expectError(.severalRows) { _ = try await db.one("SELECT id FROM post", as: Int.self) }
        },
        DatabaseCheck("a list in IN matches its values, an empty one nothing, and NOT IN an empty one all") {
            db async throws in
            try await makePosts(db)
            let none: [Int] = []
            #expect(
                try await db.query("SELECT id FROM post WHERE id IN (\([3, 1])) ORDER BY id", as: Int.self) == [1, 3])
            #expect(try await db.query("SELECT id FROM post WHERE id IN (\(none))", as: Int.self) == [])
            #expect(
                try await db.query("SELECT id FROM post WHERE id NOT IN (\(none)) ORDER BY id", as: Int.self) == [
                    1, 2, 3,
                ])
            #expect(try await db.query("SELECT id FROM post WHERE title IN (\(["two", "x"]))", as: Int.self) == [2])
        },
        DatabaseCheck("changes are counted, returned and merged") { db async throws in
            try await makePosts(db)
            #expect(try await db.execute("UPDATE post SET title = \("x") WHERE id > \(1)") == 2)
            #expect(try await db.execute("DELETE FROM post WHERE id = \(99)") == 0)
            #expect(try await db.execute("CREATE TABLE other (id INTEGER)") == 0)
            let ids = try await db.query(
                "INSERT INTO post (id, title) VALUES (\(10), \("a")), (\(11), \("b")) RETURNING id", as: Int.self)
            #expect(ids == [10, 11])
            let upsert = try await db.one(
                "INSERT INTO post (id, title) VALUES (\(10), \("c")) ON CONFLICT (id) DO UPDATE SET title = excluded.title RETURNING title",
                as: String.self)
            #expect(upsert == "c")
            #expect(
                try await db.first("INSERT INTO post (id, title) VALUES (12, 'd') RETURNING id", as: Int.self) == 12)
            #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 6)
        },
        DatabaseCheck("a semicolon or a comment at the end is no second statement") { db async throws in
            for statement in ["SELECT 1;", "SELECT 1 ; ", "SELECT 1 -- one", "SELECT 1 /* one */;", "-- one\nSELECT 1"]
            {
                let one = try await db.one("\(RawSQL(statement))", as: Int.self)
                #expect(one == 1, "\(statement)")
            }
            _ = await expectError(.statement) { _ = try await db.query("SELECT 1; SELECT 2") }
            _ = await expectError(.statement) { _ = try await db.query("SELECT FROM WHERE") }
        },
        DatabaseCheck("rows are objects in JSON") { db async throws in
            try await makePosts(db)
            let rows = try await db.query("SELECT id, title, author_id FROM post ORDER BY id LIMIT 2")
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let text = String(decoding: try encoder.encode(rows), as: UTF8.self)
            #expect(text == #"[{"author_id":7,"id":1,"title":"one"},{"author_id":null,"id":2,"title":"two"}]"#)
        },
        DatabaseCheck("names are taken exactly where that is asked for", configure: { $0.columnNaming = .exact }) {
            db async throws in
            try await makePosts(db)
            #expect(try await db.first("SELECT id, title, author_id FROM post", as: Post.self)?.authorID == nil)
            #expect(
                try await db.first("SELECT id, title, author_id AS \"authorID\" FROM post", as: Post.self)?.authorID
                    == 7)
        },
        DatabaseCheck("statements are put together from parts") { db async throws in
            try await makePosts(db)
            var statement: SQL = "SELECT id FROM post"
            let conditions: [SQL] = ["id > \(0)", "title <> \("two")", "id IN (\([1, 2, 3]))"]
            statement += " WHERE \(conditions.joined(separator: " AND "))"
            statement += " ORDER BY \(SQLIdentifier("post", "id")) \(RawSQL("DESC"))"
            let limit: SQL? = " LIMIT \(1)"
            statement += "\(limit)"
            #expect(try await db.query(statement, as: Int.self) == [3])
        },
    ]

    static let errors: [DatabaseCheck] = [
        DatabaseCheck("violations say what was violated") { db async throws in
            try await db.execute(
                """
                CREATE TABLE author (id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE, age INTEGER,
                    CONSTRAINT adult CHECK (age >= 18))
                """)
            try await db.execute(
                "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id))")
            try await db.execute("INSERT INTO author (id, email, age) VALUES (1, 'a', 20)")
            let unique = await expectError(.uniqueViolation) {
                try await db.execute("INSERT INTO author (id, email) VALUES (2, \("a"))")
            }
            #expect(unique?.table == "author")
            #expect(unique?.column == "email" || unique?.constraint == "author_email_key")
            let missing = await expectError(.notNullViolation) {
                try await db.execute("INSERT INTO author (id, email) VALUES (3, \(nil as String?))")
            }
            #expect(missing?.table == "author" && missing?.column == "email")
            let check = await expectError(.checkViolation) {
                try await db.execute("INSERT INTO author (id, email, age) VALUES (4, 'd', \(17))")
            }
            #expect(check?.constraint == "adult")
            _ = await expectError(.foreignKeyViolation) {
                try await db.execute("INSERT INTO book (id, author_id) VALUES (1, \(99))")
            }
            _ = await expectError(.foreignKeyViolation) {
                _ = try await db.first("INSERT INTO book (id, author_id) VALUES (1, \(99)) RETURNING id", as: Int.self)
            }
            #expect(try await db.one("SELECT count(*) FROM book", as: Int.self) == 0)
        },
        DatabaseCheck("no error shows a value") { db async throws in
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, secret VARCHAR(80) UNIQUE)")
            try await db.execute("INSERT INTO t (id, secret) VALUES (1, \("hunter2"))")
            let errors = [
                await expectError(.uniqueViolation) {
                    try await db.execute("INSERT INTO t (id, secret) VALUES (2, \("hunter2"))")
                },
                await expectError(.typeMismatch) { _ = try await db.query("SELECT secret FROM t", as: Int.self) },
                await expectError(.typeMismatch) {
                    _ = try await db.query("SELECT secret FROM t", as: SQLJSON<Int>.self)
                },
                await expectError(.typeMismatch) {
                    _ = try await db.query("SELECT secret, id FROM t", as: Secret.self)
                },
            ]
            for error in errors { #expect(error?.description.contains("hunter2") == false) }
        },
        DatabaseCheck("a mismatch names column, type, row and place") { db async throws in
            try await makePosts(db)
            let error = await expectError(.typeMismatch) {
                _ = try await db.query("SELECT id, title, title AS author_id FROM post ORDER BY id", as: Post.self)
            }
            #expect(error?.column == "author_id")
            #expect(error?.message.contains("row 1") == true && error?.message.contains("Int") == true)
            #expect(error?.statement == "SELECT id, title, title AS author_id FROM post ORDER BY id")
            let null = await expectError(.typeMismatch) {
                _ = try await db.query("SELECT author_id FROM post ORDER BY id", as: Int.self)
            }
            #expect(null?.message.contains("row 2") == true && null?.hint?.contains("Int?") == true)
            let absent = await expectError(.typeMismatch) {
                _ = try await db.query("SELECT id FROM post", as: Post.self)
            }
            #expect(absent?.message.contains("title") == true)
            _ = await expectError(.typeMismatch) { _ = try await db.query("SELECT id, title FROM post", as: Int.self) }
            _ = await expectError(.typeMismatch) { _ = try await db.query("SELECT id FROM post", as: (Int, Int).self) }
        },
    ]

    struct Secret: Decodable { var secret: [String: Int] }

    struct Meta: Codable, Equatable, Sendable { var stars: Int }

    struct Post: Decodable, Equatable, Sendable {
        var id: Int
        var title: String
        var authorID: Int?
        var isDraft: Bool?
        var tags: [String]?
        var meta: Meta?
    }

    static func makePosts(_ db: Database) async throws {
        try await db.execute(
            """
            CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER, is_draft BOOLEAN, tags JSON, meta JSON)
            """)
        try await db.execute(
            """
            INSERT INTO post (id, title, author_id, is_draft, tags, meta) VALUES
                (1, 'one', 7, \(false), \(json: ["a", "b"]), \(json: Meta(stars: 5))),
                (2, 'two', NULL, \(true), NULL, NULL), (3, 'three', 8, NULL, \(json: [String]()), \(json: Meta(stars: 0)))
            """)
    }
}
