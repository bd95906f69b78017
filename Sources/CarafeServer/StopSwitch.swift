import NIOCore
import Synchronization

/// Tells a running server to stop: in order, or at once.
final class StopSwitch: Sendable {
    private let delay = Mutex<Duration?>(nil)
    private let impatience = Atomic(false)
    private let stops: AsyncStream<Void>
    private let stop: AsyncStream<Void>.Continuation

    init() { (stops, stop) = AsyncStream.makeStream(of: Void.self) }

    /// Asks for an end that lets running requests finish, when so much time has passed.
    ///
    /// - Returns: whether nobody has asked before
    @discardableResult
    func drain(after time: Duration) -> Bool {
        defer { stop.finish() }
        return delay.withLock { delay in
            defer { delay = delay ?? time }
            return delay == nil
        }
    }

    /// Asks for an end that waits for nothing.
    func now() {
        impatience.store(true, ordering: .relaxed)
        drain(after: .zero)
    }

    /// Waits until somebody asks, or the task is cancelled.
    ///
    /// - Returns: how long the server is to serve on
    func isThrown() async -> Duration {
        for await _ in stops {}
        return delay.withLock { delay in
            // A task that was cancelled has been told to stop too.
            delay = delay ?? .zero
            return delay ?? .zero
        }
    }

    /// Whether waiting for running requests is to end.
    var isImpatient: Bool { impatience.load(ordering: .relaxed) }
}

/// What a running server tells whoever runs it.
package struct ServerEvents: Sendable {
    /// It listens, at these addresses.
    package var started: @Sendable ([SocketAddress]) -> Void
    /// It was told to stop.
    package var stopping: @Sendable () -> Void
    /// The log files are to be opened anew.
    package var reopenLogs: @Sendable () -> Void

    package init(
        started: @escaping @Sendable ([SocketAddress]) -> Void = { _ in },
        stopping: @escaping @Sendable () -> Void = {}, reopenLogs: @escaping @Sendable () -> Void = {}
    ) {
        self.started = started
        self.stopping = stopping
        self.reopenLogs = reopenLogs
    }
}
