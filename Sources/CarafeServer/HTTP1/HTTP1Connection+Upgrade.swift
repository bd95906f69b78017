import CarafeHTTP
import HTTPTypes
import NIOCore

/// From a request to a WebSocket, or to what a proxy passes on.
extension HTTP1Connection {
    /// Sends the response that agrees to a handshake, and gives the connection to the socket.
    ///
    /// - Returns: what runs the handler
    func upgrade(_ response: Response, _ upgrade: WebSocketUpgrade, on exchange: Exchange) -> WebSocketConnection? {
        writeUpgradeHead(of: response, exchange.traits)
        flush()
        guard let context, !isClosed else {
            loop.counters.requestEnded()
            response.close(ContentInterrupted(.disconnected))
            return nil
        }
        let connection = WebSocketConnection(loop: loop, upgrade: upgrade, response: response, exchange: exchange)
        let pipeline = context.pipeline.syncOperations
        do {
            try pipeline.addHandler(connection, position: .after(self))
        } catch {
            loop.counters.requestEnded()
            response.close(error)
            abort()
            return nil
        }
        let received = parser.unconsumed
        stage = .closed
        receiving = .nothing
        answering = .nothing
        loop.add(connection)
        loop.remove(self)
        pipeline.removeHandler(self, promise: nil)
        connection.start(with: received, isInputClosed: isInputClosed)
        return connection
    }

    /// Sends a 101; from then on what the client sends is content without an end, and so is what it is sent.
    ///
    /// - Returns: what carries both
    func beginTunnel(
        _ response: Response, _ tunnel: ResponseBody.Tunnel, on exchange: Exchange
    ) -> StreamWork {
        writeUpgradeHead(of: response, exchange.traits)
        answering = .streaming(exchange)
        exchange.response = response
        let incoming = RequestBody(contentLength: nil, limit: .max) { [self] in
            loop.eventLoop.execute { self.contentWasDemanded() }
        }
        parser.becomeTunnel()
        receiving = .content(
            IncomingContent(body: incoming, declaredLength: nil, expectation: .none, now: loop.now, isTunnel: true))
        if isInputClosed { incoming.fail(ContentInterrupted(.disconnected)) }
        if loop.isDraining { drain() }
        loop.eventLoop.execute { self.resume() }
        return { writer in try await tunnel.work(incoming, writer) }
    }
}

extension Response {
    /// What carries another protocol over the connection; nil where this is a response like any other.
    func tunnel(for traits: RequestTraits) -> ResponseBody.Tunnel? {
        guard case .tunnel(let tunnel) = body.storage, status.code == 101, traits.version == .http11 else {
            return nil
        }
        return tunnel
    }

    /// What takes the connection over; nil where this is a response like any other. A hook that changed the status has
    /// refused the handshake.
    func upgrade(for traits: RequestTraits) -> WebSocketUpgrade? {
        guard case .webSocket(let upgrade) = body.storage, status.code == 101, traits.version == .http11 else {
            return nil
        }
        return upgrade
    }
}
