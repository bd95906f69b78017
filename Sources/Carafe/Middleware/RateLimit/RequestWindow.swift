/// The requests of one client that a limit has counted. Times are in milliseconds of a clock that never goes back.
struct RequestWindow: Sendable {
    /// How requests are counted.
    private enum Counting: Sendable {
        /// Those since the first one of the window.
        case fixed(count: Int, end: Int)
        /// The times of the latest, as many as the limit allows; the oldest stands at `next` once all are there.
        case moving(times: [Int], next: Int)
    }

    private let limit: RequestLimit
    private var counting: Counting

    init(_ limit: RequestLimit, _ strategy: RateLimit.Strategy) {
        self.limit = limit
        switch strategy {
        case .fixedWindow: counting = .fixed(count: 0, end: .min)
        case .movingWindow: counting = .moving(times: [], next: 0)
        }
    }

    private var length: Int { limit.seconds * 1_000 }

    /// Counts a request, and tells whether the limit allows it.
    mutating func take(at now: Int) -> Bool {
        switch counting {
        case .fixed(let count, let end):
            guard now < end else {
                counting = .fixed(count: 1, end: now + length)
                return true
            }
            counting = .fixed(count: min(count, limit.amount) + 1, end: end)
            return count < limit.amount
        case .moving(var times, let next):
            if times.count < limit.amount {
                // So that nothing is copied when the array grows.
                counting = .moving(times: [], next: 0)
                times.append(now)
                counting = .moving(times: times, next: 0)
                return true
            }
            guard times[next] < now - length else { return false }
            counting = .moving(times: [], next: 0)
            times[next] = now
            counting = .moving(times: times, next: (next + 1) % times.count)
            return true
        }
    }

    /// How many further requests are allowed, and in how many milliseconds there will be more.
    func rest(at now: Int) -> (remaining: Int, resetsIn: Int) {
        switch counting {
        case .fixed(let count, let end):
            guard now < end else { return (limit.amount, 0) }
            return (max(0, limit.amount - count), end - now)
        case .moving(let times, let next):
            let start = now - length
            let inOrder = times[next...] + times[..<next]
            let counted = inOrder.drop { $0 < start }
            return (limit.amount - counted.count, counted.first.map { $0 - start } ?? 0)
        }
    }
}
