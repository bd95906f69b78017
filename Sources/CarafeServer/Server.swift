import CarafeHTTP
import Logging
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

/// Serves a ``Responder`` over HTTP/1.1, and what else its configuration brings.
///
/// ```swift
/// let server = Server(configuration: ServerConfiguration(), responder: Hello(), logger: Logger(label: "hello"))
/// try await server.run()  // until SIGTERM or SIGINT
/// ```
///
/// Tests and embedders use ``start()`` and ``shutdown(gracefulTimeout:)`` instead of ``run()``; signals are then theirs.
public final class Server: Sendable {
    private enum State {
        case new
        case starting
        case running(Running)
        case stopped
    }

    /// What a started server holds.
    private struct Running {
        let group: MultiThreadedEventLoopGroup
        let loops: [ConnectionLoop]
        /// One for each address, in their order.
        let listeners: [any Channel]
        /// What is done from time to time.
        let chores: RepeatedTask?
    }

    /// How the server was configured.
    public let configuration: ServerConfiguration

    private let responder: any Responder
    private let logger: Logger
    private let counters = ServerCounters()
    private let state = Mutex(State.new)
    /// Set when waiting for running requests is to end.
    private let isImpatient = Atomic(false)

    /// How long idle connections are kept when the server stops: requests that are under way on the network still
    /// find them, and are answered with `Connection: close`.
    private static let drainGrace = Duration.milliseconds(100)
    /// The same for connections that have had no request yet: their clients have only just connected, and would see a
    /// server that refuses them.
    private static let firstRequestGrace = Duration.seconds(1)

