import CarafeHTTP
import CarafeServer
import HTTPTypes
import Logging
import NIOCore

/// A request on its way through a proxy, and back.
struct ForwardedRequest: Sendable {
    private let request: Request
    private let head: ForwardedHead
    private let proxy: Proxy
    private let upstream: Upstream

    /// How long the server is asked whether it wants the content; one that knows nothing of such questions does not answer.
    private static let patience = TimeAmount.seconds(1)

    init(_ request: Request, _ head: ForwardedHead, _ upstream: Upstream, _ proxy: Proxy) {
        (self.request, self.head, self.upstream, self.proxy) = (request, head, upstream, proxy)
    }

    private var eventLoop: any EventLoop { request.connection.eventLoop }

    /// The server's response, or a page that says why there is none.
    func response() async -> Response {
        do throws(ProxyFailure) {
            return try await forward()
        } catch {
            if case .cancelled = error.kind {} else { proxy.logger.warning("\(upstream.authority): \(error.reason)") }
            return error.response(to: request)
        }
    }

    /// Sends the request, if need be a second time: a connection that was kept may have been closed by the server meanwhile. What
    /// cannot be repeated goes over a new connection from the beginning.
    private func forward() async throws(ProxyFailure) -> Response {
        if head.isRepeatable {
            let (connection, isUsed) = try await connection(isFresh: head.webSocketKey != nil)
            do throws(ProxyFailure) {
                return try await exchange(on: connection)
            } catch {
                guard isUsed, error.isBeforeResponse else { throw error }
            }
        }
        return try await exchange(on: connection(isFresh: true).connection)
    }

    private func connection(
        isFresh: Bool
    ) async throws(ProxyFailure) -> (connection: UpstreamConnection, isUsed: Bool) {
        try await proxy.pool.connection(to: upstream, on: eventLoop, for: proxy, isFresh: isFresh)
    }

    private func exchange(on connection: UpstreamConnection) async throws(ProxyFailure) -> Response {
        let exchange = UpstreamExchange(connection, isUpgrade: head.webSocketKey != nil, proxy)
        var beginning = head.bytes
        if let content = head.content {
            beginning.writeImmutableBuffer(content)
            exchange.begin(beginning, method: request.method, upload: nil)
        } else {
            exchange.begin(beginning, method: request.method) { await upload(over: exchange) }
        }
        let answer = try await exchange.response()
        if answer.head.content == .upgraded { return try tunnel(answer, exchange) }
        return response(of: answer, exchange)
    }

    // MARK: - To the server

    /// Sends content as the client sends it.
    private func upload(over exchange: UpstreamExchange) async {
        if head.expectsContinue {
            guard await exchange.isContentWanted(within: Self.patience) else { return }
        }
        do {
            for try await piece in request.body {
                var bytes = piece
                if head.isChunked {
                    bytes = ByteBuffer()
                    HTTP1Serializer.writeChunk(piece, into: &bytes)
                }
                try await exchange.send(bytes)
            }
            if head.isChunked {
                var bytes = ByteBuffer()
                HTTP1Serializer.writeLastChunk(into: &bytes)
                try await exchange.send(bytes)
            }
            exchange.requestEnded()
        } catch let error as ContentInterrupted {
            exchange.fail(on: eventLoop, ProxyFailure(.interrupted(error), error.description))
        } catch is ContentTooLarge {
            exchange.fail(on: eventLoop, ProxyFailure(.refused(.contentTooLarge), "The content is too large."))
        } catch {
            // The server takes no more: it has answered, or its connection's end tells why not.
        }
    }

    // MARK: - To the client

    private func response(of answer: UpstreamExchange.Answer, _ exchange: UpstreamExchange) -> Response {
        let headers = ReturnedHead(answer.head, to: request.head, proxy, upstream).headers
        var response = Response(status: answer.head.status, headers: headers)
        if answer.head.content == .none { return response }
        if let bytes = answer.content.buffered {
            response.body = .bytes(bytes)
            return response
        }
        let content = answer.content
        response.body = .stream(length: content.contentLength) { writer in
            for try await piece in content { try await writer.write(piece) }
        }
        response.body.isEndless = headers.contentType.map { $0.type == "text" && $0.subtype == "event-stream" } ?? false
        response.onClose { _ in exchange.abandon() }
        return response
    }

    /// Connects the client with a server that has agreed to a WebSocket.
    private func tunnel(
        _ answer: UpstreamExchange.Answer, _ exchange: UpstreamExchange
    ) throws(ProxyFailure) -> Response {
        guard let key = head.webSocketKey,
            answer.head.headers[.secWebSocketAccept] == WebSocketHandshake.accept(key)
        else {
            exchange.abandon()
            throw ProxyFailure(.malformed, "The server's Sec-WebSocket-Accept is not that of the request's key.")
        }
        var headers = ReturnedHead(answer.head, to: request.head, proxy, upstream).headers
        if request.head.isExtendedConnect {
            headers.remove(.secWebSocketAccept)
        } else {
            headers[.upgrade] = "websocket"
            headers[.connection] = "Upgrade"
        }
        var response = Response(status: .switchingProtocols, headers: headers)
        response.body = .tunnel {
            exchange.goAway()
        } _: { incoming, writer in
            try await Self.pass(incoming, writer, answer.content, exchange)
        }
        response.onClose { _ in exchange.abandon() }
        return response
    }

    /// Passes bytes both ways until one side ends.
    private static func pass(
        _ incoming: RequestBody, _ writer: ResponseWriter, _ outgoing: RequestBody, _ exchange: UpstreamExchange
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for try await bytes in incoming { try await exchange.send(bytes) } }
            group.addTask { for try await bytes in outgoing { try await writer.write(bytes) } }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
