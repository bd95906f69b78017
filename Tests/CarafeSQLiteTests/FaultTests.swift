import CarafeSQL
import CarafeSQLite
import Foundation
import SQLSuites
import TestSupport
import Testing

@Suite struct FaultTests {
    private func failure(_ body: () async throws -> Void) async -> DatabaseError? {
        do {
            try await body()
            return nil
        } catch { return error as? DatabaseError }
    }

    /// Python that opens the file, runs statements, says so and waits for its end.
    private func holder(_ path: String, _ statements: String...) throws -> ChildProcess {
        let script = """
            import sqlite3, sys, time
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            for s in sys.argv[2:]: c.execute(s)
            print("ready", flush=True)
            time.sleep(60)
            """
        let child = try ChildProcess(Python.interpreter, ["-c", script, path] + statements)
        #expect(String(decoding: child.read(), as: UTF8.self).contains("ready"))
        return child
    }

    private func withFile(options: String = "", _ body: (Database, String, TemporaryFolder) async throws -> Void)
        async throws
    {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path("test.db")
        let db = try open(path, options: options)
        try await db.executeScript(RawSQL("CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)"))
        try await body(db, path, folder)
        #expect(db.statistics.inUse == 0)
        await db.close()
        #expect(db.statistics.open == 0)
    }

    @Test("another program's lock is waited for, for a time")
    func locked() async throws {
        try await withFile(options: "?timeout=0.3") { db, path, _ async throws in
            let other = try holder(path, "BEGIN IMMEDIATE", "INSERT INTO t VALUES (1, 'theirs')")
            let error = await failure { try await db.execute("INSERT INTO t (n) VALUES (2)") }
            #expect(error?.kind == .locked)
            #expect(await failure { try await db.transaction { _ in } }?.kind == .locked)
            #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0, "readers are not blocked")
            // A program that dies in the middle leaves nothing behind.
            other.kill()
            #expect(try await db.execute("INSERT INTO t (n) VALUES (2)") == 1)
            #expect(try await db.query("SELECT n FROM t", as: Int.self) == [2])
        }
    }

