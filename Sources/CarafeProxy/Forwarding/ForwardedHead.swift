import CarafeHTTP
import HTTPTypes
import NIOCore

/// The head of a request as the server gets it.
struct ForwardedHead: Sendable {
    /// All of it.
    private(set) var bytes = ByteBuffer()
    /// The content, where all of it has been received.
    let content: ByteBuffer?
    /// Whether other content is sent in chunks.
    let isChunked: Bool
    /// Whether the server is asked before it is sent content.
    let expectsContinue: Bool
    /// Whether the request may be sent again where the first connection turns out to be dead (RFC 9110 §9.2.2).
    let isRepeatable: Bool
    /// The key of a WebSocket's handshake, where the request is one.
    let webSocketKey: String?

    /// - Throws: where the request may not be handed on
    init(_ request: Request, _ upstream: Upstream, _ proxy: Proxy) throws(ProxyFailure) {
        let head = request.head
        let target = try Self.target(of: head, proxy.prefix, upstream)
        content = head.framing == .none ? ByteBuffer() : request.body.buffered
        isChunked = content == nil && request.body.contentLength == nil
        expectsContinue = content == nil && head.expectsContinue
        isRepeatable = content != nil && Self.idempotent.contains(head.method)
        let isUpgrade = Self.isWebSocket(head)
        let key = isUpgrade ? head.headers[.secWebSocketKey] : nil
        webSocketKey = isUpgrade ? key ?? WebSocketHandshake.randomKey() : nil

        bytes.reserveCapacity(1024)
        bytes.writeString("\(head.method.rawValue) \(target) HTTP/1.1\r\n")
        let host = proxy.keepsHost && !head.authority.isEmpty ? head.authority : upstream.authority
        bytes.writeString("Host: \(host)\r\n")
        Self.writeFields(of: head, proxy, to: &bytes)
        for (name, value) in ClientFields(request, proxy).all { bytes.writeString("\(name): \(value)\r\n") }
        let via = head.version == .http10 ? "1.0" : head.version == .http11 ? "1.1" : "2.0"
        bytes.writeString("Via: \(via) carafe\r\n")
        if isUpgrade {
            bytes.writeString("Connection: Upgrade\r\nUpgrade: websocket\r\n")
            if key == nil { bytes.writeString("Sec-WebSocket-Key: \(webSocketKey ?? "")\r\n") }
        } else {
            writeFraming(of: request)
        }
        bytes.writeStaticString("\r\n")
    }

    private static let idempotent: Set<HTTPRequest.Method> = [.get, .head, .options, .trace, .put, .delete]

    /// Whether the request asks for a WebSocket; every other upgrade is this hop's to refuse (RFC 9110 §7.8).
    private static func isWebSocket(_ head: RequestHead) -> Bool {
        if head.isExtendedConnect { return true }
        return head.method == .get && head.version == .http11 && head.framing == .none
            && WebSocketHandshake.isRequested(by: head)
    }

    // MARK: - The target

    private static func target(
        of head: RequestHead, _ prefix: Proxy.Prefix, _ upstream: Upstream
    ) throws(ProxyFailure) -> String {
        switch head.target.form {
        case .authority: throw ProxyFailure(.refused(.notImplemented), "There is no tunnel for CONNECT.")
        case .asterisk: return "*"
        case .origin, .absolute: break
        }
        // Where a path goes up, what it is below of cannot be told: the mount, the server's base path.
        guard !head.target.withRawPath(hasDotSegment) else {
            throw ProxyFailure(.refused(.badRequest), "The path has a segment of dots.")
        }
        var target = upstream.basePath
        if prefix == .kept { target += head.rawScriptRoot }
        target += head.target.rawPath
        if let query = head.target.rawQuery { target += "?" + query }
        return target
    }

    /// Whether a segment is `.` or `..`, also percent-encoded (RFC 3986 §3.3).
    private static func hasDotSegment(_ path: UnsafeRawBufferPointer) -> Bool {
        path.split(separator: UInt8(ascii: "/")).contains { segment in
            guard 1...6 ~= segment.count, let first = segment.first, first == 0x2E || first == 0x25 else {
                return false
            }
            let decoded = PercentEncoding.decodedBytes(UnsafeRawBufferPointer(rebasing: segment))
            return decoded == [0x2E] || decoded == [0x2E, 0x2E]
        }
    }

    // MARK: - The fields

    private static func writeFields(of head: RequestHead, _ proxy: Proxy, to bytes: inout ByteBuffer) {
        let dropped = head.headers.namesOfConnection
        head.headers.forEachField { rawName, value in
            let name = FieldName(rawName)
            if name.isOfOneHop || name.isTreacherous || name.tellsOfClient || name.text == "host"
                || dropped.contains(name.text)
            {
                return
            }
            bytes.writeBytes(rawName)
            bytes.writeStaticString(": ")
            bytes.writeBytes(value)
            bytes.writeStaticString("\r\n")
        }
    }

    private mutating func writeFraming(of request: Request) {
        if expectsContinue { bytes.writeStaticString("Expect: 100-continue\r\n") }
        if isChunked {
            bytes.writeStaticString("Transfer-Encoding: chunked\r\n")
        } else if let content {
            // Servers wait for the content of these if they are not told that there is none.
            let isExpected = [.post, .put, .patch].contains(request.method)
            guard content.readableBytes > 0 || isExpected else { return }
            bytes.writeString("Content-Length: \(content.readableBytes)\r\n")
        } else if let length = request.body.contentLength {
            bytes.writeString("Content-Length: \(length)\r\n")
        }
    }
}
