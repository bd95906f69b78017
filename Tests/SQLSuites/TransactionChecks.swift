import CarafeSQL
import Testing

extension DatabaseCheck {
    struct Stop: Error {}

    static let transactions: [DatabaseCheck] = [
        DatabaseCheck("a transaction is committed when its closure returns, and undone when it throws") {
            db async throws in
            try await makeCounter(db)
            let value = try await db.transaction { tx in
                try await tx.execute("UPDATE counter SET n = n + 1")
                return try await tx.one("SELECT n FROM counter", as: Int.self)
            }
            #expect(value == 1)
            await #expect(throws: Stop.self) {
                try await db.transaction { tx in
                    try await tx.execute("UPDATE counter SET n = 100")
                    throw Stop()
                }
            }
            #expect(try await counter(db) == 1)
        },
        DatabaseCheck("a savepoint is undone alone") { db async throws in
            try await makeCounter(db)
            try await db.transaction { tx in
                try await tx.execute("UPDATE counter SET n = n + 1")
                await #expect(throws: Stop.self) {
                    try await tx.transaction { inner in
                        try await inner.execute("UPDATE counter SET n = n + 10")
                        try await inner.transaction { try await $0.execute("UPDATE counter SET n = n + 100") }
                        #expect(try await counter(inner) == 111)
                        throw Stop()
                    }
                }
                try await tx.transaction { try await $0.execute("UPDATE counter SET n = n + 1000") }
            }
            #expect(try await counter(db) == 1001)
        },
        DatabaseCheck("a statement that fails in a savepoint leaves the transaction usable") { db async throws in
            try await makeCounter(db)
            try await db.transaction { tx in
                try await tx.execute("UPDATE counter SET n = n + 1")
                _ = await expectError(.uniqueViolation) {
                    _ = try await tx.transaction { try await $0.execute("INSERT INTO counter (id, n) VALUES (1, 5)") }
                }
                try await tx.execute("UPDATE counter SET n = n + 1")
            }
            #expect(try await counter(db) == 2)
        },
        DatabaseCheck("what the same task sends to the database belongs to its transaction") { db async throws in
            try await makeCounter(db)
            await #expect(throws: Stop.self) {
                try await db.transaction { _ in
                    try await db.execute("UPDATE counter SET n = n + 1")
                    #expect(try await counter(db) == 1)
                    try await db.transaction { _ in try await db.execute("UPDATE counter SET n = n + 1") }
                    #expect(try await counter(db) == 2)
                    for try await n in db.stream("SELECT n FROM counter", as: Int.self) { #expect(n == 2) }
                    let seen = try await db.withConnection { try await counter($0) }
                    #expect(seen == 2)
                    throw Stop()
                }
            }
            #expect(try await counter(db) == 0)
        },
        DatabaseCheck("a transaction, savepoint or connection is closed after its end") { db async throws in
            try await makeCounter(db)
            let escaped = try await db.transaction { $0 }
            _ = await expectError(.closed) { try await escaped.execute("UPDATE counter SET n = 5") }
            let connection = try await db.withConnection { $0 }
            _ = await expectError(.closed) { try await connection.execute("UPDATE counter SET n = 5") }
            try await db.transaction { tx in
                let inner = try await tx.transaction { $0 }
                _ = await expectError(.closed) { try await inner.execute("UPDATE counter SET n = 5") }
            }
            #expect(try await counter(db) == 0)
        },
        DatabaseCheck("a task that outlives the transaction it began in uses the database") { db async throws in
            try await makeCounter(db)
            let task = try await db.transaction { _ in
                Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await Task { try await counter(db) }.value
                }
            }
            task.cancel()
            #expect(try await task.value == 0)
        },
        DatabaseCheck("a cancelled task's transaction is rolled back") { db async throws in
            try await makeCounter(db)
            let (began, continuation) = AsyncStream<Void>.makeStream()
            let task = Task {
                try await db.transaction { tx in
                    try await tx.execute("UPDATE counter SET n = 7")
                    continuation.finish()
                    try? await Task.sleep(for: .seconds(60))
                }
            }
            for await _ in began {}
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
            #expect(try await counter(db) == 0)
        },
        DatabaseCheck("a hundred tasks that count side by side lose nothing") { db async throws in
            try await makeCounter(db)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<100 {
                    group.addTask {
                        try await db.transaction { tx in
                            let n = try await tx.one(
                                "SELECT n FROM counter \(RawSQL(db.dialect == .postgresql ? "FOR UPDATE" : ""))",
                                as: Int.self)
                            if index % 10 == 0 { try? await tx.transaction { _ in throw Stop() } }
                            try await tx.execute("UPDATE counter SET n = \(n + 1)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await counter(db) == 100)
        },
        DatabaseCheck("a connection has transactions of its own, within each other savepoints") { db async throws in
            try await makeCounter(db)
            try await db.withConnection { connection in
                try await connection.transaction { tx in
                    try await tx.execute("UPDATE counter SET n = n + 1")
                    await #expect(throws: Stop.self) {
                        try await connection.transaction { inner in
                            try await inner.execute("UPDATE counter SET n = n + 10")
                            throw Stop()
                        }
                    }
                }
                await #expect(throws: Stop.self) {
                    try await db.transaction { tx in
                        try await tx.execute("UPDATE counter SET n = n + 100")
                        throw Stop()
                    }
                }
                try await connection.execute("UPDATE counter SET n = n + 1000")
            }
            #expect(try await counter(db) == 1001)
        },
        DatabaseCheck("actors use databases, and change what is theirs in transactions") { db async throws in
            try await makeCounter(db)
            #expect(try await Accountant(db).count() == [1, 2, 3, 4])
            #expect(try await counter(db) == 4)
        },
        DatabaseCheck("a transaction that only reads changes nothing") { db async throws in
            try await makeCounter(db)
            #expect(try await db.transaction(readOnly: true) { try await counter($0) } == 0)
            if db.statistics.open > 1 || db.dialect == .postgresql {
                _ = await expectError(.readOnly) {
                    _ = try await db.transaction(readOnly: true) { try await $0.execute("UPDATE counter SET n = 5") }
                }
            }
            #expect(try await counter(db) == 0)
        },
        DatabaseCheck("BEGIN alone is undone and refused") { db async throws in
            try await makeCounter(db)
            _ = await expectError(.statement) { try await db.execute("BEGIN") }
            try await db.execute("UPDATE counter SET n = n + 1")
            #expect(try await counter(db) == 1)
        },
        DatabaseCheck("a transaction that was ended by a statement is an error") { db async throws in
            try await makeCounter(db)
            _ = await expectError(.statement) {
                try await db.transaction { tx in
                    try await tx.execute("UPDATE counter SET n = n + 1")
                    try await tx.execute("ROLLBACK")
                }
            }
            #expect(try await counter(db) == 0)
        },
        DatabaseCheck("only what can succeed the next time is tried again") { db async throws in
            try await makeCounter(db)
            let attempts = Attempts()
            let result = try await db.transaction(retries: 3) { tx in
                try await tx.execute("UPDATE counter SET n = n + 1")
                if await attempts.next() < 3 { throw DatabaseError(.serializationFailure, "made up") }
                return await attempts.count
            }
            #expect(result == 3)
            #expect(try await counter(db) == 1)
            _ = await expectError(.deadlock) {
                try await db.transaction(retries: 1) { _ in
                    _ = await attempts.next()
                    throw DatabaseError(.deadlock, "made up")
                }
            }
            #expect(await attempts.count == 5)
            await #expect(throws: Stop.self) {
                try await db.transaction(retries: 5) { _ in
                    _ = await attempts.next()
                    throw Stop()
                }
            }
            #expect(await attempts.count == 6)
        },
    ]

    actor Accountant {
        private let db: Database
        private var seen: [Int] = []

        init(_ db: Database) { self.db = db }

        func count() async throws -> [Int] {
            try await db.transaction { tx in
                try await tx.execute("UPDATE counter SET n = n + 1")
                seen.append(try await tx.one("SELECT n FROM counter", as: Int.self))
                try await tx.transaction { inner in
                    try await inner.execute("UPDATE counter SET n = n + 1")
                    seen.append(try await db.one("SELECT n FROM counter", as: Int.self))
                }
            }
            try await db.withConnection { connection in
                try await connection.execute("UPDATE counter SET n = n + 1")
                seen.append(try await connection.one("SELECT n FROM counter", as: Int.self))
            }
            try await db.executeBatch([1]) { _ in
                seen.append(seen.count + 1)
                return "UPDATE counter SET n = n + 1"
            }
            return seen
        }
    }

    actor Attempts {
        var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }

    static func makeCounter(_ db: Database) async throws {
        try await db.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)")
        try await db.execute("INSERT INTO counter (id, n) VALUES (1, 0)")
    }

    static func counter(_ db: some Queryable) async throws -> Int {
        try await db.one("SELECT n FROM counter", as: Int.self)
    }
}
