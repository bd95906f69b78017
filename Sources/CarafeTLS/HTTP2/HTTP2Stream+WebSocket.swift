import CarafeHTTP
import CarafeServer
import HTTPTypes
import NIOCore
import NIOHPACK
import NIOHTTP2

/// A stream that has become a WebSocket (RFC 8441): carries its bytes in DATA frames, both ways.
extension HTTP2Stream {
    /// What takes the stream over; nil where this is a response like any other. A hook that changed the status has refused
    /// the handshake.
    func upgrade(of response: Response) -> WebSocketUpgrade? {
        guard case .webSocket(let upgrade) = response.body.storage, response.status.code == 101 else { return nil }
        return upgrade
    }

    /// Makes the stream a WebSocket, and runs its handler.
    func sendUpgrade(_ response: Response, _ upgrade: WebSocketUpgrade, _ traits: RequestTraits) {
        let exchange = Exchange(traits)
        start(exchange)
        guard let socket = open(response, upgrade, on: exchange) else { return }
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self] in
                await socket.run(upgrade.work)
                await loop.run { self.connection.running -= 1 }
            })
    }

    /// Sends the response that agrees to a handshake, which is a 200 here, and puts the socket behind the stream.
    ///
    /// - Returns: what runs the handler
    func open(_ response: Response, _ upgrade: WebSocketUpgrade, on exchange: Exchange) -> WebSocketConnection? {
        let socket = WebSocketConnection(
            loop: loop, upgrade: upgrade, response: response, exchange: exchange,
            unsentBytes: { [weak self] in self?.unsentBytes ?? 0 })
        do {
            guard let context else { throw ContentInterrupted(.disconnected) }
            try context.pipeline.syncOperations.addHandler(socket, position: .after(self))
        } catch {
            loop.counters.requestEnded()
            connection.running -= 1
            answering = .nobody
            response.close(error)
            reset(.internalError)
            return nil
        }
        answering = .socket(exchange)
        // 101 has no content, and so no length.
        let framing = ResponseFraming(status: .switchingProtocols, contentLength: nil, method: .get, version: .http2)
        writeFields(fields(of: response, framing, status: 200), isEnd: false)
        context?.flush()
        loop.add(socket)
        let received = early
        early = ByteBuffer()
        socket.start(with: received, isInputClosed: isRequestComplete)
        return socket
    }

    /// Passes on what the client sends to a WebSocket, or keeps it until there is one.
    func receiveForSocket(_ bytes: ByteBuffer, isEnd: Bool) {
        guard let context else { return }
        switch answering {
        case .socket:
            if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
            if isEnd { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        case .working: early.writeImmutableBuffer(bytes)
        case .nothing, .streaming, .sending, .nobody: break
        }
    }

    // MARK: - What the socket writes

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        unsentBytes += bytes.readableBytes
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in unsentBytes -= bytes.readableBytes }
        context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(bytes)))), promise: written)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        let end = HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))
        context.writeAndFlush(wrapOutboundOut(end), promise: promise)
    }
}
