import Dispatch
import Foundation
import Synchronization

/// Where work stands still until it is let go.
final class Gate: Sendable {
    /// How many came to the gate.
    let entered = Counter()
    private let semaphore = DispatchSemaphore(value: 0)

    func pass() {
        entered.add(1)
        semaphore.wait()
    }

    func open(_ count: Int) {
        for _ in 0..<count { semaphore.signal() }
    }

    /// Returns once so many came.
    func waitUntilEntered(_ count: Int) async throws {
        while entered.value < count { try await Task.sleep(for: .milliseconds(1)) }
    }
}

/// A number that several threads count.
final class Counter: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    /// The number after so much was added.
    @discardableResult
    func add(_ amount: Int) -> Int {
        number.withLock { number in
            number += amount
            return number
        }
    }

    func raise(to least: Int) {
        number.withLock { $0 = max($0, least) }
    }
}

/// The thread that asks.
func currentThread() -> UInt {
    UInt(pthread_self())
}
