import CarafePostgreSQL
import CarafeSQL
import Foundation
import SQLSuites
import Testing
import TestSupport

extension PostgreSQLTests {
    @Suite("Running migrations")
    struct MigratorTests {
        private static func step(
            _ id: String, after down: String = "none", header: String = "", up: String, down undo: String = ""
        )
            -> String
        {
            "-- revision: \(id)\n-- down_revision: \(down)\n\(header)\n-- migrate: up\n\(up)\n-- migrate: down\n\(undo)\n"
        }

        private static let first = step(
            "a1",
            up: "CREATE TABLE post (id SERIAL PRIMARY KEY, title TEXT);\nINSERT INTO post (title) VALUES ('one; two');",
            down: "DROP TABLE post;")
        private static let second = step(
            "a2", after: "a1",
            up: """
                CREATE FUNCTION shout(t text) RETURNS text LANGUAGE plpgsql AS $body$
                BEGIN
                    RETURN upper(t) || '!';
                END;
                $body$;
                UPDATE post SET title = shout(title);
                """, down: "DROP FUNCTION shout;")
        private static let concurrent = step(
            "a3", after: "a2", header: "-- transaction: off",
            up: "CREATE INDEX CONCURRENTLY ix_post_title ON post (title);",
            down: "DROP INDEX CONCURRENTLY ix_post_title;")

        private static let all = Migrations.embedded([
            "versions/a1.sql": first, "versions/a2.sql": second, "versions/a3.sql": concurrent,
        ])

        @Test("an upgrade runs all, a downgrade undoes them, and an upgrade runs them again")
        func upAndDown() async throws {
            try await withDatabase { db async throws in
                let migrator = Migrator(db, Self.all)
                for _ in 0..<2 {
                    #expect(try await migrator.upgrade().map(\.revision.id) == ["a1", "a2", "a3"])
                    #expect(try await db.one("SELECT title FROM post", as: String.self) == "ONE; TWO!")
                    #expect(try await migrator.status().versions == ["a3"])
                    try await migrator.downgrade(to: "base")
                    #expect(try await migrator.status().versions == [])
                    #expect(try await db.one("SELECT to_regclass('post') IS NULL", as: Bool.self))
                }
            }
        }

        @Test("a statement that fails leaves the database as it was, and its line is named")
        func failure() async throws {
            try await withDatabase { db async throws in
                let broken = Self.step(
                    "a2", after: "a1",
                    up: "CREATE TABLE other (x INTEGER);\n\nINSERT INTO other\nSELECT 1\nFROM nowhere;")
                let migrator = Migrator(db, .embedded(["versions/a1.sql": Self.first, "versions/a2.sql": broken]))
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.kind == .migration)
                #expect(
                    error?.message.contains("a2 failed at statement 2 (versions/a2.sql:9):") == true,
                    "\(error?.message ?? "")")
                #expect(error?.code == "42P01")
                #expect(error?.hint?.contains("The database is as it was before this migration.") == true)
                #expect(try await migrator.status().versions == ["a1"])
                #expect(try await db.one("SELECT to_regclass('other') IS NULL", as: Bool.self))
                #expect(db.statistics.inUse == 0)
            }
        }

        @Test(
            "of many upgrades at once each migration is done by one, also where an index is built without a transaction"
        )
        func parallel() async throws {
            let url = try PostgreSQLServer.shared.newDatabase()
            let steps = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        let database = try Database(url, driver: .postgresql)
                        let steps = try await Migrator(database, Self.all).upgrade().map(\.revision.id)
                        await database.close()
                        return steps
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(steps.sorted() == ["a1", "a2", "a3"])
        }

        @Test("who waits too long for another's upgrade is told so")
        func lock() async throws {
            try await withDatabase(isOwn: true) { db async throws in
                try await db.withConnection { connection in
                    _ = try await connection.query("SELECT pg_advisory_lock(\(0x6361_7261_6665_6D69))")
                    var migrator = Migrator(try Database(db.configuration, drivers: [.postgresql]), Self.all)
                    migrator.lockTimeout = .milliseconds(120)
                    let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                    #expect(error?.kind == .locked)
                    await migrator.database.close()
                }
                try await Migrator(db, Self.all).upgrade()
            }
        }

        @Test(
            "a database that Alembic manages is taken over, and 'alembic current' still answers",
            .enabled(if: Alembic.isInstalled && Python.has("psycopg")))
        func takeover() async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "carafe-alembic-\(UUID().uuidString)")
                .path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let url = try PostgreSQLServer.shared.newDatabase()
            let project = try AlembicProject(
                folder: folder + "/migrations", url: url.replacing("postgresql:", with: "postgresql+psycopg:"))
            let database = try TestDatabase(url: url).database
            try await project.checkTakeover(of: database)
            #expect(
                try await database.query(
                    """
                    SELECT column_name, data_type, character_maximum_length, is_nullable FROM information_schema.columns
                    WHERE table_name = 'alembic_version'
                    """, as: (String, String, Int, String).self
                ).map { "\($0)" } == [#"("version_num", "character varying", 32, "NO")"#])
            await database.close()
        }

        @Test("of upgrades by several processes at once each migration is done by one")
        func processes() async throws {
            let url = try PostgreSQLServer.shared.newDatabase()
            await withTaskGroup { group in
                for _ in 0..<3 {
                    group.addTask {
                        await #expect(processExitsWith: .success) { [url = url as String] in
                            let database = try Database(url, driver: .postgresql)
                            try await Migrator(database, Self.all).upgrade()
                            await database.close()
                        }
                    }
                }
            }
            let database = try TestDatabase(url: url).database
            #expect(try await Migrator(database, Self.all).status().isAtHead)
            #expect(try await database.query("SELECT title FROM post", as: String.self) == ["ONE; TWO!"])
            await database.close()
        }
    }
}
