import CarafeHTTP
import HTTPTypes
import NIOCore

/// From a request to a WebSocket.
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
}

extension Response {
    /// What takes the connection over; nil where this is a response like any other. A hook that changed the status has
    /// refused the handshake.
    func upgrade(for traits: RequestTraits) -> WebSocketUpgrade? {
        guard case .webSocket(let upgrade) = body.storage, status.code == 101, traits.version == .http11 else {
            return nil
        }
        return upgrade
    }
}
