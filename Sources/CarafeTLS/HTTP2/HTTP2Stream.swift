import CarafeHTTP
import CarafeServer
import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2

/// One request over HTTP/2, and its response; or the WebSocket that it became.
///
/// As with HTTP/1.1, ``receiving`` tells what may still come and ``answering`` whether a response is being made. Content
/// that comes in the same read as the head is complete when the responder sees it; what comes later is read as the
/// responder takes it, and the stream's window holds the client up.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
final class HTTP2Stream: ChannelDuplexHandler, ResponseCarrier, @unchecked Sendable {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// What may still come.
    enum Receiving {
        case head
        /// The head has come; the read may bring content as well.
        case begun(HPACKHeaders)
        case content(IncomingContent)
        /// The request is complete, or nobody wants the rest of it.
        case nothing
    }

    /// Whether a response is being made.
    enum Answering {
        case nothing
        /// A task makes the response.
        case working(Exchange)
        /// The head has been written; a task writes the content.
        case streaming(Exchange)
        /// All of the content is at hand; what of it has not been written yet.
        case sending(ByteBuffer)
        /// The stream is a WebSocket.
        case socket(Exchange)
        /// The end of the response has been written, or nobody waits for one.
        case nobody
    }

    let connection: HTTP2Connection
    var context: ChannelHandlerContext?
    var receiving = Receiving.head
    var answering = Answering.nothing
    /// Whether the client has sent the end of its request.
    var isRequestComplete = false
    /// Content that came with the head; for a WebSocket, what came before its handler.
    var early = ByteBuffer()
    var earlyTrailers: Headers?
    /// The response that is told when its last byte has left.
    var response: Response?
    /// The bytes that the connection has yet to take.
    var unsentBytes = 0
    private var unsentFrames = 0
    private var lastProgress: Tick = 0

    /// The stream's place in its connection's list.
    var index = 0

    init(_ connection: HTTP2Connection) { self.connection = connection }

    var loop: ConnectionLoop { connection.loop }

    /// Whether the client has taken enough of what was written before.
    var isWritable: Bool { context?.channel.isWritable ?? false }

    // MARK: - The channel's events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let id = try? context.channel.syncOptions?.getOption(HTTP2StreamChannelOptions.streamID)
        connection.add(self, id)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let frame): receive(frame)
        case .data(let frame): receive(frame)
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .begun(let fields) = receiving { begin(fields) }
        if case .socket = answering { context.fireChannelReadComplete() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        switch answering {
        case .streaming(let exchange): exchange.resumeWriters()
        case .sending: sendRest()
        case .socket: context.fireChannelWritabilityChanged()
        case .nothing, .working, .nobody: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.remove(self)
        if case .content(let content) = receiving { content.body.fail(ContentInterrupted(.disconnected)) }
        receiving = .nothing
        switch answering {
        case .working(let exchange), .streaming(let exchange):
            exchange.cancel()
            answering = .nobody
        case .socket: context.fireChannelInactive()
        case .sending:
            answering = .nobody
            closeResponse(ContentInterrupted(.disconnected))
        case .nothing, .nobody: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Whatever it is, the stream's end comes behind it.
        loop.logger.debug("A stream failed: \(error)")
        if case .socket = answering { context.fireErrorCaught(error) }
    }

    /// The client has shut its side of the connection.
    func inputClosed() {
        guard case .content(let content) = receiving else { return }
        content.body.fail(ContentInterrupted(.disconnected))
        receiving = .nothing
    }

    /// Ends what would go on for ever.
    func drain() {
        if case .streaming(let exchange) = answering { exchange.drain() }
    }

    // MARK: - Time

    /// Looks whether the client has taken too long.
    func tick(_ now: Tick) {
        if case .content(let content) = receiving, content.isDue, now >= content.deadline(loop.timeouts),
            content.isTooSlow(now: now, loop.timeouts)
        {
            // Its reader is told, and answers 408.
            content.body.fail(ContentInterrupted(.tooSlow))
            receiving = .nothing
        }
        // A WebSocket watches its client itself.
        if case .socket = answering { return }
        var isUnsent = unsentFrames > 0
        if case .sending = answering { isUnsent = true }
        if isUnsent, now &- lastProgress >= loop.timeouts.send {
            loop.logger.debug("A client took nothing of a response for \(loop.configuration.sendTimeout).")
            reset(.cancel)
        }
    }

    // MARK: - Frames out

    /// Writes content.
    ///
    /// - Parameter isEnd: whether it ends the response
    func writeData(_ bytes: ByteBuffer, isEnd: Bool) {
        guard let context else { return closeResponse(ContentInterrupted(.disconnected)) }
        if unsentFrames == 0 { lastProgress = loop.now }
        unsentFrames += 1
        unsentBytes += bytes.readableBytes
        let frame = HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(bytes), endStream: isEnd))
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in
            unsentFrames -= 1
            unsentBytes -= bytes.readableBytes
            lastProgress = loop.now
            if isEnd { endHasLeft(result.failure) }
        }
        context.write(wrapOutboundOut(frame), promise: promise)
        if isEnd { endResponse() }
    }

    /// Writes fields.
    ///
    /// - Parameter isEnd: whether they are all of the response
    func writeFields(_ fields: HPACKHeaders, isEnd: Bool) {
        guard let context else { return closeResponse(ContentInterrupted(.disconnected)) }
        let frame = HTTP2Frame.FramePayload.headers(.init(headers: fields, endStream: isEnd))
        guard isEnd else { return context.write(wrapOutboundOut(frame), promise: nil) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in endHasLeft(result.failure) }
        context.write(wrapOutboundOut(frame), promise: promise)
        endResponse()
    }

    /// The response has been written; nobody wants the rest of the request.
    private func endResponse() {
        answering = .nobody
        if case .content(let content) = receiving { content.body.fail(ContentInterrupted(.disconnected)) }
        receiving = .nothing
        if !isRequestComplete { setReading(false) }
        context?.flush()
    }

    /// The response has left. A client that is still sending its request is told that nobody wants it (RFC 9113 §8.1); told
    /// before, what waits for its window would be lost.
    private func endHasLeft(_ error: (any Error)?) {
        closeResponse(error)
        if !isRequestComplete, error == nil { reset(.noError) }
    }

    /// Ends the stream without an end of the response.
    func reset(_ code: NIOHTTP2.HTTP2ErrorCode) {
        receiving = .nothing
        context?.writeAndFlush(wrapOutboundOut(.rstStream(code)), promise: nil)
    }

    /// Tells that the response has left, or could not.
    func closeResponse(_ error: (any Error)?) {
        guard let response else { return }
        self.response = nil
        response.close(error)
    }
}

extension Result where Success == Void {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
