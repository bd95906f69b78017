import CarafeHTTP
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Waits at listening sockets, on a thread of its own, and says when somebody wants to be let in.
///
/// Event loops do not wait there themselves: where several processes share a socket the system wakes all of them for a
/// connection that one then takes, and swift-nio's own listening channel holds it for a mistake of the program when there is
/// nothing left to be taken.
final class ListenerPoller: Sendable {
    private struct Watch {
        /// Until then the socket is left alone.
        var rest: ContinuousClock.Instant?
        let knock: @Sendable () -> Void
    }

    private struct State {
        var watches: [CInt: Watch] = [:]
        /// Those who wait until the thread has let go of sockets.
        var forgetting: [CheckedContinuation<Void, Never>] = []
        var isStopped = false
    }

    /// For how long a socket is left alone after a knock, unless ``resume(_:)`` comes first.
    private static let patience = Duration.milliseconds(100)

    private let state = Mutex(State())
    private let thread = NIOThreadPool(numberOfThreads: 1)
    /// What is written to it wakes the thread.
    private let wakeReader: CInt
    private let wakeWriter: CInt

    /// Starts the thread.
    ///
    /// - Throws: the system's error where there is no descriptor left
    init() throws(IOError) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeReader, wakeWriter) = (ends[0], ends[1])
        thread.start()
        thread.submit { [self] _ in run() }
    }

    deinit {
        close(wakeReader)
        close(wakeWriter)
    }

    // MARK: - For acceptors

    /// Calls `knock`, on the poller's thread, when somebody waits at a socket: once, and again when ``resume(_:)`` has been
    /// called or nobody has done so for a moment.
    func watch(_ descriptor: CInt, _ knock: @escaping @Sendable () -> Void) {
        state.withLock { $0.watches[descriptor] = Watch(knock: knock) }
        wake()
    }

    /// Whoever waits at the socket is told of again.
    func resume(_ descriptor: CInt) { rest(descriptor, until: nil) }

    /// Nobody is told of who waits at the socket, for so long or until ``resume(_:)``.
    func pause(_ descriptor: CInt, for time: Duration = .seconds(31_536_000)) { rest(descriptor, until: .now + time) }

    private func rest(_ descriptor: CInt, until time: ContinuousClock.Instant?) {
        state.withLock { $0.watches[descriptor]?.rest = time }
        wake()
    }

    /// Lets go of a socket. As long as the thread waits at it, it listens, even where it has been closed.
    func forget(_ descriptor: CInt) async {
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                state.watches[descriptor] = nil
                if !state.isStopped { state.forgetting.append(continuation) }
                return state.isStopped
            }
            if isStopped { continuation.resume() } else { wake() }
        }
    }

    /// Ends the thread.
    func stop() async {
        state.withLock { $0.isStopped = true }
        wake()
        try? await thread.shutdownGracefully()
    }

    private func wake() {
        var byte: UInt8 = 0
        // A pipe that is full wakes as well.
        _ = write(wakeWriter, &byte, 1)
    }

    // MARK: - The thread

    private func run() {
        while let (sockets, timeout) = next() {
            var watched = [pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0)]
            watched += sockets.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&watched, nfds_t(watched.count), timeout) > 0 else { continue }
            if watched[0].revents != 0 { drainWakes() }
            for socket in watched.dropFirst() where socket.revents != 0 { knock(at: socket.fd) }
        }
    }

    /// The sockets to wait at, and for how many milliseconds at most, -1 for ever; nil at the end.
    private func next() -> ([CInt], timeout: CInt)? {
        for continuation in state.withLock({ exchange(&$0.forgetting, with: []) }) { continuation.resume() }
        return state.withLock { state in
            if state.isStopped { return nil }
            let now = ContinuousClock.now
            var sockets: [CInt] = []
            var end: ContinuousClock.Instant?
            for (socket, watch) in state.watches {
                if let rest = watch.rest, rest > now { end = min(end ?? rest, rest) } else { sockets.append(socket) }
            }
            return (sockets, end.map { CInt(clamping: now.duration(to: $0).milliseconds + 1) } ?? -1)
        }
    }

    private func knock(at descriptor: CInt) {
        let knock = state.withLock { state in
            state.watches[descriptor]?.rest = .now + Self.patience
            return state.watches[descriptor]?.knock
        }
        knock?()
    }

    private func drainWakes() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(wakeReader, &bytes, bytes.count) == bytes.count {}
    }
}
