import CarafeSQL
import Synchronization
import Testing

extension DatabaseCheck {
    static let pages: [DatabaseCheck] = [
        DatabaseCheck("pages are cut from a statement's rows") { db async throws in
            try await makeNumbers(db, 45)
            let page = try await db.paginate("SELECT n FROM number ORDER BY n; ", page: 3, perPage: 10, as: Int.self)
            #expect(
                page.items == Array(20..<30) && page.total == 45 && page.pages == 5 && page.first == 21
                    && page.last == 30)
            let last = try await db.paginate(
                "SELECT n FROM number ORDER BY n -- all", page: 5, perPage: 10, as: Int.self)
            #expect(last.items.count == 5 && !last.hasNext && last.last == 45)
            let past = try await db.paginate("SELECT n FROM number ORDER BY n", page: .max, perPage: 100, as: Int.self)
            #expect(past.items.isEmpty && past.isPastEnd)
            #expect(
                try await db.paginate("SELECT n FROM number ORDER BY n", page: -1, perPage: 500, as: Int.self).perPage
                    == 100)
            #expect(try await db.paginate("SELECT n FROM number", perPage: 10, count: false).total == nil)
        },
        DatabaseCheck("pages by key go forward and back over all rows, in every direction of the order") {
            db async throws in
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, kind TEXT NOT NULL)")
            try await db.executeBatch(0..<53) { "INSERT INTO t (id, kind) VALUES (\($0), \("k\($0 % 5)"))" }
            struct Item: Decodable, Sendable, Equatable { var id: Int; var kind: String }
            let orders: [([PageKey], String)] = [
                ([.ascending("id")], "id"), ([.descending("id")], "id DESC"),
                ([.ascending("kind"), .descending("id")], "kind, id DESC"),
                ([.descending("kind"), .descending("id")], "kind DESC, id DESC"),
            ]
            for (keys, order) in orders {
                let all = try await db.query("SELECT * FROM t ORDER BY \(RawSQL(order))", as: Item.self)
                var (seen, pages, cursor): ([Item], [[Item]], PageCursor?) = ([], [], nil)
                repeat {
                    let page = try await db.page(
                        "SELECT * FROM t", orderedBy: keys, at: cursor, limit: 10, as: Item.self)
                    seen += page.items
                    pages.append(page.items)
                    cursor = page.next.flatMap { PageCursor($0.description) }
                    if cursor == nil, let back = page.previous {
                        let before = try await db.page(
                            "SELECT * FROM t", orderedBy: keys, at: back, limit: 10, as: Item.self)
                        #expect(before.items == pages[pages.count - 2] && before.next != nil)
                    }
                } while cursor != nil
                #expect(seen == all, "\(order)")
                #expect(pages.count == 6)
            }
        },
    ]

    static let pools: [DatabaseCheck] = [
        DatabaseCheck(
            "a task that waits too long for a connection is told so",
            configure: {
                $0.pool.waitTimeout = .milliseconds(100); $0.pool.size = 1; $0.pool.overflow = 0
            }
        ) { db async throws in
            try await makeCounter(db)
            try await db.transaction { _ in
                let error = await expectError(.poolTimeout) {
                    // Not a child of this task, which would belong to the transaction.
                    _ = try await Task.detached { try await db.execute("UPDATE counter SET n = n + 1") }.value
                }
                #expect(error?.message.contains("1 of 1 connections are in use") == true)
            }
            #expect(db.statistics.timeouts == 1)
            #expect(try await counter(db) == 0)
        },
        DatabaseCheck("a cancelled task stops waiting for a connection") { db async throws in
            try await makeCounter(db)
            try await db.withConnection { _ in
                let tasks = (0..<40).map { _ in
                    Task.detached {
                        _ = try await db.transaction { try await $0.execute("UPDATE counter SET n = n + 1") }
                    }
                }
                try await Task.sleep(for: .milliseconds(50))
                for task in tasks { task.cancel() }
                if db.statistics.open <= 5 {
                    for task in tasks { await #expect(throws: (any Error).self) { try await task.value } }
                } else {
                    for task in tasks { _ = await task.result }
                }
                #expect(db.statistics.waiting == 0)
            }
        },
        DatabaseCheck("a database that was closed takes no more") { db async throws in
            try await makeCounter(db)
            await db.close()
            _ = await expectError(.closed) { _ = try await counter(db) }
            _ = await expectError(.closed) { try await db.transaction { _ in } }
            _ = await expectError(.closed) { for try await _ in db.stream("SELECT n FROM counter") {} }
        },
        DatabaseCheck("statements of many tasks all come through") { db async throws in
            try await makeNumbers(db, 100)
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for n in 0..<500 {
                    group.addTask {
                        if n % 5 == 0 { try await db.execute("UPDATE number SET n = n WHERE n = \(n % 100)") }
                        return try await db.one("SELECT n FROM number WHERE n = \(n % 100)", as: Int.self)
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 4950 * 5)
        },
        DatabaseCheck("a database that can be reached answers a ping") { db async throws in
            try await db.ping()
            #expect(db.statistics.open == 1 && db.statistics.opened == 1)
        },
    ]

    static let records: [DatabaseCheck] = [
        DatabaseCheck(
            "every statement is recorded with its values, its rows and its place",
            configure: {
                $0.name = "blog"; $0.onQuery = { Recorder.current?.add($0) }
            }
        ) { db async throws in
            let recorder = Recorder()
            try await Recorder.$current.withValue(recorder) {
                try await makeCounter(db)
                _ = try await db.query("SELECT n FROM counter WHERE id IN (\([1, 2])) AND n >= \(0)")
                _ = try? await db.execute("INSERT INTO counter (id, n) VALUES (\(1), \(2))")
                try await db.executeBatch(5..<8) { "INSERT INTO counter (id, n) VALUES (\($0), 0)" }
            }
            let records = recorder.records.withLock { $0 }
            #expect(records.count == 5)
            #expect(records[2].statement == "SELECT n FROM counter WHERE id IN (?, ?) AND n >= ?")
            #expect(records[2].values == [.integer(1), .integer(2), .integer(0)] && records[2].rows == 1)
            #expect(
                records[2].source.utf8.starts(with: "SQLSuites/PoolChecks.swift:".utf8) && records[2].database == "blog"
            )
            #expect(records[3].error?.kind == .uniqueViolation)
            #expect(records[4].repetitions == 3 && records[4].rows == 3)
        }
    ]

    final class Recorder: Sendable {
        @TaskLocal static var current: Recorder?
        let records = Mutex<[QueryRecord]>([])
        func add(_ record: QueryRecord) { records.withLock { $0.append(record) } }
    }
}
