import CarafePostgreSQL
import CarafeSQL
import Foundation
import Testing
import TestSupport

extension PostgreSQLTests {
    /// What happens to an app when something happens to its server.
    @Suite(.timeLimit(.minutes(10)))
    struct FaultTests {
        @Test(
            "a server that is killed again and again under load loses nothing that it confirmed, and the pool comes back"
        )
        func killedUnderLoad() async throws {
            // Only what reached the disk is confirmed.
            let server = try PostgreSQLServer(settings: ["fsync": "on"])
            let db = try TestDatabase(url: server.url()) {
                $0.pool.size = 6; $0.pool.overflow = 0; $0.pool.reconnectTimeout = .seconds(20)
            }.database
            try await db.execute("CREATE TABLE t (id int PRIMARY KEY, half int)")
            let end = Flag()
            let (confirmed, refused, unclear, ids) = (Numbers(), Counter(), Counter(), Counter())
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        while !end.isSet {
                            let id = ids.add(1)
                            do {
                                try await db.transaction { tx in
                                    try await tx.execute("INSERT INTO t VALUES (\(id), 1)")
                                    try await tx.execute("UPDATE t SET half = 2 WHERE id = \(id)")
                                }
                                confirmed.insert(id)
                            } catch let error as DatabaseError {
                                // A statement that the server was killed in may have been done or not; all others say what happened.
                                _ = (error.kind == .connectionLost ? unclear : refused).add(1)
                                guard [.connectionLost, .connectionFailed].contains(error.kind) else { throw error }
                            }
                        }
                    }
                }
                for _ in 0..<3 {
                    try await Task.sleep(for: .milliseconds(250))
                    server.kill()
                    try await Task.sleep(for: .milliseconds(50))
                    try server.start()
                    let before = confirmed.all.count
                    let start = ContinuousClock.now
                    while confirmed.all.count == before { try await Task.sleep(for: .milliseconds(5)) }
                    #expect(ContinuousClock.now - start < .seconds(20))
                }
                end.set()
                try await group.waitForAll()
            }
            let rows = try await db.query("SELECT id, half FROM t", as: (Int, Int).self)
            #expect(rows.allSatisfy { $0.1 == 2 })
            #expect(confirmed.all.subtracting(rows.map(\.0)).isEmpty)
            #expect(!confirmed.all.isEmpty && unclear.current > 0 && db.statistics.lost > 0)
            #expect(db.statistics.inUse == 0)
            await db.close()
            #expect(db.statistics.open == 0)
            // The server's processes end a little later than the connections.
            let count = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            #expect(await eventually { (try? server.execute(count)) == "1\n" })
        }

        @Test("a process that dies in the middle of a transaction leaves what it had committed, and nothing else")
        func processDies() async throws {
            let url = try PostgreSQLServer.shared.newDatabase()
            let db = try TestDatabase(url: url).database
            try await db.execute("CREATE TABLE t (id int PRIMARY KEY)")
            await #expect(processExitsWith: .signal(SIGKILL)) { [url = url as String] in
                let db = try TestDatabase(url: url).database
                try await db.execute("INSERT INTO t VALUES (1)")
                try await db.transaction { tx in
                    try await tx.execute("INSERT INTO t VALUES (2)")
                    _ = Foundation.kill(getpid(), SIGKILL)
                }
            }
            // A row that the dead process still held would be waited for.
            #expect(try await db.execute("INSERT INTO t VALUES (2) ON CONFLICT DO NOTHING") == 1)
            #expect(try await db.query("SELECT id FROM t ORDER BY id", as: Int.self) == [1, 2])
            await db.close()
        }

        @Test("where the server's own limit of connections is reached, the error says so")
        func connectionLimit() async throws {
            let server = try PostgreSQLServer(settings: ["max_connections": "5", "superuser_reserved_connections": "0"])
            let db = try TestDatabase(url: server.url()) {
                $0.pool.overflow = 20; $0.pool.reconnectTimeout = .milliseconds(300)
            }.database
            let errors = await withTaskGroup(of: DatabaseError?.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        do throws(DatabaseError) {
                            _ = try await db.query("SELECT pg_sleep(1.5)")
                            return nil
                        } catch { return error }
                    }
                }
                return await group.reduce(into: [DatabaseError?]()) { $0.append($1) }
            }
            #expect(errors.filter { $0 == nil }.count == 5)
            #expect(
                errors.compactMap { $0 }.allSatisfy {
                    $0.kind == .connectionFailed && $0.message.contains("too many clients")
                })
            #expect(try await db.one("SELECT 1", as: Int.self) == 1)
            #expect(db.statistics.inUse == 0)
            await db.close()
        }

        @Test("connections beyond the pool's size are used again")
        func overflow() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 1; $0.pool.overflow = 3; $0.pool.overflowIdleTimeout = .seconds(600)
            }) { db in
                for _ in 0..<3 { try await Self.useFour(db) }
                #expect(db.statistics.opened == 4 && db.statistics.open == 4)
            }
        }

        @Test("connections beyond the pool's size are closed when they are not used, the others stay")
        func overflowEnds() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 1; $0.pool.overflow = 3; $0.pool.overflowIdleTimeout = .milliseconds(50)
            }) { db in
                try await Self.useFour(db)
                #expect(await eventually { db.statistics.open == 1 && db.statistics.closed == 3 })
                #expect(try await db.one("SELECT 1", as: Int.self) == 1)
                #expect(db.statistics.opened == 4)
            }
        }

        @Test("connections that take long to close are not counted among those that stay")
        func overflowEndsSlowly() async throws {
            let mayClose = Flag()
            var configuration = try DatabaseConfiguration(url: DatabaseURL(PostgreSQLFixture().url))
            configuration.pool.size = 1
            configuration.pool.overflow = 3
            configuration.pool.overflowIdleTimeout = .milliseconds(20)
            let db = try Database(configuration, drivers: [ReluctantDriver(mayClose: mayClose)])
            try await Self.useFour(db)
            #expect(await eventually { db.statistics.idle == 1 })
            // Time enough to close that one as well.
            try await Task.sleep(for: .milliseconds(100))
            let before = db.statistics
            #expect(before.idle == 1 && before.inUse == 0 && before.open == 4)
            mayClose.set()
            #expect(await eventually { db.statistics.open == 1 && db.statistics.closed == 3 })
            #expect(try await db.one("SELECT 1", as: Int.self) == 1)
            #expect(db.statistics.opened == 4)
            await db.close()
        }

        /// Uses four connections at once: none is given back before all are there.
        private static func useFour(_ db: Database) async throws {
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await db.withConnection { _ in
                            #expect(await eventually { db.statistics.opened == 4 })
                            // The others see it as well.
                            try await Task.sleep(for: .milliseconds(20))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }

        @Test(
            "a full disk is an error of its own, and leaves nothing half-written",
            .enabled(if: PostgreSQLServer.canHaveVolume, "no disk can be made"))
        func fullDisk() async throws {
            let server = try PostgreSQLServer(volume: 16)
            let db = try TestDatabase(url: server.url()).database
            try await db.execute("CREATE TABLESPACE small LOCATION '\(RawSQL(#require(server.volume)))'")
            try await db.execute("CREATE TABLE page (id int, text text) TABLESPACE small")
            try await db.execute("ALTER TABLE page ALTER text SET STORAGE EXTERNAL")
            let text = String(repeating: "x", count: 1 << 20)
            var written = 0
            let error = await #expect(throws: DatabaseError.self) {
                while written < 64 {
                    try await db.transaction { tx in
                        for half in 1...2 { try await tx.execute("INSERT INTO page VALUES (\(half), \(text))") }
                    }
                    written += 2
                }
            }
            #expect(error?.kind == .resources)
            #expect(written > 4)
            #expect(try await db.one("SELECT count(*) FROM page", as: Int.self) == written)
            // Room is made, and everything goes on.
            try await db.execute("DROP TABLE page")
            try await db.execute("CREATE TABLE page (id int, text text) TABLESPACE small")
            try await db.execute("INSERT INTO page VALUES (1, \(text))")
            #expect(db.statistics.inUse == 0 && db.statistics.lost == 0)
            await db.close()
        }

        @Test("a task that is cancelled stops its statement at the server")
        func cancelled() async throws {
            try await withDatabase(
                isOwn: true,
                configure: {
                    $0.pool.size = 1; $0.pool.overflow = 0
                }
            ) { db in
                let task = Task { try await db.query("SELECT pg_sleep(60)") }
                try await Task.sleep(for: .milliseconds(100))
                task.cancel()
                let error = await #expect(throws: DatabaseError.self) { try await task.value }
                #expect(error?.kind == .cancelled)
                #expect(
                    try await db.one(
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()",
                        as: Int.self) == 0)
                #expect(db.statistics.opened == 1)
            }
        }

        @Test("an answer never goes to another question, however many are cancelled")
        func noCrossTalk() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 3; $0.pool.overflow = 0
            }) { db in
                let (right, cancelled) = (Counter(), Counter())
                try await withThrowingTaskGroup { group in
                    for worker in 0..<8 {
                        group.addTask {
                            for number in 0..<60 {
                                let question = worker * 1_000 + number
                                let task = Task {
                                    try await db.one(
                                        "SELECT \(question)::int, pg_sleep(0.001)", as: (Int, String?).self
                                    ).0
                                }
                                if number % 2 == 0 {
                                    try await Task.sleep(for: .microseconds(Int.random(in: 0...3_000)))
                                    task.cancel()
                                }
                                do {
                                    #expect(try await task.value == question)
                                    _ = right.add(1)
                                } catch let error as DatabaseError {
                                    #expect(error.kind == .cancelled && number % 2 == 0)
                                    _ = cancelled.add(1)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(right.current + cancelled.current == 480 && right.current >= 240 && cancelled.current > 0)
                #expect(db.statistics.inUse == 0 && db.statistics.lost == 0 && db.statistics.opened == 3)
            }
        }

        @Test("a client that goes in the middle of a transaction leaves nothing of it")
        func clientGone() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 1; $0.pool.overflow = 0
            }) { db in
                try await db.execute("CREATE TABLE t (n int)")
                let task = Task {
                    try await db.transaction { tx in
                        try await tx.execute("INSERT INTO t VALUES (1)")
                        try await Task.sleep(for: .seconds(60))
                    }
                }
                try await Task.sleep(for: .milliseconds(100))
                task.cancel()
                await #expect(throws: (any Error).self) { try await task.value }
                #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
                let error = await #expect(throws: DatabaseError.self) {
                    try await db.transaction { tx in
                        try await tx.execute("INSERT INTO t VALUES (1)")
                        _ = try await tx.query("SELECT pg_terminate_backend(pg_backend_pid())")
                    }
                }
                #expect(error?.kind == .connectionLost && error?.code == "57P01")
                #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
                #expect(db.statistics.lost == 1)
            }
        }

        @Test("tasks that wait for a server which answers nothing end when they are cancelled")
        func frozen() async throws {
            let server = try PostgreSQLServer()
            let db = try TestDatabase(url: server.url() + "&cancel_timeout=200ms&connect_timeout=2") {
                $0.pool.reconnectTimeout = .seconds(1)
            }.database
            #expect(try await db.one("SELECT 1", as: Int.self) == 1)
            server.freeze()
            let tasks = (0..<4).map { _ in Task { try await db.query("SELECT 1") } }
            try await Task.sleep(for: .milliseconds(200))
            let start = ContinuousClock.now
            for task in tasks { task.cancel() }
            for task in tasks { await #expect(throws: DatabaseError.self) { try await task.value } }
            #expect(ContinuousClock.now - start < .seconds(20))
            server.freeze(false)
            #expect(try await db.one("SELECT 1", as: Int.self) == 1)
            await db.close()
        }

        @Test("a pool that is used up is an error after a while, not a hang")
        func exhausted() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 2
                $0.pool.overflow = 0
                $0.pool.waitTimeout = .milliseconds(100)
            }) { db in
                try await db.transaction { _ in
                    let inner = Task.detached {
                        try await db.transaction { _ in try await Task.detached { try await db.query("SELECT 1") }.value
                        }
                    }
                    let error = await #expect(throws: DatabaseError.self) { _ = try await inner.value }
                    #expect(error?.kind == .poolTimeout)
                }
                #expect(db.statistics.inUse == 0)
            }
        }

        @Test("idle connections that the server ended are replaced, without an error for the app")
        func replaced() async throws {
            try await withDatabase(isOwn: true, configure: { $0.pool.pingAfter = .zero }) { db in
                for _ in 0..<3 {
                    #expect(try await db.one("SELECT 1", as: Int.self) == 1)
                    let name = try await db.one("SELECT current_database()", as: String.self)
                    try PostgreSQLServer.shared.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
                }
                #expect(db.statistics.lost == 2)
            }
        }

        @Test("serializable transactions that get in each other's way are tried again until all are done")
        func retries() async throws {
            try await withDatabase { db in
                try await db.execute("CREATE TABLE t AS SELECT 0 AS n")
                try await withThrowingTaskGroup { group in
                    for _ in 0..<5 {
                        group.addTask {
                            try await db.transaction(isolation: .serializable, retries: 100) { tx in
                                let number = try await tx.one("SELECT n FROM t", as: Int.self)
                                try await tx.execute("UPDATE t SET n = \(number + 1)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await db.one("SELECT n FROM t", as: Int.self) == 5)
            }
        }
    }
}

/// Numbers that several threads put together.
final class Numbers: @unchecked Sendable {
    private let lock = NSLock()
    private var numbers: Set<Int> = []
    func insert(_ number: Int) { _ = lock.withLock { numbers.insert(number) } }
    var all: Set<Int> { lock.withLock { numbers } }
}
