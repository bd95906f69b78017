import CarafeSQL
import Foundation
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct CopyTests {
        struct Stop: Error {}

        static func pieces(_ texts: [String], failing: Bool = false) -> AsyncThrowingStream<[UInt8], any Error> {
            AsyncThrowingStream { continuation in
                for text in texts { continuation.yield(Array(text.utf8)) }
                continuation.finish(throwing: failing ? Stop() : nil)
            }
        }

        @Test("rows go in as bytes that are cut anywhere, and come out again")
        func bothWays() async throws {
            try await withDatabase { db in
                try await db.execute("CREATE TABLE t (id int, name text)")
                let count = try await db.copyIn(
                    "COPY t FROM STDIN (FORMAT csv)", from: Self.pieces(["1,o", "ne\n2,\"t", "wo\"\n"]))
                #expect(count == 2)
                var bytes: [UInt8] = []
                for try await piece in db.copyOut("COPY t TO STDOUT (FORMAT csv, HEADER)") { bytes += piece }
                #expect(String(decoding: bytes, as: UTF8.self) == "id,name\n1,one\n2,two\n")
                #expect(db.statistics.inUse == 0)
            }
        }

        @Test("values go in as they are, whatever they hold")
        func values() async throws {
            try await withDatabase { db in
                try await db.execute("CREATE TABLE t (id int, name text, bytes bytea, at timestamptz, tags text[])")
                let date = Date(timeIntervalSince1970: 1_700_000_000.25)
                let names: [String?] = StatementTests.hostile + [nil, "\\N", "\\.", "\n\\.\n"]
                let count = try await db.copyIn("COPY t FROM STDIN", from: names.enumerated()) { index, name in
                    [index, name, [0, 9, 10, 92, 255] as [UInt8], date, SQLValue.array([.text(name ?? ""), .null])]
                }
                #expect(count == names.count)
                let rows = try await db.query(
                    "SELECT name, bytes, at, tags[1] FROM t ORDER BY id", as: (String?, [UInt8], Date, String).self)
                #expect(rows.map(\.0) == names)
                #expect(rows.allSatisfy { $0.1 == [0, 9, 10, 92, 255] && $0.2 == date && $0.3 == $0.0 ?? "" })
            }
        }

        @Test("where the source or a row fails, nothing of a copy remains and the connection goes on")
        func failures() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 1; $0.pool.overflow = 0
            }) { db in
                try await db.execute("CREATE TABLE t (id int)")
                await #expect(throws: Stop.self) {
                    try await db.copyIn("COPY t FROM STDIN", from: Self.pieces(["1\n", "2\n"], failing: true))
                }
                let error = await #expect(throws: DatabaseError.self) {
                    try await db.copyIn(
                        "COPY t FROM STDIN", from: Self.pieces(["1\nx\n"] + [String](repeating: "2\n", count: 99)))
                }
                #expect(error?.kind == .value && error?.source != nil && error?.description.contains("\"x\"") == false)
                await #expect(throws: DatabaseError.self) { try await db.copyIn("SELECT 1", from: Self.pieces([])) }
                await #expect(throws: DatabaseError.self) {
                    try await db.copyIn("COPY t TO STDOUT", from: Self.pieces([]))
                }
                await #expect(throws: DatabaseError.self) {
                    try await db.copyIn("COPY t FROM STDIN WHERE id = \(1)", from: Self.pieces([]))
                }
                await #expect(throws: Stop.self) {
                    try await db.copyIn("COPY t FROM STDIN", from: [1, 2]) { number in
                        guard number == 1 else { throw Stop() }
                        return [number]
                    }
                }
                #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
                try await db.transaction { tx in
                    try await tx.copyIn("COPY t FROM STDIN", from: 1...1000) { [$0] }
                    #expect(try await tx.one("SELECT count(*) FROM t", as: Int.self) == 1000)
                }
                #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 1000)
                #expect(db.statistics.inUse == 0 && db.statistics.opened == 1)
            }
        }

        @Test("a copy whose source asks the same connection is an error, not a hang")
        func sameConnection() async throws {
            try await withDatabase { db in
                try await db.execute("CREATE TABLE t (id int)")
                await #expect(throws: DatabaseError.self) {
                    try await db.transaction { tx in
                        let numbers = AsyncThrowingStream {
                            try await tx.first("SELECT 1", as: Int.self).map { Array("\($0)\n".utf8) }
                        }
                        try await tx.copyIn("COPY t FROM STDIN", from: numbers)
                    }
                }
                #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
            }
        }

        @Test("a copy that is cancelled, or left in the middle, leaves the connection as it was")
        func cancelled() async throws {
            try await withDatabase(configure: {
                $0.pool.size = 1; $0.pool.overflow = 0
            }) { db in
                try await db.execute("CREATE TABLE t (id int)")
                for try await _ in db.copyOut("COPY (SELECT generate_series(1, 1000000)) TO STDOUT") { break }
                let task = Task {
                    let endless = AsyncStream(unfolding: { Array("1\n".utf8) })
                    try await db.copyIn("COPY t FROM STDIN", from: endless)
                }
                try await Task.sleep(for: .milliseconds(100))
                task.cancel()
                await #expect(throws: (any Error).self) { try await task.value }
                #expect(try await db.one("SELECT count(*) FROM t", as: Int.self) == 0)
            }
        }
    }
}
