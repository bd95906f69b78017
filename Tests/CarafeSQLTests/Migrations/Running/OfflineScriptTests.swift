import CarafeSQLite
import Testing

@testable import CarafeSQL

@Suite("Migrations as a script")
struct OfflineScriptTests {
    @Test("the printed SQL does what the upgrade does, up and down again")
    func script() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            try fixture.write(
                "aaaaaaaaaaa4", after: "aaaaaaaaaaa3", header: "-- foreign_keys: off", up: "DELETE FROM user;")
            let graph = try Migrations.folder(fixture.folder).graph(for: .sqlite)
            let script = OfflineScript(graph: graph, dialect: .sqlite)
            let head = try RevisionTarget("head")
            let up = try script.text(.up, to: head, from: [])
            let down = try script.text(.down, to: RevisionTarget("base"), from: graph.named(head))
            try await fixture.withDatabase { db, migrator async throws in
                try await db.withConnection { try await $0.executeScript(RawSQL(up)) }
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa4"])
                let schema = try await db.schema()
                try await db.withConnection { try await $0.executeScript(RawSQL(down)) }
                #expect(try await migrator.status().versions == [])
                try await migrator.upgrade()
                #expect(try await db.schema() == schema)
            }
        }
    }
}
