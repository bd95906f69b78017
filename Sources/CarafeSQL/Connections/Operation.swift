import Synchronization

/// One use of a connection by one task, which may be cancelled from another thread at any time.
///
/// It sees to it that a cancellation stops this use and never the next one: the driver's canceller is called under the lock, while
/// the operation runs.
final class Operation: Sendable {
    private enum State {
        case waiting
        case running(any DriverCanceller)
        case finished
        case cancelled
    }

    private let state = Mutex(State.waiting)

    /// Begins on a connection; false where it was cancelled before.
    func begin(_ canceller: any DriverCanceller) -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .running(canceller)
            canceller.begin()
            return true
        }
    }

    func finish() { state.withLock { $0 = .finished } }

    func cancel() {
        state.withLock { state in
            switch state {
            case .waiting: state = .cancelled
            case .running(let canceller): canceller.cancel()
            case .finished, .cancelled: break
            }
        }
    }
}
