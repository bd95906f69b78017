import NIOCore
import NIOSSL
import NIOTLS

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Waits until a server has proved who it is, and tells why where it has not.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
final class ServerProof: ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private let host: String
    private let tls: NIOSSLClientHandler
    private let promise: EventLoopPromise<Void>

    init(of host: String, _ tls: NIOSSLClientHandler, on eventLoop: any EventLoop) {
        self.host = host
        self.tls = tls
        promise = eventLoop.makePromise()
    }

    /// Succeeds when the handshake is over; otherwise fails with ``ServerDistrust``.
    var result: EventLoopFuture<Void> { promise.futureResult }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            promise.succeed()
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(ServerDistrust(reason(error)))
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(ServerDistrust("The server closed the connection during the handshake of TLS."))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // Of a connection that never came to be, nobody waits for this.
        promise.fail(ServerDistrust("There was no handshake."))
    }

    private func reason(_ error: any Error) -> String {
        if error as? NIOSSLExtraError == .failedToValidateHostname {
            return "The server's certificate is not for the host '\(host)'."
        }
        guard case .handshakeFailed(let cause)? = error as? NIOSSLError, cause.isOfCertificate else {
            return "The handshake of TLS failed: \(error)"
        }
        let now = time(nil)
        if let certificate = tls.peerCertificate {
            if certificate.notValidAfter < now { return "The server's certificate has expired." }
            if certificate.notValidBefore > now { return "The server's certificate is not valid yet." }
        }
        return "The server's certificate is not signed by an authority that is trusted here."
    }
}

/// Why a server is not trusted; it contains nothing that the server sent.
struct ServerDistrust: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension BoringSSLError {
    /// Whether the certificate was not accepted.
    fileprivate var isOfCertificate: Bool {
        guard case .sslError(let errors) = self else { return false }
        return errors.contains { error in
            // The number of a reason is no part of swift-nio-ssl's interface; its name is all that there is.
            error.description.utf8.split(separator: UInt8(ascii: ":")).contains { part in
                part.starts(with: "CERTIFICATE_VERIFY_FAILED".utf8)
            }
        }
    }
}
