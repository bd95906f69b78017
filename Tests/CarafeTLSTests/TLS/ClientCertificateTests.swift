import Carafe
import CarafeTLS
import Foundation
import Testing

@Suite struct ClientCertificateTests {
    private func serveWho(
        _ demand: @Sendable (String) -> ClientCertificates,
        then body: @escaping @Sendable (ServedApp, Certificates) async throws -> Void
    ) async throws {
        let certificates = try Certificates()
        try certificates.make("authority")
        try certificates.make("foreign")
        try certificates.makeClient("ada", subject: "/O=Engines/OU=Analysis/CN=Ada", authority: "authority")
        try certificates.makeClient("eve", subject: "/CN=Eve", authority: "foreign")
        var tls = TLS(certificate: "adhoc")
        tls.clientCertificates = demand(certificates.path("authority.pem"))
        try await serve { [tls] app in
            app.install(tls)
            app.get("/who") { request in
                guard let certificate = request.tls?.clientCertificate else { return "nobody" }
                return [
                    certificate.commonName ?? "", certificate.organizations.joined(),
                    certificate.organizationalUnits.joined(),
                    certificate.issuer ?? "", certificate.serialNumber, "\(certificate.fingerprint.utf8.count)",
                ].joined(separator: " ")
            }
        } then: { app in
            try await body(app, certificates)
        }
    }

    private func ask(_ app: ServedApp, _ certificates: Certificates, as name: String?, _ version: String) async throws
        -> String
    {
        let own =
            name.map { ["--cert", certificates.path("\($0).pem"), "--key", certificates.path("\($0).key")] } ?? []
        return try await output(
            of: "curl",
            ["--silent", "--insecure", version, "--max-time", "60"] + own + ["https://localhost:\(app.port)/who"])
    }

    @Test("a handler sees who the client is", arguments: ["--http1.1", "--http2"])
    func subject(version: String) async throws {
        try await serveWho {
            .optional(signedBy: $0)
        } then: { app, certificates in
            let answer = try await ask(app, certificates, as: "ada", version)
            #expect(answer == "Ada Engines Analysis authority 1234 64")
            let second = try await ask(app, certificates, as: nil, version)
            #expect(second == "nobody")
            // One that nobody known has signed is worse than none.
            let third = try await ask(app, certificates, as: "eve", version)
            #expect(third == "")
        }
    }

    @Test("where a certificate is required, nobody comes in without")
    func required() async throws {
        try await serveWho {
            .required(signedBy: $0)
        } then: { app, certificates in
            let first = try await ask(app, certificates, as: "ada", "--http1.1")
            #expect(first.utf8.starts(with: "Ada".utf8))
            let answer = try await ask(app, certificates, as: nil, "--http1.1")
            #expect(answer == "")
            let second = try await ask(app, certificates, as: "eve", "--http2")
            #expect(second == "")
        }
    }
}
