import CarafePostgreSQL
import CarafeSQL
import Foundation
import TestSupport
import Testing

private let pgBouncer = ChildProcess.path(of: "pgbouncer")

extension PostgreSQLTests {
    @Suite(.enabled(if: pgBouncer != nil, "PgBouncer is not installed"))
    struct PgBouncerTests {
        @Test("behind PgBouncer, each transaction of which has another connection, all is as it should be")
        func transactions() async throws {
            let server = try PostgreSQLServer(settings: ["IntervalStyle": "postgres"])
            let settings = """
                [databases]
                * = host=\(server.folder) port=5432 user=carafe
                [pgbouncer]
                listen_addr =
                unix_socket_dir = \(server.folder)
                listen_port = 6432
                auth_type = any
                pool_mode = transaction
                default_pool_size = 2
                """
            try settings.write(toFile: server.folder + "/pgbouncer.ini", atomically: true, encoding: .utf8)
            chmod(server.folder + "/pgbouncer.ini", 0o644)
            let command = PostgreSQLServer.asUser + [try #require(pgBouncer), "-q", server.folder + "/pgbouncer.ini"]
            let bouncer = try ChildProcess(command[0], Array(command.dropFirst()), errors: "/dev/null")
            defer {
                bouncer.terminate()
                _ = bouncer.wait()
            }
            let url = "postgresql://carafe@/postgres?host=\(server.folder)&port=6432&prepared=off&statement_timeout=5s"
            // PgBouncer takes a while to start.
            let db = try TestDatabase(url: url) { $0.pool.reconnectTimeout = .seconds(30) }.database
            try await db.execute("CREATE TYPE mood AS ENUM ('sad')")
            try await db.execute("CREATE TABLE t (id int, mood mood, span interval)")
            let span = SQLInterval(months: 14, days: -3, microseconds: 5_500_000)
            try await withThrowingTaskGroup { group in
                for worker in 0..<6 {
                    group.addTask {
                        for number in 0..<20 {
                            let id = worker * 100 + number
                            try await db.transaction { tx in
                                try await tx.execute("INSERT INTO t VALUES (\(id), \("sad"), \(span))")
                                let row = try await tx.one(
                                    "SELECT id, mood, span FROM t WHERE id = \(id)", as: (Int, String, SQLInterval).self
                                )
                                #expect(row == (id, "sad", span))
                            }
                            #expect(
                                try await db.one("SELECT count(*) FROM t WHERE id IN (\([id, -1]))", as: Int.self) == 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await db.executeBatch(1...500) { "INSERT INTO t (id) VALUES (\(1_000 + $0))" }
            var rows = 0
            for try await _ in db.stream("SELECT id FROM t") { rows += 1 }
            #expect(rows == 620)
            let task = Task { try await db.query("SELECT pg_sleep(60)") }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            await db.close()
        }
    }
}
