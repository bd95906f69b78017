import Carafe
import NIOCore

/// A way to an app.
protocol Transport: Sendable {
    /// Sends a request and waits for the head of its response.
    func send(_ message: TestMessage) async throws -> IncomingResponse
    /// Opens a WebSocket.
    func openWebSocket(_ message: TestMessage, _ handshake: ClientHandshake) async throws -> WebSocketAnswer
}

/// A request that is on its way.
struct TestMessage: Sendable {
    var method: HTTPRequest.Method
    var url: TestURL
    var headers: Headers
    var content: TestContent.Storage

    /// The header fields as they are sent: those of the test, `Host`, and what tells the content's length.
    var sentHeaders: [(name: String, value: String)] {
        var sent = [(name: String, value: String)]()
        if !headers.contains(where: { $0.name.lowercased() == "host" }) { sent.append(("Host", url.authority)) }
        for (name, value) in headers { sent.append((name, value)) }
        if !headers.contains(.userAgent) { sent.append(("User-Agent", "Carafe test client")) }
        guard !headers.contains(.contentLength), !headers.contains(.transferEncoding) else { return sent }
        switch content {
        case .none:
            // A request whose method expects content says that it has none (RFC 9110 §8.6).
            if [.post, .put, .patch].contains(method) { sent.append(("Content-Length", "0")) }
        case .bytes(let bytes): sent.append(("Content-Length", String(bytes.readableBytes)))
        case .stream: sent.append(("Transfer-Encoding", "chunked"))
        }
        return sent
    }
}

/// A response whose content arrives.
struct IncomingResponse: Sendable {
    var status: HTTPResponse.Status
    var headers: Headers
    /// The content as it arrives; a request's content is read the same way.
    var body: RequestBody
    /// The request, where it is at hand.
    var request: Request?
    /// Takes no more of the content, and lets go of what was held for it.
    var end: @Sendable () async -> Void
}
