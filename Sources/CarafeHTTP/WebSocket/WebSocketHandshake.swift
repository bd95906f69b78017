import Crypto
package import HTTPTypes
internal import NIOCore

/// The opening handshake (RFC 6455 §4), as the server sees it.
package enum WebSocketHandshake {
    /// Why a handshake is refused: what the client is answered.
    package struct Refusal: Error, Sendable {
        package let status: HTTPResponse.Status
        package let detail: String
        package var headers = Headers()
    }

    /// What a handshake asks for, once its form is known to be right.
    package struct Offer: Sendable {
        /// The value of `Sec-WebSocket-Key`; nil over HTTP/2, which has none (RFC 8441 §5).
        package let key: String?
        /// The subprotocols that the client speaks, the one that it likes best first.
        package let subprotocols: [String]
        /// The values of `Sec-WebSocket-Extensions`.
        package let extensions: [String]
    }

    /// Whether a request asks for the connection to become a WebSocket, whether or not in the right form.
    package static func isRequested(by head: RequestHead) -> Bool {
        head.isExtendedConnect
            || head.headers.contains(.upgrade) && hasToken("websocket", in: head.headers[values: .upgrade])
                && hasToken("upgrade", in: head.headers[values: .connection])
    }

    /// Reads a request that ``isRequested(by:)``.
    package static func read(_ head: RequestHead) throws(Refusal) -> Offer {
        let headers = head.headers
        guard head.version == .http11 && head.method == .get || head.isExtendedConnect else {
            throw Refusal(
                status: .badRequest,
                detail: "A WebSocket is opened by GET over HTTP/1.1, or by an extended CONNECT over HTTP/2.")
        }
        guard head.framing == .none || head.isExtendedConnect else {
            throw Refusal(status: .badRequest, detail: "A WebSocket is opened without content.")
        }
        let versions = headers[values: .secWebSocketVersion]
        guard let version = versions.first, versions.count == 1, FieldSyntax.same(version, "13") else {
            throw Refusal(
                status: versions.count > 1 ? .badRequest : .upgradeRequired,
                detail: "WebSockets have version 13 here.",
                headers: [.secWebSocketVersion: "13", .upgrade: "websocket", .connection: "Upgrade"])
        }
        let subprotocols = headers[values: .secWebSocketProtocol].flatMap { HeaderValue.parseList($0) }
        guard subprotocols.allSatisfy(FieldSyntax.isToken) else {
            throw Refusal(status: .badRequest, detail: "A subprotocol's name is no token.")
        }
        return Offer(
            key: head.isExtendedConnect ? nil : try key(of: headers), subprotocols: subprotocols,
            extensions: headers[values: .secWebSocketExtensions])
    }

    private static func key(of headers: Headers) throws(Refusal) -> String {
        let keys = headers[values: .secWebSocketKey]
        guard let key = keys.first, keys.count == 1, Base64.decode(key.utf8)?.count == 16 else {
            throw Refusal(status: .badRequest, detail: "Sec-WebSocket-Key is not 16 bytes in base64.")
        }
        return key
    }

    /// What has been agreed on.
    package struct Agreement: Sendable {
        package var subprotocol: String?
        package var deflate: WebSocketDeflate?
        /// The fields that say so.
        package var headers: Headers
    }

    /// Answers an offer.
    ///
    /// - Parameter subprotocols: those that the server speaks, the one that it likes best first
    package static func agree(
        to offer: Offer, subprotocols: [String], compression: WebSocketCompression?
    ) -> Agreement {
        var headers = Headers()
        if let key = offer.key {
            headers = [.upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: accept(key)]
        }
        let subprotocol = subprotocols.first { mine in
            offer.subprotocols.contains { FieldSyntax.same($0, mine) }
        }
        headers[.secWebSocketProtocol] = subprotocol
        let deflate = compression.flatMap { WebSocketDeflate.accept(offer.extensions, $0) }
        headers[.secWebSocketExtensions] = deflate?.response
        return Agreement(subprotocol: subprotocol, deflate: deflate?.deflate, headers: headers)
    }

    /// The value of `Sec-WebSocket-Accept` for a key. SHA-1 protects nothing here: it shows that the server read the
    /// request as one for a WebSocket.
    package static func accept(_ key: String) -> String {
        let bytes = Array(key.utf8) + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        return Base64.encode(Array(Insecure.SHA1.hash(data: bytes)))
    }

    /// A key for a client's handshake.
    package static func randomKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private static func hasToken(_ token: String, in values: [String]) -> Bool {
        values.contains { value in
            HeaderValue.parseList(value).contains { FieldSyntax.sameIgnoringCase($0, token) }
        }
    }
}
