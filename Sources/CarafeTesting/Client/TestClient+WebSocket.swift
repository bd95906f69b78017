public import Carafe

extension TestClient {
    /// Opens a WebSocket, gives it to `body`, and closes it when `body` returns.
    ///
    /// ```swift
    /// try await client.webSocket("/chat/1") { socket in
    ///     try await socket.send("Hello")
    ///     #expect(try await socket.receiveText() == "Hello")
    /// }
    /// ```
    ///
    /// Without a socket between, nothing watches the time: there are no pings and no idle timeouts.
    ///
    /// - Parameters:
    ///   - path: the path, with or without a query, or an absolute URL
    ///   - subprotocols: those that the client speaks, the one that it likes best first
    ///   - origin: the origin of the page that opens it; nil for a client that is no browser
    ///   - query: values that are added to the query
    ///   - headers: header fields of the handshake
    ///   - compression: how the client compresses, where the app agrees; nil for not at all
    /// - Throws: ``WebSocketRefused`` where the app does not agree to the handshake
    public func webSocket<Result>(
        _ path: String, subprotocols: [String] = [], origin: String? = nil, query: Parameters = [:],
        headers: Headers = [:], compression: WebSocketCompression? = nil,
        _ body: (TestWebSocket) async throws -> Result
    ) async throws -> Result {
        let handshake = ClientHandshake(
            path: path, subprotocols: subprotocols, origin: origin, query: query, headers: headers,
            compression: compression)
        let message = withCookies(handshake.message)
        switch try await transport.openWebSocket(message, handshake) {
        case .refused(let response):
            keepCookies(of: response.headers, from: message.url)
            throw WebSocketRefused(response: try await whole(response, to: message))
        case .opened(let connection):
            keepCookies(of: connection.headers, from: message.url)
            let socket = TestWebSocket(connection)
            do {
                let result = try await body(socket)
                await connection.end()
                return result
            } catch {
                await connection.end()
                throw error
            }
        }
    }
}

/// A handshake that the app did not agree to.
public struct WebSocketRefused: Error, CustomStringConvertible {
    /// What it answered instead.
    public let response: TestResponse

    /// The answer in short.
    public var description: String { "The WebSocket was refused: \(response)" }
}

/// What a client asks for.
struct ClientHandshake: Sendable {
    let message: TestMessage
    let key: String
    let compression: WebSocketCompression?

    init(
        path: String, subprotocols: [String], origin: String?, query: Parameters, headers: Headers,
        compression: WebSocketCompression?
    ) {
        var headers = headers
        key = headers[.secWebSocketKey] ?? WebSocketHandshake.randomKey()
        headers[.secWebSocketKey] = key
        headers[.connection] = "Upgrade"
        headers[.upgrade] = "websocket"
        if !headers.contains(.secWebSocketVersion) { headers[.secWebSocketVersion] = "13" }
        if let origin { headers[.origin] = origin }
        if !subprotocols.isEmpty { headers[.secWebSocketProtocol] = subprotocols.joined(separator: ", ") }
        if let compression { headers[.secWebSocketExtensions] = WebSocketDeflate.offer(compression) }
        message = TestMessage(method: .get, url: TestURL(path, query: query), headers: headers, content: .none)
        self.compression = compression
    }

    /// The client's end, once the server has agreed.
    func makeSocket(_ response: Headers) throws -> WebSocket {
        guard response[.secWebSocketAccept] == WebSocketHandshake.accept(key) else { throw WrongAcceptKey() }
        let deflate = try WebSocketDeflate.agreed(response[values: .secWebSocketExtensions], compression)
        var options = WebSocketOptions()
        options.maxMessageSize = 64 * 1024 * 1024
        return WebSocket(
            role: .client, subprotocol: response[.secWebSocketProtocol], options: options, deflate: deflate)
    }
}

/// A server that agreed to another handshake than the client's.
struct WrongAcceptKey: Error, CustomStringConvertible {
    let description = "Sec-WebSocket-Accept does not belong to the key."
}
