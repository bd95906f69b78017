import CarafeHTTP
import Synchronization

/// What a process has counted of its clients, of a bounded number of them.
final class RequestCounts: Sendable {
    /// What becomes of a request.
    struct Verdict {
        /// The limit that the request has passed; nil where there is none.
        var breached: RequestLimit?
        /// The limit that the client is told of: the breached one, else the shortest.
        var shown: RequestLimit
        var remaining: Int
        /// In how many milliseconds there will be more.
        var resetsIn: Int
    }

    /// Two generations: when the younger one is full, the older one is forgotten, and with it the clients who have not asked
    /// for longest. Nothing is ever searched for.
    private struct State {
        var younger: [String: [RequestWindow]] = [:]
        var older: [String: [RequestWindow]] = [:]
    }

    private let limits: [RequestLimit]
    private let strategy: RateLimit.Strategy
    private let capacity: Int
    private let clock: @Sendable () -> Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limits: the shortest first; at least one
    ///   - capacity: how many clients are remembered at most
    ///   - clock: the time in milliseconds
    init(
        _ limits: [RequestLimit], _ strategy: RateLimit.Strategy, capacity: Int,
        clock: @escaping @Sendable () -> Int = RequestCounts.monotonic
    ) {
        self.limits = limits
        self.strategy = strategy
        self.capacity = capacity
        self.clock = clock
    }

    private static let start = ContinuousClock.now

    /// Milliseconds since the first request.
    static let monotonic: @Sendable () -> Int = { Int((ContinuousClock.now - start).milliseconds) }

    /// How many clients are remembered.
    var count: Int { state.withLock { $0.younger.count + $0.older.count } }

    /// Counts a request of a client; nil where there is no limit at all.
    func take(_ client: String) -> Verdict? {
        let now = clock()
        return state.withLock { state in
            var windows =
                state.younger.removeValue(forKey: client) ?? state.older.removeValue(forKey: client)
                ?? limits.map { RequestWindow($0, strategy) }
            // As in Flask-Limiter, the limits after one that is breached count nothing.
            let breached = windows.indices.first { !windows[$0].take(at: now) }
            let verdict = windows.indices.first.map { first in
                let shown = breached ?? first
                let (remaining, resetsIn) = windows[shown].rest(at: now)
                return Verdict(
                    breached: breached.map { limits[$0] }, shown: limits[shown], remaining: remaining,
                    resetsIn: resetsIn)
            }
            if state.younger.count >= max(1, capacity / 2) {
                state.older = state.younger
                state.younger = [:]
            }
            state.younger[client] = windows
            return verdict
        }
    }
}
