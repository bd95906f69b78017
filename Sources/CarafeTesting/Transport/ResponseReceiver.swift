import CarafeHTTP
import NIOCore
import NIOHTTP1

/// A response on its way over a connection: its head first, then its content as it is read.
struct ResponseReceiver: Sendable {
    let channel: any Channel
    let head: EventLoopFuture<HTTPResponseHead>
    let body: RequestBody

    /// Begins to receive on a new connection; called on its event loop.
    init(on channel: any Channel) throws {
        let promise = channel.eventLoop.makePromise(of: HTTPResponseHead.self)
        self.channel = channel
        head = promise.futureResult
        // Reading goes on when the reader has taken what there was.
        body = RequestBody(contentLength: nil, limit: .max) {
            channel.setOption(.autoRead, value: true).whenComplete { _ in }
        }
        try channel.pipeline.syncOperations.addHTTPClientHandlers()
        try channel.pipeline.syncOperations.addHandler(ResponseHandler(head: promise, body: body))
    }
}

/// Takes a connection's response apart.
private final class ResponseHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private var head: EventLoopPromise<HTTPResponseHead>?
    private let body: RequestBody

    init(head: EventLoopPromise<HTTPResponseHead>, body: RequestBody) {
        self.head = head
        self.body = body
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let received):
            head?.succeed(received)
            head = nil
        case .body(let bytes):
            guard case .pause = body.feed(bytes) else { return }
            try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        case .end(let trailers):
            body.finish(trailers: trailers.flatMap { try? Headers($0) })
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { end(ContentInterrupted(.disconnected)) }

    private func end(_ error: any Error) {
        head?.fail(error)
        head = nil
        body.fail(error)
    }
}
