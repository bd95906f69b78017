import Logging
import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Takes connections from a listening socket and deals them out to the event loops; pauses at the cap and while the system
/// has no descriptor left, and resumes.
///
/// An event loop takes them, not the thread that waits for them: a process whose event loops are busy or hang leaves them to
/// others that share the socket.
final class Acceptor: Sendable {
    private struct State {
        /// The event loops that were asked to take connections and have not come yet.
        var asked: Set<Int> = []
        /// The event loop whose turn it is to be asked.
        var nextAsked = 0
        /// The event loop whose turn it is to get a connection.
        var nextDealt = 0
        /// Whether as many connections are open as may be.
        var isFull = false
        /// Whether accepting has failed and nothing has been accepted since; it is logged once.
        var isFailing = false
        var isClosed = false
    }

    /// What came of trying to take a connection.
    private enum Attempt {
        case connection(CInt)
        /// Nobody waits, or nobody more may be let in.
        case nothing
        /// Who waited has gone.
        case gone
        /// The system's error.
        case failure(CInt)
    }

    /// How many connections are taken at a time.
    private static let batch = 16
    /// How long accepting pauses where the system has nothing left.
    private static let pause = Duration.milliseconds(250)

    /// Where it listens.
    let address: SocketAddress?
    private let descriptor: CInt
    private let poller: ListenerPoller
    private let entrances: [Entrance]
    private let counters: ServerCounters
    private let maxConnections: Int
    private let backlogTimeout: Duration
    private let logger: Logger
    private let state = Mutex(State())

    /// Accepts from now on. The socket is the acceptor's.
    init(
        _ socket: ListeningSocket, _ poller: ListenerPoller, _ entrances: [Entrance], counters: ServerCounters,
        _ configuration: ServerConfiguration, logger: Logger
    ) {
        address = socket.address
        descriptor = socket.descriptor
        self.poller = poller
        self.entrances = entrances
        self.counters = counters
        maxConnections = configuration.maxConnections
        backlogTimeout = configuration.backlogTimeout
        self.logger = logger
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        socket.limitUnsent()
        poller.watch(descriptor) { [weak self] in self?.ask() }
    }

    // MARK: - Taking connections

    /// Asks an event loop to take those who wait: one after the other as long as none comes.
    private func ask() {
        let loop = state.withLock { state -> Int? in
            for _ in entrances.indices {
                let loop = state.nextAsked
                state.nextAsked = (loop + 1) % entrances.count
                if state.asked.insert(loop).inserted { return loop }
            }
            return nil
        }
        if let loop { entrances[loop].eventLoop.execute { [self] in take(on: loop) } }
    }

    /// Takes those who wait, on an event loop.
    private func take(on loop: Int) {
        state.withLock { _ = $0.asked.remove(loop) }
        var count = 0
        while count < Self.batch {
            switch attempt() {
            case .connection(let connection): deal(connection, from: loop)
            case .gone: break
            case .nothing where count == 0 || isFull: return isFull ? waitForRoom() : poller.resume(descriptor)
            case .nothing: return takeMore(on: loop)
            case .failure(let code): return waitForDescriptors(code)
            }
            count += 1
        }
        takeMore(on: loop)
    }

    /// Looks again when the event loop has done what else it has to do: while they keep coming nobody need be woken for them.
    private func takeMore(on loop: Int) {
        if isFull { return waitForRoom() }
        // It may have been asked again meanwhile.
        guard state.withLock({ $0.asked.insert(loop).inserted }) else { return }
        entrances[loop].eventLoop.execute { [self] in take(on: loop) }
    }

    /// Takes one connection, unless as many are open as may be.
    private func attempt() -> Attempt {
        state.withLock { state in
            if state.isClosed || isFull { return .nothing }
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection < 0 else {
                    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                    counters.connectionOpened()
                    state.isFailing = false
                    return .connection(connection)
                }
                switch errno {
                case EINTR: continue
                case EAGAIN: return .nothing
                // What the system has to say of the connection, not of the socket.
                case ECONNABORTED, EPROTO, EPERM, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP,
                    ENETUNREACH:
                    return .gone
                case let code: return .failure(code)
                }
            }
        }
    }

    /// Gives a connection to the event loop whose turn it is.
    ///
    /// - Parameter own: the event loop that is running; it gets what another one is too busy for
    private func deal(_ connection: CInt, from own: Int? = nil) {
        let next = state.withLock { state in
            defer { state.nextDealt = (state.nextDealt + 1) % entrances.count }
            return state.nextDealt
        }
        if let own, next == own || entrances[next].isCrowded {
            entrances[own].open(connection)
        } else {
            entrances[next].hand(connection)
        }
    }

    // MARK: - Pausing

    private var isFull: Bool { counters.connections >= maxConnections }

    /// Pauses until a connection closes.
    private func waitForRoom() {
        guard !state.withLock({ exchange(&$0.isFull, with: true) }) else { return }
        logger.warning(
            "All \(maxConnections) connections are in use. Accepting pauses until one closes; further clients wait.")
        poller.pause(descriptor)
        resumeOnClose()
    }

    private func resumeOnClose() {
        counters.onNextClose(for: descriptor) { [weak self] in self?.resume() }
        // One may have closed in between.
        if !isFull { resume() }
    }

    private func resume() {
        guard !isFull else { return resumeOnClose() }
        guard state.withLock({ exchange(&$0.isFull, with: false) }) else { return }
        logger.notice("Connections are free again; accepting goes on.")
        poller.resume(descriptor)
    }

    /// Pauses until a connection closes or a moment has passed.
    private func waitForDescriptors(_ code: CInt) {
        if !state.withLock({ exchange(&$0.isFailing, with: true) }) { log(IOError(errnoCode: code, reason: "accept")) }
        poller.pause(descriptor, for: Self.pause)
        let (poller, descriptor) = (poller, descriptor)
        counters.onNextClose(for: descriptor) { poller.resume(descriptor) }
    }

    private func log(_ error: IOError) {
        guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            logger.error("A connection could not be accepted: \(error)")
            return
        }
        logger.error(
            """
            The system has no file descriptor or memory for another connection: \(error). Accepting pauses until \
            there is some. Raise the limit (ulimit -n), or set maxConnections lower.
            """)
    }

    // MARK: - The end

    /// Ends listening.
    ///
    /// - Parameter whenEmpty: whether those who wait are let in first: where no other process has the socket, the system
    ///   breaks them off
    func close(whenEmpty: Bool) async {
        await poller.forget(descriptor)
        let end = ContinuousClock.now + backlogTimeout
        while whenEmpty, isSomebodyWaiting, ContinuousClock.now < end {
            if case .connection(let connection) = attempt() {
                deal(connection)
            } else {
                // The task that waits may have been cancelled; that is why it stops.
                await Task.detached { try? await Task.sleep(for: .milliseconds(1)) }.value
            }
        }
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            systemClose(descriptor)
        }
    }

    private var isSomebodyWaiting: Bool {
        var socket = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&socket, 1, 0) == 1 && socket.revents & Int16(POLLIN) != 0
    }
}

private func systemClose(_ descriptor: CInt) { _ = close(descriptor) }
