import CarafeHTTP
import NIOCore
import Synchronization

/// The sign of life of one event loop: the loop writes it, any thread reads it.
final class Pulse: Sendable {
    /// In milliseconds of ``Monotonic``.
    private let beaten = Atomic(Monotonic.milliseconds)
    private let requests = Atomic(0)

    /// Says that the loop is alive, and how many requests it has begun to answer.
    func beat(served: Int) {
        beaten.store(Monotonic.milliseconds, ordering: .relaxed)
        requests.store(served, ordering: .relaxed)
    }

    /// How long ago the loop was alive.
    var age: Duration { .milliseconds(Monotonic.milliseconds - beaten.load(ordering: .relaxed)) }

    /// How many requests the loop had begun to answer then.
    var served: Int { requests.load(ordering: .relaxed) }
}

/// A clock that no one sets and that stands while the machine sleeps, so that nothing appears to have hung meanwhile.
enum Monotonic {
    private static let start = SuspendingClock.now

    /// The time since the clock was first read.
    static var now: Duration { SuspendingClock.now - start }

    /// The same in milliseconds.
    static var milliseconds: Int64 { now.milliseconds }
}
