import CarafeHTTP
import CarafeServer
import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2

/// A client's HTTP/2 connection: keeps its streams, watches the time, and says good-bye.
///
/// Frames, flow control and the compression of fields are swift-nio-http2's, as are the counts of what only an attacker
/// does; each request is an ``HTTP2Stream``.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
final class HTTP2Connection: ChannelInboundHandler, LoopConnection, @unchecked Sendable {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum Stage {
        case open
        /// The last GOAWAY is on its way; what the client still sends is dropped until then.
        case closing(Tick)
        case closed
    }

    let loop: ConnectionLoop
    /// What requests are told of the connection.
    let info: ConnectionInfo
    private let wire: HTTP2Wire
    private let maxRunning: Int
    private var context: ChannelHandlerContext?
    private var stage = Stage.open
    private var streams: [HTTP2Stream] = []
    /// The handlers that run, also for streams that are gone.
    var running = 0
    private var hasServed = false
    /// Whether the client has said that it sends no further request.
    private var isClientLeaving = false
    private var lastStream = HTTP2StreamID.rootStream

    var index = 0
    /// When a connection without streams is closed.
    private var deadline: Tick = .max
    private var unsentBytes = 0
    private var lastProgress: Tick = 0

    private init(_ connection: AcceptedConnection, _ options: HTTP2Options, _ wire: HTTP2Wire, security: TLSSession?) {
        loop = connection.loop
        self.wire = wire
        maxRunning = max(1, options.maxConcurrentStreams)
        let channel = connection.channel
        info = ConnectionInfo(
            remoteAddress: connection.remoteAddress, localAddress: connection.localAddress,
            scheme: security == nil ? "http" : "https", security: security, eventLoop: channel.eventLoop)
    }

    /// What speaks HTTP/2 over an accepted connection, in the order of the pipeline.
    static func handlers(
        for connection: AcceptedConnection, _ options: HTTP2Options, security: TLSSession?
    ) -> [any ChannelHandler] {
        let wire = HTTP2Wire()
        let own = HTTP2Connection(connection, options, wire, security: security)
        let frames = NIOHTTP2Handler(
            mode: .server, eventLoop: connection.channel.eventLoop, connectionConfiguration: options.connection,
            streamConfiguration: options.stream
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(HTTP2Stream(own))
            }
        }
        return [wire, frames, own]
    }

    // MARK: - The channel's events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.add(self)
        deadline = loop.now &+ loop.timeouts.header
        if loop.isDraining { drain() }
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Frames of streams do not come here.
        guard case .goAway = unwrapInboundIn(data).payload else { return }
        isClientLeaving = true
        if streams.isEmpty { beginClosing() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        guard case .open = stage, !streams.isEmpty else { return abort() }
        isClientLeaving = true
        for stream in streams { stream.inputClosed() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stage = .closed
        loop.remove(self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        loop.logger.debug("A client broke a rule of HTTP/2, or its connection failed: \(error)")
        guard error is any NIOHTTP2Error || error is any NIOHPACKError else { return abort() }
        if wire.hasFailed { beginClosing() }
    }

    // MARK: - Streams

    /// Whether another handler may run.
    var hasRoom: Bool { running < maxRunning }

    /// Takes a stream into its care.
    func add(_ stream: HTTP2Stream, _ id: HTTP2StreamID?) {
        hasServed = true
        if let id { lastStream = max(lastStream, id) }
        stream.index = streams.count
        streams.append(stream)
        deadline = .max
    }

    /// Lets a stream go that has ended.
    func remove(_ stream: HTTP2Stream) {
        let index = stream.index
        guard index < streams.count, streams[index] === stream else { return }
        let last = streams.removeLast()
        if last !== stream {
            streams[index] = last
            last.index = index
        }
        guard streams.isEmpty else { return }
        deadline = loop.now &+ loop.timeouts.keepAlive
        if isClientLeaving { beginClosing() }
        if loop.closesIdleConnections != .none { closeIfIdle() }
    }

    // MARK: - Closing

    /// Tells the client to send no further request; those that are on their way are still answered.
    func drain() {
        guard case .open = stage else { return }
        sendGoAway(lastStream: .maxID)
        for stream in streams { stream.drain() }
    }

    /// Closes where no request is under way.
    func closeIfIdle() {
        guard case .open = stage, streams.isEmpty, loop.closesIdleConnections == .all || hasServed else { return }
        beginClosing()
    }

    /// Closes at once, whatever is under way.
    func abort() { context?.close(promise: nil) }

    /// - Parameter lastStream: the last stream that is answered; a client may send the requests of later ones again
    private func sendGoAway(lastStream: HTTP2StreamID) {
        let frame = HTTP2Frame(
            streamID: .rootStream, payload: .goAway(lastStreamID: lastStream, errorCode: .noError, opaqueData: nil))
        context?.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    /// Closes in such a way that the client can read what was written last: a socket that is closed with unread bytes
    /// resets the connection, and a reset discards what the client has not read yet.
    private func beginClosing() {
        guard case .open = stage, let context else { return }
        stage = .closing(loop.now &+ loop.timeouts.linger)
        // A connection that has failed has said so.
        if !wire.hasFailed { sendGoAway(lastStream: lastStream) }
        wire.isDeaf = true
        context.close(mode: .output, promise: nil)
    }

    // MARK: - Time

    func tick(_ now: Tick) {
        switch stage {
        case .closed: return
        case .closing(let end): if now >= end { abort() }
        case .open:
            // From the end: one that ends here is replaced by the last, which has been looked at.
            var index = streams.count - 1
            while index >= 0 {
                if index < streams.count { streams[index].tick(now) }
                index -= 1
            }
            checkProgress(now)
            if streams.isEmpty, now >= deadline { beginClosing() }
        }
    }

    /// Closes where the client has taken nothing for too long.
    private func checkProgress(_ now: Tick) {
        let unsent = (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if unsent == 0 || unsent != unsentBytes {
            (unsentBytes, lastProgress) = (unsent, now)
        } else if now &- lastProgress >= loop.timeouts.send {
            loop.logger.debug("A client took nothing of its responses for \(loop.configuration.sendTimeout).")
            abort()
        }
    }
}
