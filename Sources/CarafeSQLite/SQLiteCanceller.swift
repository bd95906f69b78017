import CSQLite
import CarafeSQL
import Synchronization

/// Stops what a connection does: SQLite asks it again and again whether it is to stop.
final class SQLiteCanceller: DriverCanceller {
    private let wanted = Atomic(false)

    /// Whether the statement must stop.
    var isWanted: Bool { wanted.load(ordering: .relaxed) }

    func begin() { wanted.store(false, ordering: .relaxed) }

    func cancel() { wanted.store(true, ordering: .relaxed) }
}

/// What SQLite's callbacks are given.
final class SQLiteWatch {
    let canceller = SQLiteCanceller()
    let timeout: Duration
    private var waitingSince = ContinuousClock.now

    init(timeout: Duration) { self.timeout = timeout }

    /// Waits a little for a lock that another connection or program holds; false to give up.
    func wait(_ attempt: Int32) -> Bool {
        if attempt == 0 { waitingSince = .now }
        guard !canceller.isWanted, ContinuousClock.now - waitingSince < timeout else { return false }
        // Short at first, when most locks are freed; never so long that a cancellation goes unseen.
        usleep(attempt < 10 ? 500 : attempt < 50 ? 2_000 : 10_000)
        return true
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
