import CarafeSQLite
import Foundation
import Testing

@testable import CarafeSQL

@Suite("One database with Alembic", .enabled(if: Alembic.isInstalled))
struct AlembicDatabaseTests {
    /// A project of Alembic's with two migrations.
    struct Project {
        let fixture: MigrationFixture
        var folder: String { fixture.folder + "/migrations" }

        init(_ fixture: MigrationFixture) throws {
            self.fixture = fixture
            try alembic("init")
            try write(
                "a10000000001", after: "None", up: "CREATE TABLE user (id INTEGER PRIMARY KEY)", down: "DROP TABLE user"
            )
            try write(
                "a10000000002", after: "'a10000000001'", up: "ALTER TABLE user ADD COLUMN name VARCHAR(80)",
                down: "ALTER TABLE user DROP COLUMN name")
        }

        @discardableResult
        func alembic(_ arguments: String...) throws -> String {
            let script = Alembic.scripts.appending(path: "alembic_commands.py").path
            return try Alembic.run([script, folder, "sqlite:///\(fixture.file)"] + arguments)
        }

        private func write(_ id: String, after down: String, up: String, down undo: String) throws {
            let text = """
                \"""step \(id)\"""
                from alembic import op

                revision = '\(id)'
                down_revision = \(down)


                def upgrade():
                    op.execute("\(up)")


                def downgrade():
                    op.execute("\(undo)")

                """
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/versions/\(id)_step.py"))
        }

        /// A migration of Carafe's after Alembic's, with a stub for Alembic.
        func continueInSQL(_ id: String) throws {
            var revision = MigrationFolder.NewRevision()
            revision.id = id
            revision.message = "create \"post\""
            revision.downRevisions = ["a10000000002"]
            revision.hasAlembicStub = true
            let file = try MigrationFolder(folder).write(revision)[0]
            let text = try String(contentsOfFile: file, encoding: .utf8)
                .replacing("-- migrate: up\n", with: "-- migrate: up\nCREATE TABLE post (id INTEGER PRIMARY KEY);\n")
                .replacing("-- migrate: down\n", with: "-- migrate: down\nDROP TABLE post;\n")
            try Data(text.utf8).write(to: URL(filePath: file))
        }
    }

    @Test("a database that Alembic manages is taken over, and 'alembic current' still answers")
    func takeover() async throws {
        try await MigrationFixture.run { fixture async throws in
            let project = try Project(fixture)
            try project.alembic("upgrade", "head")
            try await fixture.withDatabase { db, _ async throws in
                let migrator = Migrator(db, .folder(project.folder))
                let status = try await migrator.status()
                #expect(status.versions == ["a10000000002"])
                #expect(status.isAtHead)
                #expect(status.graph.revisions.map(\.message) == ["step a10000000001", "step a10000000002"])
                #expect(try await migrator.upgrade().isEmpty)

                try project.continueInSQL("c10000000003")
                #expect(try await migrator.upgrade().map(\.revision.id) == ["c10000000003"])
                #expect(try project.alembic("current").contains("c10000000003 (head)"))
                #expect(try project.alembic("heads").contains("c10000000003 (head)"))
                #expect(try project.alembic("history").contains("a10000000002 -> c10000000003 (head), create 'post'"))

                try await migrator.downgrade(to: "-1")
                #expect(try project.alembic("current").contains("a10000000002"))
                // Alembic cannot run what is in SQL, and changes nothing when it is asked to.
                #expect(throws: Alembic.Failure.self) { try project.alembic("upgrade", "head") }
                #expect(try await migrator.status().versions == ["a10000000002"])

                // Nor can Carafe run Python.
                try project.alembic("downgrade", "base")
                #expect(try await migrator.status().versions == [])
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.message.contains("is a migration of Alembic's") == true)
                try project.alembic("upgrade", "a10000000002")
                #expect(try await migrator.upgrade().count == 1)
                try project.alembic("stamp", "a10000000001")
                #expect(try await migrator.status().versions == ["a10000000001"])
                try await migrator.stamp(["head"])
                #expect(try project.alembic("current").contains("c10000000003 (head)"))
            }
        }
    }

    @Test("the table of versions is the one that Alembic makes")
    func table() async throws {
        try await MigrationFixture.run { fixture async throws in
            try Project(fixture).alembic("upgrade", "head")
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
            let project = try Project(fixture)
            try await fixture.withDatabase { db, migrator async throws in
                try fixture.write("a10000000001", up: "CREATE TABLE user (id INTEGER PRIMARY KEY);")
                try await migrator.upgrade()
            }
            try project.alembic("upgrade", "head")
            #expect(try project.alembic("current").contains("a10000000002 (head)"))
        }
    }
}
