import CPostgreSQL
import CarafePostgreSQL
import CarafeSQL
import Glibc

// Reads by key and inserts 100,000 rows, by libpq in a loop and by Carafe, on the empty database of DATABASE_URL;
// scripts/bench-databases starts a server for it.

struct Post: Decodable {
    var id: Int
    var title: String
    var created: String
}

/// What a run takes for each of its rounds, in microseconds: on the clock, and of the processor in this process. On a machine with
/// other work the second says more.
struct Measurement {
    var clock = Double.infinity
    var processor = Double.infinity

    /// The best of several runs of `body`.
    init(of runs: Int = 7, count: Int, _ body: () async throws -> Void) async throws {
        for _ in 0..<runs {
            let (start, before) = (ContinuousClock.now, Self.processorTime)
            try await body()
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            clock = min(clock, (Double(seconds) * 1e6 + Double(attoseconds) / 1e12) / Double(count))
            processor = min(processor, (Self.processorTime - before) / Double(count))
        }
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}

func report(_ name: String, _ time: Measurement, bare: Measurement) {
    func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    print(
        "\(name): \(rounded(time.clock)) µs, \(rounded(time.clock / bare.clock)) times libpq's; processor "
            + "\(rounded(time.processor)) µs, \(rounded(time.processor / bare.processor)) times libpq's")
}

@main
struct Benchmark {
    static func main() async throws { try await run() }

    static nonisolated func run() async throws {
        guard let url = getenv("DATABASE_URL").map({ String(cString: $0) }) else {
            fatalError("DATABASE_URL names no database")
        }
        let db = try Database(url, driver: .postgresql)
        try await db.execute("CREATE TABLE post (id int PRIMARY KEY, title text NOT NULL, created text NOT NULL)")
        try await db.execute("INSERT INTO post SELECT i, 'Title ' || i, '2024-01-02' FROM generate_series(1, 10000) i")
        try await db.execute("CREATE TABLE word (id int, text text)")

        let reads = 10_000
        let bare = Bare(url)
        let bareReads = try await Measurement(count: reads) { bare.read(reads) }
        report("read by key, libpq", bareReads, bare: bareReads)
        let bareInserts = try await Measurement(of: 3, count: 100_000) { bare.insert(100_000) }

        let held = try await Measurement(count: reads) {
            try await db.withConnection { connection in
                for id in 1...reads {
                    _ = try await connection.first(
                        "SELECT id, title, created FROM post WHERE id = \(id)", as: Post.self)
                }
            }
        }
        report("read by key into a struct, withConnection", held, bare: bareReads)

        let tuples = try await Measurement(count: reads) {
            try await db.withConnection { connection in
                for id in 1...reads {
                    _ = try await connection.first(
                        "SELECT id, title, created FROM post WHERE id = \(id)", as: (Int, String, String).self)
                }
            }
        }
        report("read by key into a tuple, withConnection", tuples, bare: bareReads)

        let hopping = try await Measurement(count: reads) {
            for id in 1...reads {
                _ = try await db.first("SELECT id, title, created FROM post WHERE id = \(id)", as: Post.self)
            }
        }
        report("read by key into a struct, a hop for each", hopping, bare: bareReads)

        report("100,000 rows in a pipeline, libpq, for each", bareInserts, bare: bareInserts)
        let batch = try await Measurement(of: 3, count: 100_000) {
            try await db.executeBatch(1...100_000) { "INSERT INTO word VALUES (\($0), \("word"))" }
        }
        report("100,000 rows by executeBatch, for each", batch, bare: bareInserts)
        let copy = try await Measurement(of: 3, count: 100_000) {
            try await db.copyIn("COPY word FROM STDIN", from: 1...100_000) { [$0, "word"] }
        }
        report("100,000 rows by copyIn, for each", copy, bare: bareInserts)
        await db.close()
    }
}