    @Test("a process that dies in the middle of a transaction leaves what it had committed, and nothing else")
    func processDies() async throws {
        try await withFile { db, path, _ async throws in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let db = try CarafeSQLiteTests.open(path)
                try await db.execute("INSERT INTO t (n) VALUES (1)")
                try await db.transaction { tx in
                    try await tx.execute("INSERT INTO t (n) VALUES (2)")
                    _ = kill(getpid(), SIGKILL)
                }
            }
            #expect(try await db.query("SELECT n FROM t", as: Int.self) == [1])
            #expect(try await db.execute("INSERT INTO t (n) VALUES (2)") == 1)
        }
    }

    @Test("a task that waits for a lock can be cancelled")
    func cancelledInLock() async throws {
        try await withFile(options: "?timeout=30") { db, path, _ async throws in
            let other = try holder(path, "BEGIN IMMEDIATE")
            let start = ContinuousClock.now
            let task = Task { try await db.execute("INSERT INTO t (n) VALUES (2)") }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(10))
            other.kill()
            #expect(try await db.execute("INSERT INTO t (n) VALUES (3)") == 1)
        }
    }

    static let endless: SQL = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"

    @Test("a cancelled query stops, and the connection goes on", arguments: [0, 1, 2])
    func cancelled(_ place: Int) async throws {
        try await withFile { db, _, _ async throws in
            let start = ContinuousClock.now
            let task = Task {
                switch place {
                case 0: _ = try await db.one(Self.endless, as: Int.self)
                case 1: for try await _ in db.stream(Self.endless) {}
                default:
                    try await db.transaction { tx in
                        try await tx.execute("INSERT INTO t (n) VALUES (1)")
                        _ = try await tx.one(Self.endless, as: Int.self)
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            let error = await failure { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(ContinuousClock.now - start < .seconds(10))
            for _ in 0..<20 where db.statistics.inUse > 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
            #expect(try await db.execute("INSERT INTO t (n) VALUES (1)") == 1)
        }
    }

    @Test("a cancellation hits the statement that it is for, never the next one")
    func cancellationIsExact() async throws {
        try await withFile { db, _, _ async throws in
            try await db.executeBatch(0..<100) { "INSERT INTO t (n) VALUES (\($0))" }
            for _ in 0..<300 {
                let task = Task { try await db.query("SELECT * FROM t") }
                await Task.yield()
                task.cancel()
                #expect(try await db.query("SELECT n FROM t", as: Int.self).count == 100)
                _ = await task.result
            }
            #expect(db.statistics.opened <= 5)
        }
    }

    @Test("a full disk is an error of its own, and leaves nothing half-written")
    func full() async throws {
        try await withFile { db, _, _ async throws in
            try await db.execute("INSERT INTO t (n, s) VALUES (0, 'before')")
            try await db.withConnection { connection async throws in
                let pages = try await connection.one("PRAGMA page_count", as: Int.self)
                _ = try await connection.query("PRAGMA max_page_count = \(RawSQL("\(pages + 5)"))")
                let text = String(repeating: "x", count: 10_000)
                let error = await failure {
                    try await connection.executeBatch(1..<100) { "INSERT INTO t (n, s) VALUES (\($0), \(text))" }
                }
                #expect(error?.kind == .resources)
                #expect(try await connection.one("SELECT count(*) FROM t", as: Int.self) == 1)
                _ = try await connection.query("PRAGMA max_page_count = 1000000")
            }
            let transaction = await failure {
                try await db.transaction { tx in
                    try await tx.execute("INSERT INTO t (n) VALUES (1)")
                    throw DatabaseError(.resources, "as if")
                }
            }
            #expect(transaction?.kind == .resources)
            #expect(try await db.query("SELECT n FROM t", as: Int.self) == [0])
            #expect(try await db.one("PRAGMA integrity_check", as: String.self) == "ok")
        }
    }

    @Test("a damaged file is said to be damaged")
    func corrupt() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path("text.db")
        try Data(String(repeating: "This is no database. ", count: 500).utf8).write(to: URL(filePath: path))
        let db = try open(path)
        #expect(await failure { try await db.ping() }?.kind == .corrupt)
        await db.close()

        try await withFile(options: "?journal_mode=delete") { db, path, _ async throws in
            try await db.executeBatch(0..<2000) { "INSERT INTO t (n, s) VALUES (\($0), \("text \($0)"))" }
            await db.close()
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data(repeating: 0xAB, count: 8192))
            try file.close()
            let damaged = try open(path, options: "?journal_mode=delete")
            #expect(await failure { _ = try await damaged.query("SELECT * FROM t") }?.kind == .corrupt)
            await damaged.close()
        }
    }

    @Test("what a killed program had committed is there, and nothing else")
    func killed() async throws {
        try await withFile { db, path, _ async throws in
            let script = """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1], isolation_level=None)
                n = 0
                while True:
                    c.execute("BEGIN IMMEDIATE")
                    c.execute("INSERT INTO t VALUES (?, 'a')", (n,))
                    c.execute("INSERT INTO t VALUES (?, 'b')", (n + 1,))
                    c.execute("COMMIT")
                    n += 2
                    print(n, flush=True)
                """
            let child = try ChildProcess(Python.interpreter, ["-c", script, path])
            var committed = 0
            while committed < 20 {
                let lines = String(decoding: child.read(), as: UTF8.self).split(separator: "\n")
                committed = lines.last.flatMap { Int($0) } ?? committed
            }
            child.kill()
            let count = try await db.one("SELECT count(*) FROM t", as: Int.self)
            #expect(count >= committed && count % 2 == 0)
            #expect(try await db.one("PRAGMA integrity_check", as: String.self) == "ok")
            #expect(try await db.execute("INSERT INTO t (n) VALUES (-1)") == 1)
        }
    }

    @Test("readers see what is committed while a transaction writes, and are not blocked")
    func readersBesideWriter() async throws {
        try await withFile { db, _, _ async throws in
            try await db.transaction { tx in
                try await tx.execute("INSERT INTO t (n) VALUES (1)")
                let outside = try await Task.detached { try await db.one("SELECT count(*) FROM t", as: Int.self) }.value
                #expect(outside == 0)
            }
            #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 1)
        }
    }

    @Test(
        "neither files nor threads are left behind",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
    func leaks() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func openFiles() -> Int {
            let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            return descriptors.filter {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.contains(
                    folder.url.lastPathComponent) == true
            }.count
        }
        for round in 0..<10 {
            let db = try open(folder.path("leak.db"))
            try await db.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for n in 0..<20 {
                    group.addTask {
                        try await db.execute("INSERT INTO t (n) VALUES (\(n))")
                        for try await _ in db.stream("SELECT n FROM t") { break }
                    }
                }
                try await group.waitForAll()
            }
            #expect(openFiles() > 0)
            // Every other database is dropped without being closed.
            if round % 2 == 0 { await db.close() }
        }
        for _ in 0..<300 where openFiles() > 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(openFiles() == 0)
    }
}
