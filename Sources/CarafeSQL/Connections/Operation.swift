import Synchronization

/// One use of a connection by one task, which may be cancelled from another thread at any time.
///
/// It sees to it that a cancellation stops this use and never the next one: the driver's canceller is called under the lock, while
/// the operation runs.
final class Operation: Sendable {
    private enum State {
        case waiting
        case running
        case finished
        case cancelled
    }

    private let state = Mutex(State.waiting)
    private let canceller: any DriverCanceller

    init(_ canceller: any DriverCanceller) { self.canceller = canceller }

    /// Begins; false where it was cancelled before.
    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .running
            canceller.begin()
            return true
        }
    }

    func finish() { state.withLock { $0 = .finished } }

    func cancel() {
        state.withLock { state in
            switch state {
            case .waiting: state = .cancelled
            case .running: canceller.cancel()
            case .finished, .cancelled: break
            }
        }
    }
}
