import CarafeSQL
import Foundation
import TestSupport
import Testing

/// The real Alembic, where Python has it.
package enum Alembic {
    /// Whether it can be asked.
    package static let isInstalled = Python.has("alembic", "sqlalchemy")

    /// What a Python program with Alembic writes.
    @discardableResult
    package static func run(_ arguments: [String]) throws -> String {
        String(decoding: try Python.run(arguments), as: UTF8.self)
    }
}

/// A project of Alembic's with two migrations.
package struct AlembicProject {
    /// Its folder.
    package let folder: String
    /// The database's address as SQLAlchemy takes it.
    let url: String

    /// Makes one; `url` is the database's address as SQLAlchemy takes it.
    package init(folder: String, url: String) throws {
        self.folder = folder
        self.url = url
        try alembic("init")
        try write(
            "a10000000001", after: "None", up: "CREATE TABLE author (id INTEGER PRIMARY KEY)", down: "DROP TABLE author"
        )
        try write(
            "a10000000002", after: "'a10000000001'", up: "ALTER TABLE author ADD COLUMN name VARCHAR(80)",
            down: "ALTER TABLE author DROP COLUMN name")
    }

    /// What a command of Alembic's writes.
    @discardableResult
    package func alembic(_ arguments: String...) throws -> String {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "alembic_commands.py").path
        return try Alembic.run([script, folder, url] + arguments)
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
    private func continueInSQL(_ id: String) throws {
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

    /// Checks that a database which Alembic manages is taken over, and that Alembic goes on to answer and to work on it.
    package func checkTakeover(of db: Database) async throws {
        try alembic("upgrade", "head")
        let migrator = Migrator(db, .folder(folder))
        let status = try await migrator.status()
        #expect(status.versions == ["a10000000002"])
        #expect(status.isAtHead)
        #expect(status.graph.revisions.map(\.message) == ["step a10000000001", "step a10000000002"])
        #expect(try await migrator.upgrade().isEmpty)

        try continueInSQL("c10000000003")
        #expect(try await migrator.upgrade().map(\.revision.id) == ["c10000000003"])
        #expect(try alembic("current").contains("c10000000003 (head)"))
        #expect(try alembic("heads").contains("c10000000003 (head)"))
        #expect(try alembic("history").contains("a10000000002 -> c10000000003 (head), create 'post'"))

        try await migrator.downgrade(to: "-1")
        #expect(try alembic("current").contains("a10000000002"))
        // Alembic cannot run what is in SQL, and changes nothing when it is asked to.
        #expect(throws: Python.Failure.self) { try alembic("upgrade", "head") }
        #expect(try await migrator.status().versions == ["a10000000002"])

        // Nor can Carafe run Python.
        try alembic("downgrade", "base")
        #expect(try await migrator.status().versions == [])
        let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
        #expect(error?.message.contains("is a migration of Alembic's") == true)
        try alembic("upgrade", "a10000000002")
        #expect(try await migrator.upgrade().count == 1)
        try alembic("stamp", "a10000000001")
        #expect(try await migrator.status().versions == ["a10000000001"])
        try await migrator.stamp(["head"])
        #expect(try alembic("current").contains("c10000000003 (head)"))
    }
}
