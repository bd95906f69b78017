public import HTTPTypes
public import NIOCore

/// A request, from its first byte to the last byte of its response.
///
/// What the client sent never changes and may be read from any task. What the application keeps with a request (its
/// session, flashes, `g`) lives in one context object that the framework attaches.
public final class Request: Sendable {
    /// The head as it was received.
    public let head: RequestHead

    /// The content, which may still be arriving.
    public let body: RequestBody

    /// What is known of the connection that the request came over.
    public let connection: ConnectionInfo

    /// What the application in charge keeps with this request.
    ///
    /// Unguarded, because it is set once, before any code of the application sees the request.
    package private(set) nonisolated(unsafe) var context: (any RequestContext)?

    /// The request in whose place this one stands; nil for the one that was received.
    private let replaced: Request?

    /// A request from its parts.
    public convenience init(head: RequestHead, body: RequestBody, connection: ConnectionInfo) {
        self.init(head: head, body: body, connection: connection, replaced: nil)
    }

    private init(head: RequestHead, body: RequestBody, connection: ConnectionInfo, replaced: Request?) {
        self.head = head
        self.body = body
        self.connection = connection
        self.replaced = replaced
    }

    /// A request to be answered in place of this one, for middleware; what is not given stays.
    ///
    /// ```swift
    /// next.respond(to: request.replacing(head: request.head.replacing(method: .put)))
    /// ```
    public func replacing(head: RequestHead? = nil, connection: ConnectionInfo? = nil) -> Request {
        Request(
            head: head ?? self.head, body: body, connection: connection ?? self.connection, replaced: self)
    }

    /// The request as it was received, in whose place this one stands.
    package var original: Request {
        var request = self
        while let replaced = request.replaced { request = replaced }
        return request
    }

    /// Sets what the application in charge keeps with this request. Requests in whose place it stands share it unless
    /// they belong to an application already: what is around the app knows a request by that which it was handed.
    package func attach(_ context: any RequestContext) {
        self.context = context
        var outer = replaced
        while let request = outer, request.context == nil {
            request.context = context
            outer = request.replaced
        }
    }

    /// The request method, such as `GET`.
    public var method: HTTPRequest.Method { head.method }

    /// The header fields.
    public var headers: Headers { head.headers }
}

/// The request that the current task is handling.
package enum CurrentRequest {
    @TaskLocal package static var request: Request?
}

/// The state that an application keeps with a request.
package protocol RequestContext: AnyObject, Sendable {}

/// The connection that a request came over; one value serves all its requests.
public final class ConnectionInfo: Sendable {
    /// The client's address; nil where it cannot be told (a unix socket, the in-memory client).
    public let remoteAddress: SocketAddress?
    /// The server's own address of this connection.
    public let localAddress: SocketAddress?
    /// `https` over TLS, else `http`.
    public let scheme: String
    /// What protects the connection, for whoever set that up; nil where nothing does.
    package let security: (any Sendable)?
    /// The event loop that serves the connection.
    public let eventLoop: any EventLoop
    /// The client's address without the port, as a log line and `remote_addr` write it; empty where unknown.
    public let remoteHost: String

    /// A connection's facts.
    public convenience init(
        remoteAddress: SocketAddress?, localAddress: SocketAddress?, scheme: String, eventLoop: any EventLoop
    ) {
        self.init(
            remoteAddress: remoteAddress, localAddress: localAddress, scheme: scheme, security: nil,
            eventLoop: eventLoop)
    }

    package init(
        remoteAddress: SocketAddress?, localAddress: SocketAddress?, scheme: String, security: (any Sendable)?,
        eventLoop: any EventLoop
    ) {
        self.remoteAddress = remoteAddress
        self.localAddress = localAddress
        self.scheme = scheme
        self.security = security
        self.eventLoop = eventLoop
        remoteHost = remoteAddress?.ipAddress ?? ""
    }

    /// The same connection as one of another client's, or of another scheme, for what stands behind a proxy; what is not
    /// given stays.
    public func replacing(remoteAddress: SocketAddress? = nil, scheme: String? = nil) -> ConnectionInfo {
        ConnectionInfo(
            remoteAddress: remoteAddress ?? self.remoteAddress, localAddress: localAddress,
            scheme: scheme ?? self.scheme, security: security, eventLoop: eventLoop)
    }
}
