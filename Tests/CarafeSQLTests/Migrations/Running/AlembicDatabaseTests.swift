import CarafeSQLite
import Foundation
import SQLSuites
import Testing

@testable import CarafeSQL

@Suite("One database with Alembic", .enabled(if: Alembic.isInstalled))
struct AlembicDatabaseTests {
    @Test("a database that Alembic manages is taken over, and 'alembic current' still answers")
    func takeover() async throws {
        try await MigrationFixture.run { fixture async throws in
            try await fixture.withDatabase { db, _ async throws in
                try await AlembicProject(fixture).checkTakeover(of: db)
            }
        }
    }

    @Test("the table of versions is the one that Alembic makes")
    func table() async throws {
        try await MigrationFixture.run { fixture async throws in
            try AlembicProject(fixture).alembic("upgrade", "head")
            try await fixture.withDatabase { db, _ async throws in
                let sql = try await db.one(
                    "SELECT sql FROM sqlite_master WHERE name = 'alembic_version'", as: String.self)
                #expect(sql == VersionTable.definition)
            }
        }
    }

    @Test("a database that Carafe made can be managed by Alembic")
    func handover() async throws {
        try await MigrationFixture.run { fixture async throws in
            let project = try AlembicProject(fixture)
            try await fixture.withDatabase { db, migrator async throws in
                try fixture.write("a10000000001", up: "CREATE TABLE author (id INTEGER PRIMARY KEY);")
                try await migrator.upgrade()
            }
            try project.alembic("upgrade", "head")
            #expect(try project.alembic("current").contains("a10000000002 (head)"))
        }
    }
}

extension AlembicProject {
    init(_ fixture: MigrationFixture) throws {
        try self.init(folder: fixture.folder + "/migrations", url: "sqlite:///\(fixture.file)")
    }
}
