public import HTTPTypes
internal import NIOCore

/// What is sent back for a request.
///
/// ```swift
/// var response = Response("Hello", status: .ok)
/// response.headers[.cacheControl] = "no-store"
/// ```
public struct Response: Sendable {
    /// The status code.
    public var status: HTTPResponse.Status

    /// The header fields. `Content-Length`, `Transfer-Encoding`, `Connection` and `Date` are the server's to write.
    public var headers: Headers

    /// The content.
    public var body: ResponseBody

    /// What runs when the response has left or could not; nil where nothing waits for it.
    private var closing: Closing?

    /// A response from its parts.
    public init(status: HTTPResponse.Status = .ok, headers: Headers = Headers(), body: ResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Plain text: `text/plain; charset=utf-8`.
    public init(_ text: String, status: HTTPResponse.Status = .ok) {
        self.init(status: status, headers: Self.plainText, body: .string(text))
    }

    /// Bytes of a media type.
    ///
    /// ```swift
    /// return Response(bytes: picture.content, contentType: "image/png")
    /// ```
    public init(
        bytes: some Sequence<UInt8>, contentType: String = "application/octet-stream", status: HTTPResponse.Status = .ok
    ) {
        self.init(status: status, headers: [.contentType: contentType], body: .bytes(ByteBuffer(bytes: bytes)))
    }

    /// Made once: a response of text shares it and so allocates no headers.
    private static let plainText: Headers = [.contentType: "text/plain; charset=utf-8"]

    /// Runs `action` exactly once when the last byte has been sent or the client has gone; several run in the order
    /// in which they were added (Werkzeug's `call_on_close`).
    public mutating func onClose(_ action: @escaping @Sendable ((any Error)?) -> Void) {
        closing = Closing(action: action, previous: closing)
    }

    /// Whether anyone waits for ``close(_:)``.
    package var isWatched: Bool { closing != nil }

    /// Tells that the response has left, or could not; called once, by whoever sends it.
    public func close(_ error: (any Error)? = nil) {
        closing?.run(error)
    }

    /// A chain of actions, the newest first.
    private final class Closing: Sendable {
        let action: @Sendable ((any Error)?) -> Void
        let previous: Closing?

        init(action: @escaping @Sendable ((any Error)?) -> Void, previous: Closing?) {
            self.action = action
            self.previous = previous
        }

        func run(_ error: (any Error)?) {
            previous?.run(error)
            action(error)
        }
    }
}
