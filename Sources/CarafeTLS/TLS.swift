public import Carafe
import CarafeHTTP
import CarafeServer
import HTTPTypes

/// Serves an app over TLS, with HTTP/2 for clients that speak it.
///
/// ```swift
/// import Carafe
/// import CarafeTLS
///
/// let app = App()
/// app.install(TLS(certificate: "server.pem", key: "server.key"))
/// try await app.main()
/// ```
///
/// Without a certificate of its own it takes the one of the command line (`serve --cert server.pem --key server.key`, or
/// `--cert adhoc`) or of the configuration (`CARAFE_RUN_CERT`, `CARAFE_RUN_KEY`), which both win over the program's; where
/// there is none at all, the app is served without TLS, as behind a proxy.
///
/// With a certificate the session's cookie is `Secure`, and URLs outside of a request begin with `https`.
public struct TLS: Extension {
    /// The certificate of clients that name no other host; nil for the configuration's.
    public var certificate: CertificateFiles?

    /// Further certificates: clients get the one that has the host's name (SNI, RFC 6066 §3).
    public var furtherCertificates: [CertificateFiles] = []

    /// The oldest version of TLS that is spoken; 1.2 unless told.
    public var minimumVersion = TLSVersion.tls12

    /// Whether clients show certificates of their own; they are not asked for one unless told.
    public var clientCertificates = ClientCertificates.none

    /// What becomes of requests that come without TLS to a port that speaks it; they get 400 unless told.
    public var plainHTTP = PlainHTTP.refused

    /// Tells browsers to come back over TLS alone; nil for nothing, as unless told.
    public var strictTransportSecurity: StrictTransportSecurity?

    /// How HTTP/2 is spoken; nil for HTTP/1.1 alone.
    public var http2: HTTP2Options? = HTTP2Options()

    /// How long a client may take for the handshake; 10 s. Then the connection is closed.
    public var handshakeTimeout = Duration.seconds(10)

    /// How many handshakes may be under way at a time; 1,024. Further ones wait for their turn.
    public var maxHandshakes = 1024

    /// How often the certificates' files are looked at; every 5 s. Changed ones count from the next handshake.
    public var reloadInterval = Duration.seconds(5)

    /// TLS with a certificate.
    ///
    /// - Parameters:
    ///   - certificate: the file of the certificate and of those that it is signed with, in PEM; nil for the
    ///     configuration's. A relative path counts from the app's root.
    ///   - key: the file of its private key, in PEM; nil where it is in the certificate's file
    public init(certificate: String? = nil, key: String? = nil) {
        self.certificate = certificate.map { CertificateFiles(certificate: $0, key: key) }
    }

    /// Adds TLS to an app.
    public func install(in app: App) throws {
        let root = app.root
        if let files = certificate?.below(root), app.config.runCertificate == nil {
            app.config.runCertificate = files.certificate
            app.config.runKey = files.key
        }
        if let field = strictTransportSecurity?.description {
            app.afterRequest { request, response in
                if request.isSecure { response.headers[.strictTransportSecurity] = field }
            }
        }
        app.onServerSetup { config, configuration in
            guard let first = config.runCertificate else { return }
            let files = CertificateFiles(certificate: first, key: config.runKey)
            let sources = try CertificateSource.all([files] + furtherCertificates.map { $0.below(root) })
            guard configuration.protocols == nil else { throw HTTP2.unneeded }
            configuration.protocols = try SecureProtocols(self, sources)
        }
    }
}

/// A version of TLS.
public enum TLSVersion: String, Sendable, CustomStringConvertible {
    /// TLS 1.2 (RFC 5246), with forward secrecy and authenticated encryption alone
    case tls12 = "TLSv1.2"
    /// TLS 1.3 (RFC 8446)
    case tls13 = "TLSv1.3"

    /// The version as openssl writes it.
    public var description: String { rawValue }
}

/// Whether clients show certificates of their own (mutual TLS).
public struct ClientCertificates: Sendable {
    enum Demand { case none, optional, required }

    let demand: Demand
    let authorities: String

    /// Clients are not asked.
    public static let none = ClientCertificates(demand: .none, authorities: "")

    /// Clients are asked; one that shows a certificate which none of these authorities has signed is refused.
    ///
    /// - Parameter authorities: the file of the authorities' certificates, in PEM. A relative path counts from the current
    ///   folder.
    public static func optional(signedBy authorities: String) -> ClientCertificates {
        ClientCertificates(demand: .optional, authorities: authorities)
    }

    /// Clients that show no certificate which one of these authorities has signed are refused.
    ///
    /// - Parameter authorities: the file of the authorities' certificates, in PEM. A relative path counts from the current
    ///   folder.
    public static func required(signedBy authorities: String) -> ClientCertificates {
        ClientCertificates(demand: .required, authorities: authorities)
    }
}

/// What becomes of requests that come without TLS to a port that speaks it.
public struct PlainHTTP: Sendable {
    enum Treatment { case refused, redirected(port: Int?) }

    let treatment: Treatment

    /// They get 400.
    public static let refused = PlainHTTP(treatment: .refused)

    /// They are sent to the same address over TLS with 308, which keeps the method.
    ///
    /// - Parameter port: the port there; by default 443 for those that came to port 80, else the port that they came to
    public static func redirected(toPort port: Int? = nil) -> PlainHTTP {
        PlainHTTP(treatment: .redirected(port: port))
    }
}
