import Carafe
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import Testing

@Suite("The error page of a database's error")
struct DatabaseErrorPageTests {
    private func text(_ accept: String, _ ask: @escaping @Sendable (Database) async throws -> Void) async throws
        -> TestResponse
    {
        let app = FailingApp { app in
            app.install(Databases("sqlite:///:memory:", drivers: .sqlite))
            app.get("/") { (db: Database) async throws -> String in
                _ = try await db.first("SELECT 1", as: Int.self)
                try await ask(db)
                return ""
            }
        }
        return try await app.app.test { try await $0.get("/", headers: [.accept: accept]) }
    }

    @Test("shows the statement, its values, the place in the source, and all statements of the request")
    func statement() async throws {
        let page = try await text("text/html") { db in
            try await db.execute("INSERT INTO post (title, body) VALUES (\("Hello"), \(42))")
        }.text
        #expect(page.contains(#"<p class="kind">DatabaseError</p>"#))
        #expect(page.contains("INSERT INTO post (title, body) VALUES (?, ?)"))
        #expect(page.contains("<dt>value 1</dt><dd>&#39;Hello&#39;</dd><dt>value 2</dt><dd>42</dd>"), "\(page)")
        #expect(page.contains("DatabaseErrorTests.swift:"))
        #expect(page.contains("<pre>SELECT 1</pre>"))
    }

    @Test("begins its traceback in the app, though the statement ran on another thread")
    func traceback() async throws {
        let text = try await text("text/plain") { db in _ = try await db.execute("nonsense") }.text
        #expect(text.contains("DatabaseErrorTests.swift:"), "\(text)")
        #expect(text.contains(#"db.execute("nonsense")"#))
    }
}
