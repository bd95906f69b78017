import CarafePostgreSQL
import CarafeSQL
import Foundation
import Testing
import TestSupport

extension PostgreSQLTests {
    @Suite(.timeLimit(.minutes(10)))
    struct NotificationTests {
        @Test("what one sends, those who listen hear, in order and with the commit")
        func hears() async throws {
            try await withDatabase { db in
                var events = try db.listen(to: "jobs", "we\"ird; --").makeAsyncIterator()
                #expect(try await events.next() == .listening)
                try await db.transaction { tx in
                    try await tx.notify("jobs", "one 'ü'")
                    try await tx.notify("we\"ird; --")
                }
                try? await db.transaction { tx in
                    try await tx.notify("jobs", "never")
                    throw CancellationError()
                }
                for number in 0..<500 { try await db.notify("jobs", "\(number)") }
                var heard: [String] = []
                while heard.count < 502, case .notification(let notification)? = try await events.next() {
                    #expect(notification.processID > 0)
                    heard.append("\(notification.channel) \(notification.payload)")
                }
                #expect(heard == ["jobs one 'ü'", "we\"ird; -- "] + (0..<500).map { "jobs \($0)" })
            }
        }

        @Test("a listener whose connection breaks listens again, and says that something may have been missed")
        func reconnects() async throws {
            let server = try PostgreSQLServer()
            let db = try TestDatabase(url: server.url()).database
            var events = try db.listen(to: "jobs").makeAsyncIterator()
            #expect(try await events.next() == .listening)
            try server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
            #expect(try await events.next() == .listening)
            server.kill()
            try server.start()
            #expect(try await events.next() == .listening)
            try await db.notify("jobs", "again")
            guard case .notification(let notification)? = try await events.next() else { throw CancellationError() }
            #expect(notification.payload == "again")
            await db.close()
        }

        @Test("a reader who is too slow for all notifications is told that some are missing")
        func slow() async throws {
            try await withDatabase(isOwn: true) { db in
                var events = try db.listen(to: "flood").makeAsyncIterator()
                #expect(try await events.next() == .listening)
                _ = try await db.query("SELECT pg_notify('flood', i::text) FROM generate_series(1, 12000) i")
                try await db.notify("flood", "last")
                try await Task.sleep(for: .milliseconds(500))
                var warnings = 0
                while let event = try await events.next() {
                    if event == .listening { warnings += 1 }
                    if case .notification(let notification) = event, notification.payload == "last" { break }
                }
                #expect(warnings > 0)
            }
        }

        @Test("a listener that is dropped, or whose task is cancelled, leaves no connection")
        func ends() async throws {
            let server = try PostgreSQLServer()
            let db = try TestDatabase(url: server.url()).database
            do {
                var events = try db.listen(to: "jobs").makeAsyncIterator()
                #expect(try await events.next() == .listening)
            }
            let task = Task { for try await _ in try db.listen(to: "jobs") {} }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            try await task.value
            func listeners() throws -> String {
                try server.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
            }
            for _ in 0..<200 where try listeners() != "0\n" { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try listeners() == "0\n")
            await db.close()
        }

        @Test("what the server refuses is thrown")
        func refused() async throws {
            try await withDatabase { db in
                await #expect(throws: DatabaseError.self) {
                    try await db.notify("jobs", String(repeating: "x", count: 8_000))
                }
                await #expect(throws: DatabaseError.self) { for try await _ in try db.listen(to: "") {} }
            }
        }

        @Test("an advisory lock is held by one alone, and let go by the end, an error or a failed transaction")
        func locks() async throws {
            try await withDatabase(isOwn: true) { db in
                struct Stop: Error {}
                let counter = Counter()
                try await withThrowingTaskGroup { group in
                    for _ in 0..<8 {
                        group.addTask {
                            try await db.withAdvisoryLock("one") {
                                #expect(counter.add(1) == 1)
                                try await Task.sleep(for: .milliseconds(5))
                                #expect(try await db.withAdvisoryLock("two", wait: false) { true } == true)
                                _ = counter.add(-1)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                await #expect(throws: Stop.self) { try await db.withAdvisoryLock("one") { throw Stop() } }
                _ = try? await db.withAdvisoryLock("one") {
                    try await db.transaction { tx in _ = try await tx.query("SELECT 1 / 0") }
                }
                let other = try await Task.detached { try await db.withAdvisoryLock("one", wait: false) { true } }.value
                #expect(other == true)
                try await db.withAdvisoryLock("one") {
                    let taken = try await Task.detached { try await db.withAdvisoryLock("one", wait: false) { true } }
                        .value
                    #expect(taken == nil)
                }
                #expect(
                    try await db.one(
                        """
                        SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
                        WHERE locktype = 'advisory' AND datname = current_database()
                        """, as: Int.self) == 0)
            }
        }
    }
}

/// A number that several threads change.
final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0

    func add(_ number: Int) -> Int {
        lock.withLock {
            value += number
            return value
        }
    }

    var current: Int { lock.withLock { value } }
}
