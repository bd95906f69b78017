import Carafe
import CarafeTLS

/// The snippets of docs/guide/tls.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum TLSPage {
    func makeSecureApp() -> App {
        let app = App("shop")
        app.install(TLS(certificate: "certificates/shop.pem", key: "certificates/shop.key"))
        app.get("/") { request in "You are served over \(request.scheme)." }
        return app
    }

    static func severalHosts(_ app: App) {
        var tls = TLS(certificate: "certificates/shop.pem", key: "certificates/shop.key")
        tls.furtherCertificates = [
            CertificateFiles(certificate: "certificates/blog.pem", key: "certificates/blog.key"),
            CertificateFiles(certificate: "certificates/wiki.pem"),  // with its key in the same file
        ]
        app.install(tls)
    }

    static func redirect(_ app: App) {
        var tls = TLS(certificate: "certificates/shop.pem", key: "certificates/shop.key")
        tls.plainHTTP = .redirected()
        tls.strictTransportSecurity = StrictTransportSecurity(maxAge: .seconds(3600))
        app.serverConfiguration.address = .hostname("0.0.0.0", port: 443)
        app.serverConfiguration.furtherAddresses = [.hostname("0.0.0.0", port: 80)]
        app.install(tls)
    }

    static func clients(_ app: App) {
        var tls = TLS(certificate: "certificates/shop.pem", key: "certificates/shop.key")
        tls.clientCertificates = .required(signedBy: "certificates/staff-ca.pem")
        app.install(tls)

        app.get("/me") { request in
            guard let certificate = request.tls?.clientCertificate else { throw Abort(.forbidden) }
            return "\(certificate.commonName ?? "somebody") of \(certificate.organizations.first ?? "nowhere")"
        }
    }

    static func limits(_ app: App) {
        var tls = TLS(certificate: "certificates/shop.pem", key: "certificates/shop.key")
        tls.http2?.maxConcurrentStreams = 50
        app.install(tls)
    }

    static func cleartext(_ app: App) {
        app.install(HTTP2())
    }
}
