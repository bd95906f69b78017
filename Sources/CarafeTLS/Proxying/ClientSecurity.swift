import CarafeProxy
import NIOCore
import NIOSSL

/// Speaks TLS as a client, with servers that must prove who they are.
struct ClientSecurity: UpstreamSecurity {
    private let context: NIOSSLContext
    /// The host that certificates must be for; nil for that of the address.
    private let host: String?

    /// - Throws: ``InvalidUpstream`` where the authorities' file cannot be used
    init(_ settings: ProxyTLS) throws(InvalidUpstream) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = settings.minimumVersion == .tls13 ? .tlsv13 : .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // A server that does not say good-bye must not hold up connections that are closed.
        configuration.shutdownTimeout = .milliseconds(500)
        if let authorities = settings.authorities { configuration.trustRoots = .file(authorities) }
        do { context = try NIOSSLContext(configuration: configuration) } catch {
            throw InvalidUpstream(
                settings.authorities.map { "There are no certificates of authorities that can be read in '\($0)'." }
                    ?? "TLS cannot be set up: \(error)",
                hint: "It must be a file in PEM that this process may read.")
        }
        host = settings.host
    }

    func prepare(_ channel: any Channel, host: String) throws -> EventLoopFuture<Void> {
        let host = self.host ?? host
        // An address is compared with those in the certificate, and not told (RFC 6066 §3).
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        let tls = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
        let proof = ServerProof(of: host, tls, on: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandlers(tls, proof)
        return proof.result
    }
}
