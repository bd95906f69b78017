import CarafeHTTP
import Logging
import NIOCore

/// What is spoken over accepted connections below HTTP/1.1 or in its place: TLS, HTTP/2.
///
/// Without one, HTTP/1.1 is spoken at once; a server that needs none links none.
package protocol ConnectionProtocols: Sendable {
    /// The scheme of the addresses that the server is reached at.
    var scheme: String { get }

    /// Prepares a connection that has been accepted, on its event loop, before it is active.
    func prepare(_ connection: AcceptedConnection) throws

    /// Prepares a connection by which a program asks its own server, on its event loop, before it is active.
    func prepareClient(_ channel: any Channel) throws

    /// Does what is to be done from time to time while the server runs, on one of its event loops.
    ///
    /// - Returns: what ends it
    func run(on eventLoop: any EventLoop, logger: Logger) -> RepeatedTask?
}

extension ConnectionProtocols {
    package func prepareClient(_ channel: any Channel) throws {}
}

/// A connection that has been accepted, and nothing been spoken over yet.
package struct AcceptedConnection {
    package let channel: any Channel
    package let loop: ConnectionLoop
    private let proxy: ProxyHeaderHandler?

    /// - Parameter proxy: what reads for whom a proxy speaks; nil where none does
    init(channel: any Channel, loop: ConnectionLoop, proxy: ProxyHeaderHandler?) {
        self.channel = channel
        self.loop = loop
        self.proxy = proxy
    }

    /// The client's address, once it has sent something: the one that a proxy tells of.
    package var remoteAddress: SocketAddress? { proxy?.header?.source ?? channel.remoteAddress }

    /// The address that the client has connected to, in the same way.
    package var localAddress: SocketAddress? { proxy?.header?.destination ?? channel.localAddress }

    /// What speaks HTTP/1.1 from the place in the pipeline on where it is added.
    ///
    /// - Parameters:
    ///   - responder: who answers; the server's responder by default
    ///   - security: what protects the connection below
    package func makeHTTP1(
        responder: (any Responder)? = nil, security: ConnectionSecurity? = nil
    ) -> any ChannelInboundHandler {
        HTTP1Connection(loop: loop, responder: responder, security: security, proxy: proxy)
    }
}

/// What protects a connection: its requests have the scheme `https`, and nothing goes past its channel's handlers.
package struct ConnectionSecurity: Sendable {
    /// What requests are told of it.
    package let details: any Sendable

    package init(_ details: any Sendable) { self.details = details }
}
