import CarafeHTTP
import HTTPTypes
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One client's connection: reads requests, has them answered in order, and writes the responses.
///
/// Three states tell where it stands: ``receiving`` (what the next bytes belong to), ``answering`` (whether a response
/// is being made) and ``stage`` (whether the connection goes on). Requests that are answered at once never leave
/// ``channelRead(context:data:)``; their responses gather in the event loop's output buffer and leave in one write
/// when the read is complete.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
final class HTTP1Connection: ChannelInboundHandler, RemovableChannelHandler, LoopConnection, ResponseCarrier,
    @unchecked Sendable
{
    typealias InboundIn = ByteBuffer

    /// What the next bytes belong to.
    enum Receiving {
        /// Between requests, or within a head.
        case head
        /// The content of the request that is being answered.
        case content(IncomingContent)
        /// The content of a request that has been answered; so many bytes more are read and dropped.
        case rest(Int)
        /// No further request is taken.
        case nothing
    }

    /// Whether a response is being made.
    enum Answering {
        case nothing
        /// A task makes the response.
        case working(Exchange)
        /// The head has been written; a task writes the content.
        case streaming(Exchange)
    }

    /// Whether the connection goes on.
    enum Stage {
        case open
        /// The last response is on its way out.
        case closing
        /// The last response has left; so many bytes more are read and dropped, that the client may read it.
        case lingering(Int)
        case closed
    }

    /// What the deadline stands for.
    enum Deadline {
        case none
        /// For the first byte of a request.
        case idle
        /// For the end of a head.
        case head
        /// For content to arrive.
        case content
        /// For the rest of a request, or of what the client sends, to be dropped.
        case rest
    }

    let loop: ConnectionLoop
    let responder: any Responder
    /// What protects the connection; nil where nothing does.
    let security: ConnectionSecurity?
    var context: ChannelHandlerContext?
    /// The connection's socket while the channel is active; nil where its bytes are not those of HTTP, and where there
    /// is none, as in tests without a network.
    private(set) var descriptor: CInt?
    // The event loop alone touches what a request changes, one step after the other: the runtime need not watch over
    // accesses that overlap, which takes 4 % of a pipelined request.
    @exclusivity(unchecked) var parser: HTTP1Parser
    @exclusivity(unchecked) var receiving = Receiving.head
    @exclusivity(unchecked) var answering = Answering.nothing
    @exclusivity(unchecked) var stage = Stage.open

    /// The connection's place in its loop's list.
    var index = 0
    /// Whether there has been a request.
    var hasServed = false
    /// Whether a read is being worked off, at whose end the output is flushed.
    private(set) var isReadingNow = false
    var isAdvancing = false
    var isFlushing = false
    /// Whether buffers were handed to the channel past the loop's output buffer and wait for a flush.
    var hasDirectWrites = false
    /// Whether the client has shut its side.
    var isInputClosed = false
    /// Whether the channel is asked to read.
    private var isReading = true
    /// The flushes that the system has not taken yet.
    var pendingFlushes: Int32 = 0
    /// The bytes of further requests that arrived while one was being answered.
    private var backlog: Int32 = 0

    var deadlineKind = Deadline.none
    var deadline: Tick = .max
    var sendDeadline: Tick = .max
    var unsentBytes = 0
    /// The file that the system is sending.
    var sentFile: FileBody?

    /// How many bytes of further requests are taken while one is being answered.
    private static let backlogLimit = 16 * 1024

    /// What has read for whom a proxy speaks; nil where none does.
    private let proxy: ProxyHeaderHandler?

    /// What requests are told of the connection; made for the first one.
    private(set) lazy var info = ConnectionInfo(
        remoteAddress: proxy?.header?.source ?? context?.remoteAddress,
        localAddress: proxy?.header?.destination ?? context?.localAddress,
        scheme: security == nil ? "http" : "https", security: security?.details, eventLoop: loop.eventLoop)

    /// - Parameters:
    ///   - responder: who answers; the server's responder by default
    ///   - proxy: what reads for whom a proxy speaks
    init(
        loop: ConnectionLoop, responder: (any Responder)? = nil, security: ConnectionSecurity? = nil,
        proxy: ProxyHeaderHandler? = nil
    ) {
        self.proxy = proxy
        self.loop = loop
        self.responder = responder ?? loop.responder
        self.security = security
        parser = HTTP1Parser(limits: loop.configuration.limits, isSecured: security != nil)
    }

    // MARK: - The channel's events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // A handshake may have come first.
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) { begin(context) }

    private func begin(_ context: ChannelHandlerContext) {
        if security == nil {
            descriptor = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) { $0 }
        }
        loop.add(self)
        setDeadline(.idle, in: loop.timeouts.header)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        switch stage {
        case .open:
            if case .nothing = receiving { return }
            isReadingNow = true
            if case .nothing = answering {} else { noteBacklog(bytes.readableBytes) }
            parser.append(bytes)
            advance()
            if parser.isIdle {
                // The parser lets go of the memory that it has consumed.
                parser.append(ByteBuffer())
                loop.noteInput(bytes)
            }
        case .lingering(let allowance):
            let rest = allowance - bytes.readableBytes
            stage = .lingering(rest)
            if rest < 0 { abort() }
        case .closing, .closed: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReadingNow = false
        flush()
        settle()
        loop.recycleInput()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard !isFlushing, context.channel.isWritable else { return }
        resumeWriters()
        resume()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        isInputClosed = true
        if case .content(let content) = receiving { content.body.fail(ContentInterrupted(.disconnected)) }
        switch receiving {
        case .content, .rest: receiving = .nothing
        case .head, .nothing: break
        }
        resume()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stage = .closed
        descriptor = nil
        loop.remove(self)
        // What waits to be flushed is dropped: the output buffer is the event loop's, and the next writer's.
        flush()
        if case .content(let content) = receiving { content.body.fail(ContentInterrupted(.disconnected)) }
        receiving = .nothing
        switch answering {
        case .nothing: break
        case .working(let exchange), .streaming(let exchange): exchange.cancel()
        }
        answering = .nothing
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        loop.logger.debug("A connection failed: \(error)")
        context.close(promise: nil)
    }

    // MARK: - Going on and closing

    /// Whether the connection has ended.
    var isClosed: Bool { if case .closed = stage { true } else { false } }

    /// Whether the client has taken enough of what was written before.
    var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Goes on with what has been received, outside a read.
    func resume() {
        guard !isAdvancing, !isReadingNow else { return }
        advance()
        flush()
        if parser.isIdle { parser.append(ByteBuffer()) }
        settle()
    }

    /// Brings reading and the deadline in line with the state.
    func settle() {
        updateReading()
        updateDeadline()
        closeIfFinished()
        if loop.closesIdleConnections != .none { closeIfIdle() }
    }

    private func noteBacklog(_ count: Int) {
        guard case .head = receiving else { return }
        backlog = Int32(clamping: Int(backlog) + count)
    }

    /// Reads while there is somebody to take what comes.
    private func updateReading() {
        let wanted: Bool
        switch (stage, receiving) {
        case (.open, .head):
            if case .nothing = answering {
                backlog = 0
                wanted = isWritable
            } else {
                wanted = backlog < Self.backlogLimit
            }
        case (.open, .content(let content)): wanted = !content.isPaused
        case (.open, .rest), (.lingering, _): wanted = true
        // What comes after the last request stays with the system until the response has left.
        case (.open, .nothing), (.closing, _): wanted = false
        case (.closed, _): return
        }
        guard wanted != isReading else { return }
        isReading = wanted
        try? context?.channel.syncOptions?.setOption(.autoRead, value: wanted)
    }

    /// Takes no further request: the connection closes when the output has left.
    func beginClosing() {
        if case .content(let content) = receiving { content.body.fail(ContentInterrupted(.disconnected)) }
        receiving = .nothing
        if case .open = stage { stage = .closing }
    }

    /// Closes when the last response has left, in such a way that the client can read it: a socket that is closed
    /// with unread bytes resets the connection, and a reset discards what the client has not read yet. So only the
    /// writing side is shut, and what the client still sends is read and dropped for a moment (RFC 9112 §9.6).
    func closeIfFinished() {
        guard pendingFlushes == 0, loop.writer !== self, let context else { return }
        switch stage {
        case .open:
            guard isInputClosed, case .nothing = answering else { return }
            context.close(promise: nil)
        case .closing where isInputClosed: context.close(promise: nil)
        case .closing:
            stage = .lingering(loop.configuration.lingerLimit)
            setDeadline(.rest, in: loop.timeouts.linger)
            context.close(mode: .output, promise: nil)
            updateReading()
        case .lingering, .closed: break
        }
    }

    /// Closes at once where no request has begun.
    func closeIfIdle() {
        guard case .open = stage, case .head = receiving, case .nothing = answering, parser.isIdle,
            pendingFlushes == 0, loop.closesIdleConnections == .all || isRested
        else { return }
        context?.close(promise: nil)
    }

    /// What is being answered has its time, unless it would go on for ever; the response will be the last.
    func drain() {
        if case .streaming(let exchange) = answering { exchange.drain() }
    }

    /// Closes at once, whatever is under way.
    func abort() {
        context?.close(promise: nil)
    }

    /// Closes so that the client sees that what it has got is incomplete, even where only the end of the connection
    /// would have told it the end of the content.
    func reset() {
        // In the event loop the option is set before the call returns.
        _ = (context?.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        context?.close(promise: nil)
    }
}
