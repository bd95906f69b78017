import CarafeSQLite
import Foundation
import Synchronization
import Testing

@testable import CarafeSQL

@Suite("Running migrations")
struct MigratorTests {
    @Test("an upgrade runs all, a downgrade undoes them, and an upgrade runs them again")
    func upAndDown() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            try await fixture.withDatabase { db, migrator async throws in
                let told = Mutex<[String]>([])
                let steps = try await migrator.upgrade { step in told.withLock { $0.append(step.description) } }
                #expect(steps.map(\.revision.id) == ["aaaaaaaaaaa1", "aaaaaaaaaaa2", "aaaaaaaaaaa3"])
                #expect(told.withLock { $0 }.first == "Upgrading to aaaaaaaaaaa1, step")
                let schema = try await db.schema()
                #expect(schema.count == 3)
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa3"])
                #expect(try await migrator.status().isAtHead)
                #expect(try await migrator.upgrade().isEmpty)

                try await migrator.downgrade(to: "-1")
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa2"])
                #expect(try await migrator.status().pending.map(\.id) == ["aaaaaaaaaaa3"])
                try await migrator.downgrade(to: "base")
                #expect(try await db.schema() == [])
                #expect(try await migrator.status().versions == [])

                try await migrator.upgrade(to: "+2")
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa2"])
                try await migrator.upgrade()
                #expect(try await db.schema() == schema)
            }
        }
    }

    @Test("the table of versions is Alembic's, to the letter")
    func table() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            try await fixture.withDatabase { db, migrator async throws in
                try await migrator.upgrade()
                let sql = try await db.one(
                    "SELECT sql FROM sqlite_master WHERE name = 'alembic_version'", as: String.self)
                #expect(
                    sql == "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
                        + "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)")
            }
        }
    }

    @Test("a statement that fails leaves the database as it was, and is named", arguments: 1...4)
    func failure(at number: Int) async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            let statements = (1...4).map {
                $0 == number ? "INSERT INTO nowhere\nVALUES (1);" : "CREATE TABLE t\($0) (x);"
            }
            try fixture.write("aaaaaaaaaaa4", after: "aaaaaaaaaaa3", up: statements.joined(separator: "\n"))
            try await fixture.withDatabase { db, migrator async throws in
                try await migrator.upgrade(to: "aaaaaaaaaaa3")
                let schema = try await db.schema()
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.kind == .migration)
                let place = "\(fixture.folder)/versions/aaaaaaaaaaa4_step.sql:\(3 + number)"
                #expect(
                    error?.message
                        == "aaaaaaaaaaa4 (step) failed at statement \(number) (\(place)): no such table: nowhere",
                    "\(error?.message ?? "")")
                #expect(error?.source == place)
                #expect(error?.statement == "INSERT INTO nowhere\nVALUES (1)")
                #expect(error?.hint == "The database is as it was before this migration.")
                #expect(try await db.schema() == schema)
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa3"])
                #expect(db.statistics.inUse == 0)
            }
        }
    }

    @Test("of several that fail, those before have been done")
    func failureLater() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            try fixture.write("aaaaaaaaaaa4", after: "aaaaaaaaaaa3", up: "nonsense")
            try await fixture.withDatabase { db, migrator async throws in
                await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa3"])
            }
        }
    }

    @Test("a migration without a part down cannot be undone")
    func irreversible() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.write("aaaaaaaaaaa1", up: "CREATE TABLE t (x);", down: nil)
            try await fixture.withDatabase { db, migrator async throws in
                try await migrator.upgrade()
                let error = await #expect(throws: DatabaseError.self) { try await migrator.downgrade(to: "-1") }
                #expect(error?.message.contains("cannot be undone") == true)
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa1"])
            }
        }
    }

    @Test("a merge leaves one version, and its undoing brings back both")
    func merge() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.write("aaaaaaaaaaa1", up: "CREATE TABLE a (x);", down: "DROP TABLE a;")
            try fixture.write("aaaaaaaaaaa2", after: "aaaaaaaaaaa1", up: "CREATE TABLE b (x);", down: "DROP TABLE b;")
            try fixture.write("aaaaaaaaaaa3", after: "aaaaaaaaaaa1", up: "CREATE TABLE c (x);", down: "DROP TABLE c;")
            try await fixture.withDatabase { db, migrator async throws in
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.message.contains("several heads") == true)
                try await migrator.upgrade(to: "heads")
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa2", "aaaaaaaaaaa3"])
                try fixture.write("aaaaaaaaaaa4", after: "aaaaaaaaaaa2, aaaaaaaaaaa3", up: "")
                try await migrator.upgrade()
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa4"])
                try await migrator.downgrade(to: "aaaaaaaaaaa3")
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa2", "aaaaaaaaaaa3"])
                try await migrator.downgrade(to: "base")
                #expect(try await db.schema() == [])
            }
        }
    }

    @Test("foreign keys that are switched off do not cascade while a table is rebuilt, and are checked at the end")
    func foreignKeys() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            let rebuild = """
                CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
                INSERT INTO new (id) SELECT id FROM user;
                DROP TABLE user;
                ALTER TABLE new RENAME TO user;
                """
            try await fixture.withDatabase { db, migrator async throws in
                try await migrator.upgrade()
                try await db.execute("INSERT INTO user VALUES (1)")
                try await db.execute("INSERT INTO post (user_id) VALUES (1)")
                try fixture.write("aaaaaaaaaaa4", after: "aaaaaaaaaaa3", header: "-- foreign_keys: off", up: rebuild)
                try await migrator.upgrade()
                #expect(try await db.one("SELECT count(*) FROM post", as: Int.self) == 1)
                #expect(try await db.withConnection { try await $0.one("PRAGMA foreign_keys", as: Int.self) } == 1)

                let schema = try await db.schema()
                try fixture.write(
                    "aaaaaaaaaaa5", after: "aaaaaaaaaaa4", header: "-- foreign_keys: off", up: "DELETE FROM user;")
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.message.contains("The table 'post' has rows whose foreign keys lead nowhere") == true)
                #expect(error?.table == "post")
                #expect(try await db.one("SELECT count(*) FROM user", as: Int.self) == 1)
                #expect(try await db.schema() == schema)
                #expect(try await db.withConnection { try await $0.one("PRAGMA foreign_keys", as: Int.self) } == 1)
            }
        }
    }

    @Test("without a transaction what has been done remains, and the error says so")
    func bare() async throws {
        try await MigrationFixture.run { fixture async throws in
            let up = "CREATE TABLE a (x);\nVACUUM;\nnonsense;"
            try fixture.write("aaaaaaaaaaa1", header: "-- transaction: off", up: up, down: "DROP TABLE a;")
            try await fixture.withDatabase { db, migrator async throws in
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.hint?.contains("its first 2 statements have been done and remain") == true)
                #expect(try await db.schema() == ["CREATE TABLE a (x)"])
                #expect(try await migrator.status().versions == [])
                try fixture.write("aaaaaaaaaaa1", header: "-- transaction: off", up: "VACUUM;", down: "DROP TABLE a;")
                try await migrator.upgrade()
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa1"])
                try await migrator.downgrade(to: "base")
                #expect(try await db.schema() == [])
            }
        }
    }

    @Test("a trigger's body is one statement")
    func trigger() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.write(
                "aaaaaaaaaaa1",
                up: """
                    CREATE TABLE a (x, seen INTEGER DEFAULT 0);
                    CREATE TRIGGER t AFTER INSERT ON a BEGIN
                        UPDATE a SET seen = CASE WHEN x = 'END;' THEN 1 ELSE 2 END; -- END;
                    END;
                    INSERT INTO a (x) VALUES ('END;');
                    """)
            try await fixture.withDatabase { db, migrator async throws in
                try await migrator.upgrade()
                #expect(try await db.one("SELECT seen FROM a", as: Int.self) == 1)
            }
        }
    }

    @Test("a stamp says where the database is, without running anything")
    func stamp() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            try await fixture.withDatabase { db, migrator async throws in
                try await migrator.stamp(["head"])
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa3"])
                #expect(try await db.schema() == [])
                try await migrator.stamp(["aaaaaaaaaaa1"])
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa1"])
                try await migrator.stamp(["base"])
                #expect(try await migrator.status().versions == [])
                try await db.execute("INSERT INTO alembic_version VALUES ('ffffffffffff')")
                #expect(try await migrator.status().unknown == ["ffffffffffff"])
                let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                #expect(error?.message == "The database is at revision 'ffffffffffff', which no file has.")
                await #expect(throws: DatabaseError.self) { try await migrator.stamp(["head"]) }
                try await migrator.stamp(["head"], purges: true)
                #expect(try await migrator.status().versions == ["aaaaaaaaaaa3"])
            }
        }
    }

    @Test("a database in memory is migrated on its only connection")
    func memory() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            let db = try Database("sqlite://", driver: .sqlite)
            try await Migrator(db, .folder(fixture.folder)).upgrade()
            #expect(try await db.schema().count == 3)
            await db.close()
        }
    }

    @Test("files with mistakes keep everything from running, and all of them are told")
    func mistakes() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.write("aaaaaaaaaaa1", up: "COMMIT;")
            try fixture.write("aaaaaaaaaaa2", after: "zzzz", up: "SELECT 'open;")
            try await fixture.withDatabase { db, migrator async throws in
                let error = await #expect(throws: MigrationProblems.self) { try await migrator.upgrade() }
                #expect(error?.problems.map(\.line) == [4, nil, 4])
                #expect(try await migrator.database.schema() == [])
            }
        }
    }
}
