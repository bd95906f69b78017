import Synchronization

/// The numbers that all event loops of a server count together.
package final class ServerCounters: Sendable {
    private let connectionCount = Atomic(0)
    private let requestCount = Atomic(0)
    /// Called, from any thread, when a connection has closed: for each listening socket whose acceptor waits for that.
    private let waiters = Mutex<[CInt: @Sendable () -> Void]>([:])
    private let isAwaited = Atomic(false)

    /// The connections that have been accepted and not yet closed.
    var connections: Int { connectionCount.load(ordering: .sequentiallyConsistent) }
    /// The requests whose asynchronous answer is being made or streamed.
    var requests: Int { requestCount.load(ordering: .relaxed) }

    /// Counts a request that is answered asynchronously.
    package func requestStarted() { requestCount.add(1, ordering: .relaxed) }

    /// Counts the end of an asynchronous answer.
    package func requestEnded() { requestCount.subtract(1, ordering: .relaxed) }

    /// Counts an accepted connection.
    func connectionOpened() { connectionCount.add(1, ordering: .sequentiallyConsistent) }

    /// Runs `action` once when the next connection closes, in place of what was to be run for the same listening socket.
    func onNextClose(for descriptor: CInt, _ action: @escaping @Sendable () -> Void) {
        waiters.withLock { $0[descriptor] = action }
        isAwaited.store(true, ordering: .sequentiallyConsistent)
    }

    /// Counts a closed connection.
    func connectionClosed() {
        connectionCount.subtract(1, ordering: .sequentiallyConsistent)
        guard isAwaited.exchange(false, ordering: .sequentiallyConsistent) else { return }
        for action in waiters.withLock({ exchange(&$0, with: [:]) }).values { action() }
    }
}

/// What a server is doing at the moment.
public struct ServerStatistics: Sendable, Hashable {
    /// The number of open connections.
    public let connections: Int
    /// The number of requests that are being answered asynchronously.
    public let requests: Int
}
