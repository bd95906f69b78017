import Foundation
import Synchronization
import Testing

/// Clients that ask for a page again and again, each waiting for its answer, and that count what goes wrong.
final class Load {
    /// What has come of the requests.
    struct Counts: Sendable, CustomTestStringConvertible {
        var answered = 0
        /// Connections that nobody took.
        var refused = 0
        /// Requests that got no answer or a part of one.
        var lost = 0
        /// Answers of 500 and more.
        var failed = 0
        /// How requests were lost, the first of them.
        var losses: [String] = []
        /// Times of answers in milliseconds: of the first million.
        var times: [Double] = []

        /// Whether every request was answered as it should be.
        var isFlawless: Bool { answered > 0 && refused == 0 && lost == 0 && failed == 0 }

        var testDescription: String {
            "\(answered) answered, \(refused) refused, \(lost) lost, \(failed) failed\(losses.map { "\n" + $0 }.joined())"
        }

        static func += (total: inout Counts, counts: Counts) {
            total.answered += counts.answered
            total.lost += counts.lost
            total.refused += counts.refused
            total.failed += counts.failed
            total.losses += counts.losses
            total.times += counts.times
        }

        /// The time within which so large a part of the answers came.
        func quantile(_ part: Double) -> Double {
            guard !times.isEmpty else { return 0 }
            return times.sorted()[min(times.count - 1, Int(Double(times.count) * part))]
        }
    }

    /// What the clients do; they end with the load, also where a test fails before.
    private final class Work: Sendable {
        let counts = Mutex(Counts())
        let isEnding = Atomic(false)
        let running: Atomic<Int>

        init(clients: Int) { running = Atomic(clients) }
    }

    private let work: Work

    /// - Parameters:
    ///   - paths: what each client asks for, one after the other
    ///   - keepsAlive: whether a connection is used again
    ///   - pause: microseconds between an answer and the next request
    init(
        port: UInt16, _ paths: String..., clients: Int = 4, keepsAlive: Bool = true, pause: UInt32 = 20_000
    ) {
        let work = Work(clients: clients)
        self.work = work
        let paths = paths.isEmpty ? ["/slow/20"] : paths
        for number in 0..<clients {
            Thread.detachNewThread {
                let client = Client(port: port)
                var count = number
                while !work.isEnding.load(ordering: .relaxed) {
                    Self.ask(client, paths[count % paths.count], keepsAlive, work)
                    count += 1
                    usleep(pause)
                }
                work.running.subtract(1, ordering: .relaxed)
            }
        }
    }

    deinit { work.isEnding.store(true, ordering: .relaxed) }

    /// How many requests have been answered so far.
    var answered: Int { work.counts.withLock { $0.answered } }

    /// Waits until so many more requests have been answered.
    func goOn(_ count: Int = 10) {
        let start = answered
        while answered < start + count, work.counts.withLock({ $0.refused + $0.lost < 1000 }) { usleep(5_000) }
    }

    /// Lets the clients end after their current requests.
    func end() -> Counts {
        work.isEnding.store(true, ordering: .relaxed)
        while work.running.load(ordering: .relaxed) > 0 { usleep(5_000) }
        return work.counts.withLock { $0 }
    }

    private static func ask(_ client: Client, _ path: String, _ keepsAlive: Bool, _ work: Work) {
        let start = Date()
        let outcome = client.get(path, keepsAlive: keepsAlive)
        let time = Date().timeIntervalSince(start) * 1000
        // Who closes a connection while it is idle has refused nothing and lost nothing.
        work.counts.withLock { counts in
            switch outcome {
            case .refused: counts.refused += 1
            case .lost:
                counts.lost += 1
                if counts.losses.count < 20 { counts.losses.append("\(start): \(path) \(client.loss)") }
            case .answer(let status, _):
                counts.answered += 1
                if counts.times.count < 1_000_000 { counts.times.append(time) }
                if status >= 500 { counts.failed += 1 }
            }
        }
    }
}
