import Carafe
import CarafeHTTP
import NIOCore
import NIOPosix

extension SocketTransport {
    func openWebSocket(_ message: TestMessage, _ handshake: ClientHandshake) async throws -> WebSocketAnswer {
        let (channel, answer) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let promise = channel.eventLoop.makePromise(of: WebSocketClientHandler.Answer.self)
                    try channel.pipeline.syncOperations.addHandler(WebSocketClientHandler(handshake, promise))
                    return (channel, promise.futureResult)
                }
            }
        var head = ByteBuffer(string: "GET \(message.url.target) HTTP/1.1\r\n")
        for (name, value) in message.sentHeaders { head.writeString("\(name): \(value)\r\n") }
        head.writeString("\r\n")
        do {
            try await channel.writeAndFlush(head).get()
            switch try await answer.get() {
            case .opened(let socket, let headers):
                return .opened(
                    OpenWebSocket(socket: socket, headers: headers) {
                        try? await channel.close().get()
                    } finish: {
                    })
            case .refused(let status, let headers, let content):
                try? await channel.close().get()
                return .refused(
                    IncomingResponse(
                        status: status, headers: headers, body: RequestBody(content), request: nil, end: {}))
            }
        } catch {
            try? await channel.close().get()
            throw error
        }
    }
}

/// The client's end of a connection that is to become a WebSocket.
private final class WebSocketClientHandler: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    enum Answer: Sendable {
        case opened(WebSocket, Headers)
        case refused(HTTPResponse.Status, Headers, ByteBuffer)
    }

    // All of it is touched on the channel's event loop only.
    private let handshake: ClientHandshake
    private var promise: EventLoopPromise<Answer>?
    private var received = ByteBuffer()
    private var socket: WebSocket?
    private var context: ChannelHandlerContext?

    init(_ handshake: ClientHandshake, _ promise: EventLoopPromise<Answer>) {
        self.handshake = handshake
        self.promise = promise
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let socket {
            socket.receive(unwrapInboundIn(data))
            return
        }
        received.writeImmutableBuffer(unwrapInboundIn(data))
        do { try readAnswer(context, isEnd: false) } catch { fail(error, context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { service() }

    func channelWritabilityChanged(context: ChannelHandlerContext) { service() }

    func channelInactive(context: ChannelHandlerContext) {
        socket?.disconnected()
        do { try readAnswer(context, isEnd: true) } catch { fail(error, context) }
        fail(ContentInterrupted(.disconnected), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error, context) }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        promise?.fail(error)
        promise = nil
        context.close(promise: nil)
    }

    /// Reads the response, once all of it has come.
    private func readAnswer(_ context: ChannelHandlerContext, isEnd: Bool) throws {
        guard let promise, let (status, headers, length) = ResponseHead.read(received) else { return }
        var content = received
        content.moveReaderIndex(forwardBy: length)
        if status.code == 101 {
            let socket = try handshake.makeSocket(headers)
            self.socket = socket
            let eventLoop = context.eventLoop
            socket.attach { eventLoop.execute { self.service() } }
            socket.receive(content)
            self.promise = nil
            promise.succeed(.opened(socket, headers))
            return
        }
        let expected = headers[.contentLength].flatMap { Int($0) }
        guard isEnd || expected.map({ content.readableBytes >= $0 }) ?? false else { return }
        self.promise = nil
        promise.succeed(.refused(status, headers, content))
    }

    private func service() {
        guard let socket, let context else { return }
        socket.beginService()
        while context.channel.isWritable, let output = socket.takeOutput() {
            context.writeAndFlush(NIOAny(output), promise: nil)
        }
        // The server closes first.
        try? context.channel.syncOptions?.setOption(.autoRead, value: socket.wantsInput || socket.isOver)
    }
}

/// The head of a response to a handshake.
private enum ResponseHead {
    static func read(_ bytes: ByteBuffer) -> (HTTPResponse.Status, Headers, length: Int)? {
        let text = String(buffer: bytes)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        var lines = text[..<end.lowerBound].split(separator: "\r\n")
        guard !lines.isEmpty else { return nil }
        let statusLine = lines.removeFirst().split(separator: " ", maxSplits: 2)
        guard statusLine.count > 1, let code = Int(statusLine[1]) else { return nil }
        let status = HTTPResponse.Status(
            code: code, reasonPhrase: statusLine.count > 2 ? String(statusLine[2]) : "")
        var headers = Headers()
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { continue }
            try? headers.append(String(parts[1].drop { $0 == " " }), for: name)
        }
        return (status, headers, text[..<end.upperBound].utf8.count)
    }
}
