import CarafeSQL
import CarafeSQLite
import Foundation
import SQLSuites
import Testing

@Suite struct OptionsTests {
    @Test(
        "an option that SQLite does not have, or a wrong value, is refused before anything is opened",
        arguments: [
            ("sqlite:///x.db?mode=write", "mode"), ("sqlite:///x.db?timeout=soon", "timeout"),
            ("sqlite:///x.db?nonsense=1", "nonsense"),
            ("sqlite:///x.db?journal_mode=wal;", "journal_mode"), ("sqlite:///x.db?timeout=-1", "timeout"),
            ("sqlite:///x.db?immutable=maybe", "immutable"), ("sqlite://blog.db", "no host"),
            ("sqlite://u:p@h/x.db", "no host"),
        ])
    func refused(_ url: String, _ word: String) {
        let error = #expect(throws: DatabaseError.self) { try Database(url, driver: .sqlite) }
        #expect(error?.kind == .configuration)
        #expect(error?.message.contains(word) == true)
    }

    @Test("a URL of another database says which drivers there are")
    func unknown() {
        let error = #expect(throws: DatabaseError.self) { try Database("mysql://h/d", driver: .sqlite) }
        #expect(error?.message == "No driver here knows mysql: there are those for sqlite.")
    }

    @Test("a file has a write-ahead log, foreign keys and normal synchronisation, on every connection")
    func settings() async throws {
        try await DatabaseFixture.file.withDatabase { db async throws in
            for role in [ConnectionRole.readWrite, .readOnly] {
                try await db.withConnection(role) { connection async throws in
                    #expect(try await connection.one("PRAGMA journal_mode", as: String.self) == "wal")
                    #expect(try await connection.one("PRAGMA foreign_keys", as: Int.self) == 1)
                    #expect(try await connection.one("PRAGMA synchronous", as: Int.self) == 1)
                    #expect(try await connection.one("PRAGMA query_only", as: Int.self) == (role == .readOnly ? 1 : 0))
                }
            }
        }
    }

    @Test("options of the URL and of Python's driver are taken")
    func options() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let options =
            "?journal_mode=delete&synchronous=full&foreign_keys=off&cache=private&psow=1&check_same_thread=False&cached_statements=1"
        let db = try open(folder.path("a b%25%3F#.db"), options: options)
        try await db.withConnection { connection async throws in
            #expect(try await connection.one("PRAGMA journal_mode", as: String.self) == "delete")
            #expect(try await connection.one("PRAGMA synchronous", as: Int.self) == 2)
            #expect(try await connection.one("PRAGMA foreign_keys", as: Int.self) == 0)
        }
        await db.close()
        #expect(FileManager.default.fileExists(atPath: folder.path("a b%?#.db")))
        let same = try open("file:" + folder.path("a b%25%3F#.db"), options: "?mode=ro&uri=true")
        try await same.ping()
        await same.close()
    }

    @Test("what a connection's settings were is restored when it is given back")
    func restored() async throws {
        try await DatabaseFixture.file.withDatabase { db async throws in
            try await db.withConnection { connection async throws in
                try await connection.execute("PRAGMA foreign_keys = OFF")
                #expect(try await connection.one("PRAGMA foreign_keys", as: Int.self) == 0)
            }
            #expect(try await db.one("PRAGMA foreign_keys", as: Int.self) == 1)
            try await db.execute("PRAGMA foreign_keys = OFF")
            #expect(try await db.one("PRAGMA foreign_keys", as: Int.self) == 1)
            try await db.execute("PRAGMA user_version = 7")
            #expect(try await db.one("PRAGMA user_version", as: Int.self) == 7)
        }
    }

    @Test("a read-only database takes no writes, and several readers")
    func readOnly() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let missing = try open(folder.path("missing.db"), options: "?mode=ro")
        await #expect(throws: DatabaseError.self) { try await missing.ping() }
        #expect(!FileManager.default.fileExists(atPath: folder.path("missing.db")))
        let writer = try open(folder.path("a.db"))
        try await writer.executeScript(RawSQL("CREATE TABLE t (n INTEGER); INSERT INTO t (n) VALUES (5)"))
        for options in ["?mode=ro", "?mode=ro&immutable=1"] {
            if options.contains("immutable") { await writer.close() }
            let db = try open(folder.path("a.db"), options: options)
            #expect(try await db.one("SELECT n FROM t", as: Int.self) == 5)
            do {
                try await db.execute("INSERT INTO t (n) VALUES (6)")
                Issue.record("a read-only database was written to")
            } catch {
                #expect(error.kind == .readOnly)
            }
            await db.close()
        }
        let immutable = try open(folder.path("a.db"), options: "?immutable=1")
        #expect(try await immutable.one("SELECT n FROM t", as: Int.self) == 5)
        await immutable.close()
    }

    @Test("a file in a folder that is not there cannot be opened, at once and with its path")
    func noFolder() async throws {
        let db = try open("/nowhere/at/all.db")
        let start = ContinuousClock.now
        let error = await #expect(throws: DatabaseError.self) { try await db.execute("SELECT 1") }
        #expect(error?.kind == .connectionFailed)
        #expect(error?.message.contains("/nowhere/at/all.db") == true)
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(db.statistics.inUse == 0 && db.statistics.failures == 1)
        await db.close()
    }
}
