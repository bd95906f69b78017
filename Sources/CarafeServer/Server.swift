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
    enum State {
        case new
        case starting
        case running(Running)
        case stopped
    }

    /// What a started server holds.
    struct Running {
        let group: MultiThreadedEventLoopGroup
        let loops: [ConnectionLoop]
        let poller: ListenerPoller
        /// One for each address, in their order.
        let acceptors: [Acceptor]
        /// What is done from time to time.
        let chores: RepeatedTask?
    }

    /// How the server was configured.
    public let configuration: ServerConfiguration

    /// Whether it wants new requests.
    public let readiness: Readiness

    private let responder: any Responder
    let logger: Logger
    let counters = ServerCounters()
    let state = Mutex(State.new)

    /// A server that has yet to be started.
    ///
    /// - Parameter readiness: what tells others whether it wants new requests
    public init(
        configuration: ServerConfiguration = ServerConfiguration(), responder: any Responder, logger: Logger,
        readiness: Readiness = Readiness()
    ) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
        self.readiness = readiness
    }

    /// Where the server listens, with the port that the system chose where it was asked for any; nil before
    /// ``start()``.
    public var boundAddress: SocketAddress? { boundAddresses.first }

    /// Where the server listens, in the order of ``ServerConfiguration/address`` and
    /// ``ServerConfiguration/furtherAddresses``; empty before ``start()``.
    public var boundAddresses: [SocketAddress] {
        state.withLock {
            if case .running(let running) = $0 { running.acceptors.compactMap(\.address) } else { [] }
        }
    }

    /// How many connections are open and how many requests are being answered.
    public var statistics: ServerStatistics {
        ServerStatistics(
            connections: counters.connections,
            requests: counters.requests)
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
            let running = try listen(group)
            state.withLock { $0 = .running(running) }
            readiness.set(true)
        } catch {
            state.withLock { $0 = .new }
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private func listen(_ group: MultiThreadedEventLoopGroup) throws(ServerError) -> Running {
        let loops = group.makeIterator().map { eventLoop in
            ConnectionLoop(
                eventLoop: eventLoop, configuration: configuration, responder: responder, counters: counters,
                logger: logger)
        }
        let sockets = try ListeningSocket.openAll(configuration)
        let poller: ListenerPoller
        do throws(IOError) {
            poller = try ListenerPoller()
        } catch {
            for socket in sockets { socket.close() }
            throw ServerError(error, address: configuration.address)
        }
        let entrances = loops.map { loop in
            Entrance(loop.eventLoop, counters: counters) { try Self.configure($0, loop) }
        }
        let acceptors = sockets.map { socket in
            Acceptor(socket, poller, entrances, counters: counters, configuration, logger: logger)
        }
        let chores = loops.first.flatMap { configuration.protocols?.run(on: $0.eventLoop, logger: logger) }
        return Running(group: group, loops: loops, poller: poller, acceptors: acceptors, chores: chores)
    }

    private static func configure(_ channel: any Channel, _ loop: ConnectionLoop) throws {
        let options = channel.syncOptions
        try options?.setOption(.allowRemoteHalfClosure, value: true)
        try options?.setOption(.maxMessagesPerRead, value: 1)
        try options?.setOption(.recvAllocator, value: ReadBufferAllocator(loop: loop))
        var proxy: ProxyHeaderHandler?
        if let proxies = loop.configuration.proxyProtocol, proxies.trusts(channel.remoteAddress) {
            let handler = ProxyHeaderHandler(logger: loop.logger)
            try channel.pipeline.syncOperations.addHandler(handler)
            proxy = handler
        }
        if let protocols = loop.configuration.protocols {
            try protocols.prepare(AcceptedConnection(channel: channel, loop: loop, proxy: proxy))
        } else {
            try channel.pipeline.syncOperations.addHandler(HTTP1Connection(loop: loop, proxy: proxy))
        }
    }
}
