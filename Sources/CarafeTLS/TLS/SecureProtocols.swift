import Carafe
import CarafeHTTP
import CarafeServer
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// TLS, and what is spoken over it: HTTP/1.1, or HTTP/2 where both sides do (ALPN, RFC 7301).
final class SecureProtocols: ConnectionProtocols {
    let scheme = "https"
    let settings: TLS
    private let certificates: CertificateStore
    /// The gate of each event loop.
    private let gates = Mutex<[ObjectIdentifier: HandshakeGate]>([:])

    /// - Throws: ``ConfigurationProblem`` where a certificate cannot be used
    init(_ settings: TLS, _ sources: [CertificateSource]) throws {
        self.settings = settings
        certificates = try CertificateStore(sources) { Self.configuration(settings, $0) }
    }

    /// What is spoken with a certificate, and with whom.
    private static func configuration(_ settings: TLS, _ identity: Identity) -> TLSConfiguration {
        var configuration = identity.configuration
        configuration.minimumTLSVersion = settings.minimumVersion == .tls13 ? .tlsv13 : .tlsv12
        // Forward secrecy and authenticated encryption alone; those of TLS 1.3 cannot be chosen.
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL"
        configuration.applicationProtocols = settings.http2 == nil ? ["http/1.1"] : ["h2", "http/1.1"]
        // A client that does not say good-bye must not hold up a server that stops.
        configuration.shutdownTimeout = .milliseconds(500)
        let clients = settings.clientCertificates
        switch clients.demand {
        case .none: configuration.certificateVerification = .none
        case .optional: configuration.certificateVerification = .optionalVerification
        // Clients have no host's name.
        case .required: configuration.certificateVerification = .noHostnameVerification
        }
        if clients.demand != .none {
            configuration.trustRoots = .file(clients.authorities)
            configuration.sendCANameList = true
        }
        return configuration
    }

    func prepare(_ connection: AcceptedConnection) throws {
        try connection.channel.pipeline.syncOperations.addHandler(
            TLSHandshake(connection, self, gate: gate(of: connection.loop)))
    }

    func prepareClient(_ channel: any Channel) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // The program asks itself, by an address that no certificate is for.
        configuration.certificateVerification = .none
        configuration.shutdownTimeout = .milliseconds(100)
        let context = try NIOSSLContext(configuration: configuration)
        try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
    }

    func run(on eventLoop: any EventLoop, logger: Logger) -> RepeatedTask? {
        let interval = TimeAmount.milliseconds(max(100, settings.reloadInterval.milliseconds))
        return eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { [certificates] _ in
            // Files are no business of an event loop's.
            NIOThreadPool.singleton.submit { _ in certificates.reload(logger) }
        }
    }

    /// What makes a client's handshake, with the certificates as they are now.
    func makeHandler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: certificates.context) }

    private func gate(of loop: ConnectionLoop) -> HandshakeGate {
        gates.withLock { gates in
            if let gate = gates[ObjectIdentifier(loop)] { return gate }
            let gate = HandshakeGate(limit: max(1, settings.maxHandshakes / max(1, loop.configuration.threads)))
            gates[ObjectIdentifier(loop)] = gate
            return gate
        }
    }
}
