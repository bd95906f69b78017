import CarafeHTTP
import CarafeServer
import HTTPTypes
import NIOCore
import NIOHPACK

/// A stream that carries another protocol, which a proxy passes on (RFC 8441): its DATA frames are content without an end, both
/// ways.
extension HTTP2Stream {
    /// What carries the other protocol; nil where this is a response like any other.
    func tunnel(of response: Response) -> ResponseBody.Tunnel? {
        guard case .tunnel(let tunnel) = response.body.storage, response.status.code == 101 else { return nil }
        return tunnel
    }

    /// Makes the stream a tunnel, and runs what carries it.
    func sendTunnel(_ response: Response, _ tunnel: ResponseBody.Tunnel, _ traits: RequestTraits) {
        let exchange = Exchange(traits)
        start(exchange)
        let stream = beginTunnel(response, tunnel, on: exchange)
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self, exchange = Unchecked(exchange)] in
                await self.stream(stream, on: exchange)
            })
    }

    /// Sends the response that agrees, which is a 200 here.
    ///
    /// - Returns: what carries both directions
    func beginTunnel(
        _ response: Response, _ tunnel: ResponseBody.Tunnel, on exchange: Exchange
    ) -> StreamWork {
        answering = .streaming(exchange)
        exchange.response = response
        let framing = ResponseFraming(status: .switchingProtocols, contentLength: nil, method: .get, version: .http2)
        writeFields(fields(of: response, framing, status: 200), isEnd: false)
        context?.flush()
        let incoming = RequestBody(contentLength: nil, limit: .max) { [self] in
            loop.eventLoop.execute { self.contentWasDemanded() }
        }
        let content = IncomingContent(
            body: incoming, declaredLength: nil, expectation: .none, now: loop.now, isTunnel: true)
        receiving = .content(content)
        if early.readableBytes > 0 { content.feed(early, now: loop.now) }
        early = ByteBuffer()
        if isRequestComplete {
            incoming.finish()
            receiving = .nothing
        } else {
            setReading(!content.isPaused)
        }
        if loop.isDraining { drain() }
        return { writer in try await tunnel.work(incoming, writer) }
    }
}
