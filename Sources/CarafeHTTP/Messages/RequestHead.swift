public import HTTPTypes

/// A version of HTTP.
public enum HTTPVersion: String, Sendable, CustomStringConvertible {
    /// HTTP/1.0 (RFC 1945)
    case http1_0 = "HTTP/1.0"
    /// HTTP/1.1 (RFC 9112)
    case http1_1 = "HTTP/1.1"
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

/// Everything of a request that comes before its content.
public struct RequestHead: Sendable {
    /// The request method, such as `GET`.
    public var method: HTTPRequest.Method
    /// What the request is for.
    public var target: RequestTarget
    /// The version that the client speaks.
    public var version: HTTPVersion
    /// The header fields.
    public var headers: Headers
    /// The authority that the request is for: the Host field, or the authority of an absolute-form target, which
    /// wins (RFC 9112 §3.2.2). Empty where an HTTP/1.0 client named none.
    public var authority: String
    /// How the end of the content is found.
    public var framing: BodyFraming
    /// Whether the connection may serve another request after this one (RFC 9112 §9.3).
    public var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the content (RFC 9110 §10.1.1).
    public var expectsContinue: Bool

    /// A head from its parts.
    public init(
        method: HTTPRequest.Method, target: RequestTarget, version: HTTPVersion, headers: Headers,
        authority: String, framing: BodyFraming, keepsAlive: Bool, expectsContinue: Bool
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        self.authority = authority
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
    }
}
