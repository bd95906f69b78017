import Carafe
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import Testing

@Suite("Migrations in the executable")
struct EmbeddedMigrationsTests {
    @Test("the plugin makes the folder part of the target, word for word")
    func plugin() async throws {
        let app = App("embedded", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.install(
            Databases(
                "sqlite://", drivers: .sqlite, migrations: .embedded(EmbeddedMigrations.sources), upgradesAtStart: true)
        )
        app.get("/") { (db: Database) async throws in
            try await db.execute("INSERT INTO note DEFAULT VALUES")
            return try await db.one("SELECT text FROM note", as: String.self)
        }
        try await app.test { client async throws in #expect(try await client.get("/").text == "\\n\"\"\"#") }
        let graph = try EmbeddedMigrations.migrations.graph(for: .sqlite)
        #expect(graph.revisions.map(\.message) == ["create \"note\" \\(1)"])
    }
}
