import CarafeHTTP
import Logging
import NIOCore

/// A connection that has become a WebSocket: carries its bytes, and watches whether the client is still there.
///
/// It takes the place of the ``HTTP1Connection`` that was asked for it, or stands in an HTTP/2 stream.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
package final class WebSocketConnection: ChannelInboundHandler, LoopConnection, @unchecked Sendable {
    package typealias InboundIn = ByteBuffer

    /// Whether the connection goes on.
    private enum Stage {
        case open
        /// The last frame is on its way out.
        case closing
        /// The last frame has left; so many bytes more are read and dropped, that the client may read it.
        case lingering(Int)
        case closed
    }

    let loop: ConnectionLoop
    let socket: WebSocket
    private let options: WebSocketOptions
    private var response: Response?
    private let exchange: Exchange
    private var context: ChannelHandlerContext?
    private var stage = Stage.open
    private var isReading = true
    private var hasHandlerEnded = false
    private var grace: Scheduled<Void>?
    /// How many bytes wait for the client; nil where the channel knows.
    private let unsentBytes: (() -> Int)?

    package var index = 0
    private var clock: WebSocketClock
    private var lingerDeadline: Tick = .max

    /// - Parameters:
    ///   - response: the 101; it is closed when the handler has ended
    ///   - exchange: the task that runs the handler
    ///   - unsentBytes: how many bytes wait for the client, where the channel is one that cannot be asked
    package init(
        loop: ConnectionLoop, upgrade: WebSocketUpgrade, response: Response, exchange: Exchange,
        unsentBytes: (() -> Int)? = nil
    ) {
        self.loop = loop
        self.unsentBytes = unsentBytes
        self.response = response
        self.exchange = exchange
        options = upgrade.options
        socket = upgrade.makeSocket()
        clock = WebSocketClock(upgrade.options, loop.timeouts, now: loop.now)
    }

    // MARK: - The handler

    /// Runs the handler, on this event loop.
    package nonisolated(nonsending) func run(_ work: WebSocketUpgrade.Work) async {
        await work(socket)
        if loop.eventLoop.inEventLoop {
            handlerEnded()
        } else {
            loop.eventLoop.execute { self.handlerEnded() }
        }
    }

    private func handlerEnded() {
        hasHandlerEnded = true
        grace?.cancel()
        loop.counters.requestEnded()
        let isLost = socket.closeCode == .abnormal
        socket.beginClosing(.normal)
        service()
        let response = exchangeResponse()
        response?.close(isLost ? ContentInterrupted(.disconnected) : nil)
    }

    private func exchangeResponse() -> Response? {
        defer { response = nil }
        return response
    }

    /// Gives the handler a while to notice that the client has gone, then cancels its task.
    private func startGrace() {
        guard !hasHandlerEnded, grace == nil else { return }
        let milliseconds = options.handlerGrace.milliseconds
        grace = loop.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { self.exchange.cancel() }
    }

    // MARK: - The channel's events

    package func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    package func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        end()
    }

    /// Begins, with what the client has sent already.
    package func start(with bytes: ByteBuffer, isInputClosed: Bool) {
        socket.attach { [self] in loop.eventLoop.execute { self.service() } }
        if bytes.readableBytes > 0 { socket.receive(bytes) }
        if isInputClosed { socket.disconnected() }
        if loop.isDraining { drain() }
        try? context?.channel.syncOptions?.setOption(.autoRead, value: true)
        // The channel of a stream does not begin by itself.
        context?.read()
        service()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        switch stage {
        case .open:
            clock.received(at: loop.now)
            socket.receive(bytes)
            loop.noteInput(bytes)
        case .lingering(let allowance):
            stage = .lingering(allowance - bytes.readableBytes)
            if bytes.readableBytes > allowance { abort() }
        case .closing, .closed: break
        }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        service()
        loop.recycleInput()
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { service() }
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        // A client that shuts its side without a close frame, or after the last one, has gone.
        socket.disconnected()
        context.close(promise: nil)
    }

    package func channelInactive(context: ChannelHandlerContext) { end() }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        loop.logger.debug("A WebSocket failed: \(error)")
        abort()
    }

    // MARK: - Going on and closing

    /// Sends what is to be sent as far as the client takes it, and brings reading in line with the socket.
    private func service() {
        guard case .open = stage, let context else { return }
        socket.beginService()
        while context.channel.isWritable, let output = socket.takeOutput() {
            context.writeAndFlush(NIOAny(output), promise: nil)
        }
        if socket.isOver {
            startGrace()
            // With room on the connection, everything has been taken.
            if context.channel.isWritable { close(context) }
        } else {
            setReading(socket.wantsInput, context)
        }
    }

    private func setReading(_ wanted: Bool, _ context: ChannelHandlerContext) {
        guard wanted != isReading else { return }
        isReading = wanted
        if wanted { clock.received(at: loop.now) }
        try? context.channel.syncOptions?.setOption(.autoRead, value: wanted)
        if wanted { context.read() }
    }

    /// Closes so that the client can read the last frame: a socket that is closed with unread bytes resets the
    /// connection, and a reset discards what the client has not read yet. The server closes first (RFC 6455 §7.1.1).
    private func close(_ context: ChannelHandlerContext) {
        stage = .closing
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in
            guard case .closing = stage, let context = self.context else { return }
            guard case .success = result else { return abort() }
            stage = .lingering(loop.configuration.lingerLimit)
            lingerDeadline = loop.now &+ loop.timeouts.linger
            setReading(true, context)
            context.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(NIOAny(ByteBuffer()), promise: promise)
    }

    /// The connection is gone.
    private func end() {
        if case .closed = stage { return }
        stage = .closed
        loop.remove(self)
        socket.disconnected()
        startGrace()
    }

    package func drain() { socket.beginClosing(.goingAway, "The server goes down.") }

    package func closeIfIdle() {}

    package func abort() {
        socket.disconnected()
        // A server that stops has no time to give.
        if loop.isDraining { exchange.cancel() }
        context?.close(promise: nil)
    }

    // MARK: - Time

    package func tick(_ now: Tick) {
        switch stage {
        case .open: watch(now)
        case .closing: watchSending(now)
        case .lingering: if now >= lingerDeadline { context?.close(promise: nil) }
        case .closed: break
        }
    }

    private func watch(_ now: Tick) {
        watchSending(now)
        switch clock.tick(now, socket, isReading: isReading) {
        case .nothing: break
        case .ping: socket.ping()
        case .idle: socket.beginClosing(.goingAway, "Idle.")
        case .lost:
            loop.logger.debug("A WebSocket's client gave no sign of life.")
            abort()
        }
    }

    /// Closes where the client has taken nothing for too long.
    private func watchSending(_ now: Tick) {
        let unsent =
            unsentBytes?() ?? (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        guard clock.isStuck(unsent: unsent, now) else { return }
        loop.logger.debug("A WebSocket's client took nothing for \(loop.configuration.sendTimeout).")
        abort()
    }
}
