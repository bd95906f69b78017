import CSQLite
import CarafeSQL
import CarafeSQLite
import Foundation

// Reads by key from SQLite: through CarafeSQL, and with the bare C library in a loop.

@main
struct Benchmark {
    static func main() async throws { try await run() }
}

struct Post: Decodable {
    var id: Int
    var title: String
    var authorID: Int
    var score: Double
    var created: Date
}

/// The processor's time of all threads of this program, in nanoseconds.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The processor's time for one round in nanoseconds: the best of many short runs, most of which no other program interrupts.
func measure(_ name: String, rounds: Int = 500, _ body: (Int) async throws -> Void) async throws -> Double {
    // A word on the command line chooses measurements.
    if let word = CommandLine.arguments.dropFirst().first, !name.contains(word), !name.contains("library") { return 0 }
    var (best, bestWall) = (Double.infinity, Double.infinity)
    for _ in 0..<(rounds == 1 ? 5 : 200) {
        let (start, startWall) = (processorTime(), ContinuousClock.now)
        for round in 0..<rounds { try await body(round) }
        best = min(best, (processorTime() - start) / Double(rounds))
        bestWall = min(bestWall, (ContinuousClock.now - startWall) / .nanoseconds(rounds))
    }
    print("\(name): \(Int(best)) ns of processor, \(Int(bestWall)) ns on the clock")
    return best
}

/// The C library: one statement, compiled once; five columns, of which the text is copied into a String.
func bare(_ path: String) async throws -> Double {
    var handle: OpaquePointer?
    sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    var statement: OpaquePointer?
    sqlite3_prepare_v2(
        handle, "SELECT id, title, author_id, score, created FROM post WHERE id = ?", -1, &statement, nil)
    var sum = 0
    let result = try await measure("the C library in a loop") { round in
        sqlite3_bind_int64(statement, 1, Int64(round % 10_000))
        while sqlite3_step(statement) == SQLITE_ROW {
            sum &+= Int(sqlite3_column_int64(statement, 0))
            sum &+= String(cString: sqlite3_column_text(statement, 1)).utf8.count
            sum &+= Int(sqlite3_column_int64(statement, 2))
            sum &+= Int(sqlite3_column_double(statement, 3))
            sum &+= String(cString: sqlite3_column_text(statement, 4)).utf8.count
        }
        sqlite3_reset(statement)
    }
    sqlite3_finalize(statement)
    sqlite3_close_v2(handle)
    if sum == 0 { print("nothing was read") }
    return result
}

func run() async throws {
    let path = NSTemporaryDirectory() + "carafe-sql-benchmark-\(getpid()).db"
    let db = try Database("sqlite:///\(path)", driver: .sqlite)
    try await db.execute(
        "CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT, author_id INTEGER, score REAL, created DATETIME)")
    try await db.executeBatch(0..<10_000) { id in
        "INSERT INTO post (id, title, author_id, score, created) VALUES (\(id), \("The title of post number \(id)"), \(id % 7), \(1.5), \(Date()))"
    }

    let base = try await bare(path)
    func report(_ time: Double) { print("    \(Int(time / base * 100)) % of the C library") }

    try await db.withConnection { connection in
        report(
            try await measure("a row within withConnection") { round in
                _ = try await connection.one(
                    "SELECT id, title, author_id, score, created FROM post WHERE id = \(round % 10_000)")
            })
        report(
            try await measure("a tuple within withConnection") { round in
                _ = try await connection.one(
                    "SELECT id, title, author_id, score, created FROM post WHERE id = \(round % 10_000)",
                    as: (Int, String, Int, Double, String).self)
            })
        report(
            try await measure("a Decodable within withConnection") { round in
                _ = try await connection.one(
                    "SELECT id, title, author_id, score, created FROM post WHERE id = \(round % 10_000)", as: Post.self)
            })
        report(
            try await measure("20 Decodables within withConnection", rounds: 100) { round in
                _ = try await connection.query(
                    "SELECT id, title, author_id, score, created FROM post WHERE id >= \(round) LIMIT 20", as: Post.self
                )
            })
    }
    report(
        try await measure("a tuple within a transaction, with its BEGIN and COMMIT", rounds: 200) { round in
            _ = try await db.transaction(readOnly: true) { tx in
                try await tx.one("SELECT title FROM post WHERE id = \(round % 10_000)", as: String.self)
            }
        })
    report(
        try await measure("a tuple from the pool, with its hop", rounds: 200) { round in
            _ = try await db.one(
                "SELECT id, title, author_id, score, created FROM post WHERE id = \(round % 10_000)",
                as: (Int, String, Int, Double, String).self)
        })
    _ = try await measure("100,000 rows inserted by executeBatch", rounds: 1) { round in
        try await db.execute("DELETE FROM post WHERE id >= 1000000")
        try await db.executeBatch(0..<100_000) { id in
            "INSERT INTO post (id, title, author_id, score) VALUES (\(1_000_000 + id), \("title"), \(id % 7), \(1.5))"
        }
    }
    await db.close()
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
}
