import CarafeSQL
import Testing

extension DatabaseCheck {
    static let streams: [DatabaseCheck] = [
        DatabaseCheck("a stream gives every row in its order") { db async throws in
            try await makeNumbers(db, 1000)
            var numbers: [Int] = []
            for try await number in db.stream("SELECT n FROM number ORDER BY n", as: Int.self) {
                numbers.append(number)
            }
            #expect(numbers == Array(0..<1000))
            var pairs = 0
            for try await (n, double) in db.stream("SELECT n, 2 * n FROM number", as: (Int, Int).self) {
                #expect(double == 2 * n)
                pairs += 1
            }
            #expect(pairs == 1000)
            for try await _ in db.stream("SELECT n FROM number WHERE n < 0") { Issue.record("a row of none") }
        },
        DatabaseCheck(
            "a stream that is left in the middle gives its connection back",
            configure: { $0.pool.waitTimeout = .seconds(5) }
        ) { db async throws in
            try await makeNumbers(db, 1000)
            for round in 0..<20 {
                for try await number in db.stream("SELECT n FROM number ORDER BY n", as: Int.self) {
                    if number == round * 40 { break }
                }
            }
            let iterator = db.stream("SELECT n FROM number").makeAsyncIterator()
            _ = consume iterator
            #expect(try await db.execute("UPDATE number SET n = n + 1") == 1000)
        },
        DatabaseCheck("an error within a stream ends it") { db async throws in
            try await makeNumbers(db, 300)
            let error = await expectError(.typeMismatch) {
                for try await _ in db.stream(
                    "SELECT CASE WHEN n = 200 THEN NULL ELSE n END FROM number ORDER BY number.n", as: Int.self)
                {}
            }
            #expect(error?.message.contains("row 201") == true)
            _ = await expectError(.statement) { for try await _ in db.stream("SELECT nothing FROM nowhere") {} }
        },
        DatabaseCheck("a transaction has one statement at a time, and ends a stream with itself") { db async throws in
            try await makeNumbers(db, 1000)
            try await db.transaction { tx in
                var iterator = tx.stream("SELECT n FROM number ORDER BY n", as: Int.self).makeAsyncIterator()
                #expect(try await iterator.next() == 0)
                _ = await expectError(.statement) { try await tx.execute("UPDATE number SET n = n + 1") }
                while try await iterator.next() != nil {}
                #expect(try await tx.execute("UPDATE number SET n = n + 1") == 1000)
            }
            var escaped = try await db.transaction { tx async throws in
                let iterator = Box(tx.stream("SELECT n FROM number ORDER BY n", as: Int.self).makeAsyncIterator())
                #expect(try await iterator.value.next() == 1)
                return iterator
            }.value
            _ = await expectError(.closed) { while try await escaped.next() != nil {} }
        },
        DatabaseCheck("rows that a statement changes can be streamed") { db async throws in
            try await makeNumbers(db, 300)
            var count = 0
            for try await _ in db.stream("DELETE FROM number WHERE n < 200 RETURNING n", as: Int.self) { count += 1 }
            #expect(count == 200)
            #expect(try await db.one("SELECT count(*) FROM number", as: Int.self) == 100)
        },
    ]

    /// Carries an iterator out of a transaction, which nobody should do.
    final class Box: @unchecked Sendable {
        var value: RowStream<Int>.AsyncIterator
        init(_ value: RowStream<Int>.AsyncIterator) { self.value = value }
    }

    static let batches: [DatabaseCheck] = [
        DatabaseCheck("a batch is done whole or not at all") { db async throws in
            try await db.execute("CREATE TABLE number (n INTEGER PRIMARY KEY)")
            #expect(try await db.executeBatch(0..<10_000) { "INSERT INTO number (n) VALUES (\($0))" } == 10_000)
            _ = await expectError(.uniqueViolation) {
                try await db.executeBatch([20_000, 20_001, 5, 20_002]) { "INSERT INTO number (n) VALUES (\($0))" }
            }
            #expect(try await db.one("SELECT count(*) FROM number", as: Int.self) == 10_000)
            #expect(try await db.executeBatch([] as [Int]) { "INSERT INTO number (n) VALUES (\($0))" } == 0)
            #expect(try await db.executeBatch(0..<10) { "UPDATE number SET n = -n - 1 WHERE n = \($0)" } == 10)
            _ = await expectError(.statement) {
                try await db.executeBatch([1, 2]) {
                    $0 == 1 ? "DELETE FROM number WHERE n = \($0)" : "DELETE FROM number"
                }
            }
        },
        DatabaseCheck("a batch within a transaction is a part of it") { db async throws in
            try await db.execute("CREATE TABLE number (n INTEGER PRIMARY KEY)")
            try await db.transaction { tx in
                try await tx.execute("INSERT INTO number (n) VALUES (1)")
                _ = await expectError(.uniqueViolation) {
                    _ = try await tx.transaction { inner in
                        try await inner.executeBatch([2, 3, 1]) { "INSERT INTO number (n) VALUES (\($0))" }
                    }
                }
                try await tx.executeBatch([4, 5]) { "INSERT INTO number (n) VALUES (\($0))" }
            }
            #expect(try await db.query("SELECT n FROM number ORDER BY n", as: Int.self) == [1, 4, 5])
        },
        DatabaseCheck("a script runs statement by statement") { db async throws in
            try await db.executeScript(
                RawSQL(
                    """
                    -- A comment; with a semicolon.
                    CREATE TABLE a (id INTEGER, t TEXT);
                    INSERT INTO a (id, t) VALUES (1, 'x;y'), (2, 'it''s');
                    CREATE INDEX a_id ON a (id);
                    """))
            #expect(try await db.query("SELECT t FROM a ORDER BY id", as: String.self) == ["x;y", "it's"])
            _ = await expectError(.statement) { try await db.executeScript(RawSQL("DELETE FROM nowhere")) }
        },
    ]

    static func makeNumbers(_ db: Database, _ count: Int) async throws {
        try await db.execute("CREATE TABLE number (n INTEGER)")
        try await db.executeBatch(0..<count) { "INSERT INTO number (n) VALUES (\($0))" }
    }
}
