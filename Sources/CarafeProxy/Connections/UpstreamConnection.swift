import CarafeHTTP
import CarafeServer
import HTTPTypes
import NIOCore
import NIOPosix

/// A connection to a proxy's server, on the event loop of the requests that it carries, one after the other.
///
/// `@unchecked Sendable`: all that changes is touched on `eventLoop` only.
final class UpstreamConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    let eventLoop: any EventLoop
    private let pool: UpstreamPool
    private let maxIdle: Int
    private let keepAliveTimeout: TimeAmount
    private var context: ChannelHandlerContext?
    private var parser = HTTP1ResponseParser()
    private var exchange: UpstreamExchange?
    private var isReading = true
    private var idleAlarm: Scheduled<Void>?
    /// When the server has proved who it is; nil where it need not.
    private var proof: EventLoopFuture<Void>?
    /// Whether the pool counts it: the server has accepted it, and proved who it is.
    private var isEstablished = false
    /// Whether it is being closed, for which TLS takes a while.
    private var isClosing = false

    private init(_ eventLoop: any EventLoop, _ pool: UpstreamPool, _ proxy: Proxy) {
        self.eventLoop = eventLoop
        self.pool = pool
        maxIdle = proxy.maxIdleConnections
        keepAliveTimeout = .milliseconds(proxy.keepAliveTimeout.milliseconds)
    }

    /// Connects to the server.
    static func open(
        to upstream: Upstream, on eventLoop: any EventLoop, pool: UpstreamPool, _ proxy: Proxy
    ) async throws(ProxyFailure) -> UpstreamConnection {
        let timeout = TimeAmount.milliseconds(proxy.connectTimeout.milliseconds)
        let deadline = NIODeadline.now() + timeout
        // A host with several addresses has several channels tried.
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(timeout).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let connection = UpstreamConnection(eventLoop, pool, proxy)
                if case .host(let host, _) = upstream.address {
                    connection.proof = try proxy.security?.prepare(channel, host: host)
                }
                try channel.pipeline.syncOperations.addHandler(connection)
            }
        }
        do {
            let channel =
                switch upstream.address {
                case .host(let host, let port): bootstrap.connect(host: host, port: port)
                case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
                }
            return try await channel.flatMap { channel in
                channel.pipeline.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.handler(type: UpstreamConnection.self)
                }
            }.flatMap { $0.establish(until: deadline) }.get()
        } catch {
            throw failure(of: error)
        }
    }

    /// Waits until the server has proved who it is, if it has to.
    private func establish(until deadline: NIODeadline) -> EventLoopFuture<UpstreamConnection> {
        let alarm = eventLoop.scheduleTask(deadline: deadline) { self.close() }
        return (proof ?? eventLoop.makeSucceededVoidFuture()).flatMapThrowing { [self] in
            alarm.cancel()
            guard context != nil else { throw ProxyFailure(.unreachable, "The server closed the connection at once.") }
            isEstablished = true
            return self
        }.flatMapErrorThrowing { [self] error in
            alarm.cancel()
            close()
            if let error = error as? ProxyFailure { throw error }
            throw NIODeadline.now() >= deadline
                ? ProxyFailure(.timeout, "The server did not finish the handshake of TLS in time.")
                : ProxyFailure(.unreachable, "\(error)")
        }
    }

    private static func failure(of error: any Error) -> ProxyFailure {
        if let error = error as? ProxyFailure { return error }
        var isTimeout = if case .connectTimeout? = error as? ChannelError { true } else { false }
        if let error = error as? NIOConnectionError {
            isTimeout =
                !error.connectionErrors.isEmpty
                && error.connectionErrors.allSatisfy {
                    if case .connectTimeout? = $0.error as? ChannelError { true } else { false }
                }
        }
        return isTimeout
            ? ProxyFailure(.timeout, "The server did not accept a connection in time.")
            : ProxyFailure(.unreachable, "The server cannot be reached: \(error)")
    }

    // MARK: - Requests

    /// Takes a request into its care; what is written from now on is that request.
    ///
    /// - Returns: false where the connection has been closed meanwhile
    func begin(_ exchange: UpstreamExchange, method: HTTPRequest.Method) -> Bool {
        idleAlarm?.cancel()
        guard let context, context.channel.isActive, !isClosing, self.exchange == nil else { return false }
        self.exchange = exchange
        parser.expectResponse(to: method)
        return true
    }

    /// Sends bytes of the request.
    func send(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?) {
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.writeAndFlush(NIOAny(bytes), promise: promise)
    }

    /// Reads while there is somebody to take what comes.
    func setReading(_ wanted: Bool) {
        guard wanted != isReading else { return }
        isReading = wanted
        try? context?.channel.syncOptions?.setOption(.autoRead, value: wanted)
    }

    /// The exchange is over: the connection waits for another request, if it can.
    func end(_ ended: UpstreamExchange, isReusable: Bool) {
        guard exchange === ended else { return }
        exchange = nil
        // What nobody asked for must not become the answer to somebody's request.
        guard isReusable, parser.isIdle, let context, context.channel.isActive else { return close() }
        setReading(true)
        guard pool.keep(self, limit: maxIdle) else { return close() }
        idleAlarm = eventLoop.scheduleTask(in: keepAliveTimeout) { if self.exchange == nil { self.close() } }
    }

    /// Closes the connection; from any thread.
    func close() {
        eventLoop.execute { [self] in if let context { close(context) } }
    }

    private func close(_ context: ChannelHandlerContext) {
        isClosing = true
        context.close(promise: nil)
    }

    // MARK: - The channel's events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange else {
            // Bytes that belong to no request: the server is out of step, or says that it closes.
            return close(context)
        }
        let bytes = unwrapInboundIn(data)
        exchange.hasBegun = true
        if exchange.isTunnel { return exchange.receive(bytes) }
        parser.append(bytes)
        do {
            while let event = try parser.next() { exchange.receive(event) }
            if exchange.isTunnel { exchange.receive(parser.unconsumed) }
        } catch {
            exchange.fail(ProxyFailure(.malformed, "The server's response is malformed: \(error.reason)"))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { exchange?.deliver() }

    func channelInactive(context: ChannelHandlerContext) {
        idleAlarm?.cancel()
        if let exchange {
            do {
                if let event = try parser.finish() { exchange.receive(event) }
                exchange.connectionEnded(nil)
            } catch {
                exchange.connectionEnded(error)
            }
        }
        exchange = nil
        self.context = nil
        if isEstablished { pool.remove(self) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A response that would end with the connection does not end with a failure: somebody may have cut it off.
        exchange?.connectionFailed()
        close(context)
    }
}
