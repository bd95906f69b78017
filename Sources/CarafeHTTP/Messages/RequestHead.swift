public import HTTPTypes
package import NIOCore

/// A version of HTTP.
public enum HTTPVersion: String, Sendable, CustomStringConvertible {
    /// HTTP/1.0 (RFC 1945)
    case http10 = "HTTP/1.0"
    /// HTTP/1.1 (RFC 9112)
    case http11 = "HTTP/1.1"
    /// HTTP/2 (RFC 9113)
    case http2 = "HTTP/2"

    /// The version as a log line writes it.
    public var description: String { rawValue }
}

/// How the end of a message's content is found (RFC 9112 §6).
public enum BodyFraming: Sendable, Equatable {
    /// There is no content.
    case none
    /// `Content-Length` says how many bytes there are; never zero.
    case contentLength(Int)
    /// `Transfer-Encoding: chunked`
    case chunked
}

/// Everything of a request that comes before its content. It never changes.
///
/// A class, because it is handed on a dozen times on the way to a handler, and holds a dozen references.
public final class RequestHead: Sendable {
    /// The request method, such as `GET`.
    public let method: HTTPRequest.Method
    /// What the request is for.
    public let target: RequestTarget
    /// The version that the client speaks.
    public let version: HTTPVersion
    /// The header fields.
    public let headers: Headers
    /// The path below which the app is reached, percent-encoded, without a slash at its end; empty at the root (WSGI's
    /// `SCRIPT_NAME`). The target's path is what comes after it.
    public let rawScriptRoot: String
    /// The bytes of ``authority``; a string is made only when one is asked for.
    package let authorityBytes: ByteBuffer
    /// How the end of the content is found.
    public let framing: BodyFraming
    /// Whether the connection may serve another request after this one (RFC 9112 §9.3).
    public let keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the content (RFC 9110 §10.1.1).
    public let expectsContinue: Bool

    /// Whether the client opens a WebSocket by an extended CONNECT (RFC 8441), which is a GET to everyone else.
    package let isExtendedConnect: Bool

    /// A head from its parts.
    public convenience init(
        method: HTTPRequest.Method, target: RequestTarget, version: HTTPVersion, headers: Headers,
        authority: String, framing: BodyFraming, keepsAlive: Bool, expectsContinue: Bool
    ) {
        self.init(
            method: method, target: target, version: version, headers: headers,
            authority: ByteBuffer(string: authority), framing: framing, keepsAlive: keepsAlive,
            expectsContinue: expectsContinue)
    }

    package init(
        method: HTTPRequest.Method, target: RequestTarget, version: HTTPVersion, headers: Headers,
        authority: ByteBuffer, framing: BodyFraming, keepsAlive: Bool, expectsContinue: Bool,
        isExtendedConnect: Bool = false, rawScriptRoot: String = ""
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        authorityBytes = authority
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
        self.isExtendedConnect = isExtendedConnect
        self.rawScriptRoot = rawScriptRoot
    }

    /// The authority that the request is for: the Host field, or the authority of an absolute-form target, which
    /// wins (RFC 9112 §3.2.2). Empty where the client named none.
    public var authority: String { String(buffer: authorityBytes) }

    // MARK: - In place of another

    /// The same head with other parts in place of its own, for middleware; what is not given stays.
    ///
    /// ```swift
    /// next.respond(to: request.replacing(head: request.head.replacing(rawScriptRoot: "/shop")))
    /// ```
    public func replacing(
        method: HTTPRequest.Method? = nil, target: RequestTarget? = nil, headers: Headers? = nil,
        authority: String? = nil, rawScriptRoot: String? = nil
    ) -> RequestHead {
        RequestHead(
            method: method ?? self.method, target: target ?? self.target, version: version,
            headers: headers ?? self.headers, authority: authority.map { ByteBuffer(string: $0) } ?? authorityBytes,
            framing: framing, keepsAlive: keepsAlive, expectsContinue: expectsContinue,
            isExtendedConnect: isExtendedConnect, rawScriptRoot: rawScriptRoot ?? self.rawScriptRoot)
    }

    /// The same head with the first `length` bytes of its raw path moved to the script root, for what is mounted there.
    package func enteringFolder(ofLength length: Int) -> RequestHead {
        let (folder, rest) = target.splitPath(after: length)
        return replacing(target: rest, rawScriptRoot: rawScriptRoot + folder)
    }
}