    /// A server that has yet to be started.
    public init(configuration: ServerConfiguration = ServerConfiguration(), responder: any Responder, logger: Logger) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
    }

    /// Where the server listens, with the port that the system chose where it was asked for any; nil before
    /// ``start()``.
    public var boundAddress: SocketAddress? { boundAddresses.first }

    /// Where the server listens, in the order of ``ServerConfiguration/address`` and
    /// ``ServerConfiguration/furtherAddresses``; empty before ``start()``.
    public var boundAddresses: [SocketAddress] {
        state.withLock {
            if case .running(let running) = $0 { running.listeners.compactMap(\.localAddress) } else { [] }
        }
    }

    /// How many connections are open and how many requests are being answered.
    public var statistics: ServerStatistics {
        ServerStatistics(
            connections: counters.connections,
            requests: counters.requests)
    }

    /// Serves until SIGTERM or SIGINT comes, or the task is cancelled, and then until the running requests have
    /// been answered or ``ServerConfiguration/gracefulTimeout`` has passed. A second signal ends at once.
    ///
    /// - Parameter onStart: called when the server listens, with its addresses
    /// - Throws: ``ServerError`` where it cannot listen
    public func run(onStart: @Sendable ([SocketAddress]) -> Void = { _ in }) async throws {
        try await start()
        guard case .running(let running) = state.withLock({ $0 }), let first = running.loops.first else { return }
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let signals = try await TerminationSignals(on: first.eventLoop) { [self] in
            if case .terminated = stop.yield() { isImpatient.store(true, ordering: .relaxed) }
            stop.finish()
        }
        onStart(boundAddresses)
        // The stream ends with the first signal, and when this task is cancelled.
        for await _ in stops {}
        stop.finish()
        await shutdown(gracefulTimeout: configuration.gracefulTimeout, before: { await signals.close() })
    }

    /// Begins to listen and to serve.
    ///
    /// - Throws: ``ServerError`` where it cannot listen (it may then be started again), or has been started before
    public func start() async throws {
        let isFirst = state.withLock { state in
            guard case .new = state else { return false }
            state = .starting
            return true
        }
        guard isFirst else {
            throw ServerError(
                kind: .alreadyStarted, message: "The server has been started before.", hint: "Make a new one.")
        }
        // A write to a connection that the client has closed is an error to handle, not a reason to die.
        _ = signal(SIGPIPE, SIG_IGN)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        do {
            let running = try await listen(group)
            state.withLock { $0 = .running(running) }
        } catch {
            state.withLock { $0 = .new }
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private func listen(_ group: MultiThreadedEventLoopGroup) async throws -> Running {
        let loops = group.makeIterator().map { eventLoop in
            ConnectionLoop(
                eventLoop: eventLoop, configuration: configuration, responder: responder, counters: counters,
                logger: logger)
        }
        let byEventLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(clamping: configuration.backlog))
            .serverChannelInitializer { [counters, configuration, logger] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Acceptor(counters: counters, maxConnections: configuration.maxConnections, logger: logger))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = byEventLoop[ObjectIdentifier(channel.eventLoop)] else { return }
                    try Self.configure(channel, loop)
                }
            }
        var listeners: [any Channel] = []
        do {
            for address in configuration.addresses {
                listeners.append(
                    try await Listener.bind(
                        address.isNetwork
                            ? bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1) : bootstrap,
                        to: address))
            }
        } catch {
            await close(listeners)
            throw error
        }
        let chores = loops.first.flatMap { configuration.protocols?.run(on: $0.eventLoop, logger: logger) }
        return Running(group: group, loops: loops, listeners: listeners, chores: chores)
    }

    private func close(_ listeners: [any Channel]) async {
        for (listener, address) in zip(listeners, configuration.addresses) {
            try? await listener.close().get()
            if case .unixSocket(let path) = address { unlink(path) }
        }
    }

    private static func configure(_ channel: any Channel, _ loop: ConnectionLoop) throws {
        let options = channel.syncOptions
        try options?.setOption(.allowRemoteHalfClosure, value: true)
        try options?.setOption(.maxMessagesPerRead, value: 1)
        try options?.setOption(.recvAllocator, value: ReadBufferAllocator(loop: loop))
        if let protocols = loop.configuration.protocols {
            try protocols.prepare(AcceptedConnection(channel: channel, loop: loop))
        } else {
            try channel.pipeline.syncOperations.addHandler(HTTP1Connection(loop: loop))
        }
    }

    /// Stops listening, lets the running requests finish, closes every connection, and ends the event loops.
    ///
    /// - Parameter gracefulTimeout: how long running requests may take; those that take longer are cancelled
    public func shutdown(gracefulTimeout: Duration) async {
        await shutdown(gracefulTimeout: gracefulTimeout, before: {})
    }

    /// - Parameter cleanUp: what has to happen before the event loops end
    private func shutdown(gracefulTimeout: Duration, before cleanUp: () async -> Void) async {
        let running = state.withLock { state -> Running? in
            guard case .running(let running) = state else { return nil }
            state = .stopped
            return running
        }
        guard let running else { return await cleanUp() }
        running.chores?.cancel()
        // Before the listener closes, so that whoever sees that it has finds every response to be the last.
        for loop in running.loops { loop.eventLoop.execute { loop.startDraining() } }
        await stopAccepting(running)
        await close(running.listeners)
        let isDrained = await drain(running.loops, gracefulTimeout)
        if !isDrained {
            logger.warning(
                """
                \(counters.requests) requests on \
                \(counters.connections) connections did not finish in time; they are broken off.
                """)
            for loop in running.loops { loop.eventLoop.execute { loop.closeAllConnections() } }
            // Tasks that take no notice of being cancelled keep their event loops until the process ends.
            guard await wait(.seconds(1)) else { return await cleanUp() }
        }
        await cleanUp()
        try? await running.group.shutdownGracefully()
    }

    /// Accepts no more, and lets what has been accepted get its handlers: a listener that closes meanwhile would take such
    /// connections with it, and their clients would never be answered.
    private func stopAccepting(_ running: Running) async {
        for listener in running.listeners { try? await listener.setOption(.autoRead, value: false).get() }
        // To the connection's loop, and back to the listener's.
        for _ in 0..<2 {
            for loop in running.loops { try? await loop.eventLoop.submit {}.get() }
        }
    }

    /// Waits until every connection has closed.
    ///
    /// - Returns: whether that came to pass in time
    private func drain(_ loops: [ConnectionLoop], _ timeout: Duration) async -> Bool {
        let grace = min(timeout, Self.drainGrace)
        if await wait(grace) { return true }
        for loop in loops { loop.eventLoop.execute { loop.closeIdleConnections(.used) } }
        let firstGrace = min(timeout, Self.firstRequestGrace) - grace
        if await wait(firstGrace) { return true }
        for loop in loops { loop.eventLoop.execute { loop.closeIdleConnections(.all) } }
        return await wait(timeout - grace - firstGrace)
    }

    /// Waits until no connection and no request is left, at most for `timeout`.
    private func wait(_ timeout: Duration) async -> Bool {
        let end = ContinuousClock.now + timeout
        while true {
            if counters.connections == 0, counters.requests == 0 {
                return true
            }
            guard ContinuousClock.now < end, !isImpatient.load(ordering: .relaxed) else { return false }
            // The task that waits may have been cancelled; that is why it stops, not a reason to hurry.
            await Task.detached { try? await Task.sleep(for: .milliseconds(5)) }.value
        }
    }
}
