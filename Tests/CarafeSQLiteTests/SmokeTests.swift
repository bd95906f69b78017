import CarafeSQL
import CarafeSQLite
import Foundation
import SQLSuites
import Testing

struct Post: Decodable, Equatable {
    var id: Int; var title: String; var authorID: Int?; var tags: [String]?; var meta: Meta?
}
struct Meta: Codable, Equatable { var stars: Int; var at: Date? }

@Suite struct SmokeTests {
    @Test(arguments: [0, 1]) func smoke(_ index: Int) async throws {
        let fixture: DatabaseFixture = index == 0 ? .file : .memory
        try await fixture.withDatabase { db in
            try await db.executeScript(
                RawSQL(
                    "CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER, tags TEXT, meta TEXT); CREATE UNIQUE INDEX t ON post(title)"
                ))
            let n = try await db.execute(
                "INSERT INTO post (title, author_id, tags, meta) VALUES (\("a"), \(5), \(json: ["x", "y"]), \(json: Meta(stars: 3, at: Date(timeIntervalSince1970: 1.5))))"
            )
            #expect(n == 1)
            let posts = try await db.query("SELECT * FROM post WHERE id IN (\([1, 2]))", as: Post.self)
            #expect(
                posts == [
                    Post(
                        id: 1, title: "a", authorID: 5, tags: ["x", "y"],
                        meta: Meta(stars: 3, at: Date(timeIntervalSince1970: 1.5)))
                ])
            let t = try await db.one("SELECT id, title FROM post", as: (Int, String).self)
            #expect(t == (1, "a"))
            #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 1)
            await #expect(throws: DatabaseError.self) {
                try await db.execute("INSERT INTO post (title) VALUES (\("a"))")
            }
            do { try await db.execute("INSERT INTO post (title) VALUES (\("a"))") } catch let error as DatabaseError {
                print(error, error.table ?? "-", error.column ?? "-")
            }
            do { _ = try await db.query("SELECT id, title FROM post", as: Meta.self) } catch { print(error) }
            do { _ = try await db.query("SELECT title AS id, title FROM post", as: Post.self) } catch { print(error) }
            do { _ = try await db.query("SELECT \(SQLIdentifier("nope")) FROM post") } catch { print(error) }
            await #expect(throws: CancellationError.self) {
                try await db.transaction { tx in
                    try await tx.execute("INSERT INTO post (title) VALUES ('b')")
                    #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 2)
                    try? await db.transaction { inner in
                        try await inner.execute("INSERT INTO post (title) VALUES ('c')")
                        #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 3)
                        throw CancellationError()
                    }
                    #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 2)
                    throw CancellationError()
                }
            }
            #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 1)
            #expect(try await db.executeBatch(0..<1000) { "INSERT INTO post (title) VALUES (\("n\($0)"))" } == 1000)
            var count = 0
            for try await post in db.stream("SELECT * FROM post", as: Post.self) { count += 1; _ = post }
            #expect(count == 1001)
            print(db.statistics)
        }
    }
}
