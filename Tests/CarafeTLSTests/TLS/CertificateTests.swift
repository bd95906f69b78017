import Carafe
import CarafeHTTP
import CarafeTLS
import Foundation
import TestSupport
import Testing

@Suite struct CertificateTests {
    /// The common name of the certificate that a client gets.
    private func name(at port: Int, host: String?) throws -> String {
        let text = try blockingOutput(
            of: "openssl",
            ["s_client", "-connect", "localhost:\(port)"] + (host.map { ["-servername", $0] } ?? ["-noservername"]))
        let line = text.split(separator: "\n").first { $0.contains("subject=") } ?? ""
        return String(line.split(separator: "=").last ?? "").trimmingCharacters(in: .whitespaces)
    }

    @Test(
        "a client gets the certificate of the host that it names, others the first",
        arguments: [
            ("a.example", "first"), ("b.example", "second"), ("B.EXAMPLE", "second"), ("x.c.example", "third"),
            ("c.example", "first"), ("y.x.c.example", "first"), ("unknown", "first"), (nil, "first"),
        ])
    func serverName(host: String?, expected: String) async throws {
        let certificates = try Certificates()
        let first = try certificates.make("first", hosts: "a.example")
        let second = try certificates.make("second", hosts: "b.example")
        let third = try certificates.make("third", hosts: "*.c.example")
        var tls = TLS(certificate: first.certificate, key: first.key)
        tls.furtherCertificates = [second, third].map { CertificateFiles(certificate: $0.certificate, key: $0.key) }
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            let answer = try name(at: app.port, host: host)
            #expect(answer == expected)
        }
    }

    @Test("a certificate that was replaced counts from the next handshake, and one that is broken never")
    func reload() async throws {
        let certificates = try Certificates()
        let files = try certificates.make("old")
        var tls = TLS(certificate: files.certificate, key: files.key)
        tls.reloadInterval = .milliseconds(100)
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            #expect(try name(at: app.port, host: nil) == "old")
            try Data("no certificate".utf8).write(to: URL(filePath: files.certificate), options: .atomic)
            try await Task.sleep(for: .milliseconds(500))
            #expect(try name(at: app.port, host: nil) == "old")
            let new = try certificates.make("new")
            // Between the two the pair does not fit.
            try Data(contentsOf: URL(filePath: new.certificate)).write(
                to: URL(filePath: files.certificate), options: .atomic)
            try await Task.sleep(for: .milliseconds(250))
            #expect(try name(at: app.port, host: nil) == "old")
            try Data(contentsOf: URL(filePath: new.key)).write(to: URL(filePath: files.key), options: .atomic)
            #expect(await eventually { (try? name(at: app.port, host: nil)) == "new" })
        }
    }

    @Test(
        "a certificate that cannot be used is a mistake of the configuration, with its file",
        arguments: ["missing", "empty", "no pair"])
    func mistakes(kind: String) async throws {
        let certificates = try Certificates()
        var files = try certificates.make("one")
        let other = try certificates.make("other")
        let blamed: String
        switch kind {
        case "missing": (files.certificate, blamed) = ("/nowhere/cert.pem", "/nowhere/cert.pem")
        case "empty":
            try Data().write(to: URL(filePath: files.key))
            blamed = files.key
        default: (files.key, blamed) = (other.key, files.certificate)
        }
        let app = App("x", root: "/tmp", environment: .none)
        app.install(TLS(certificate: files.certificate, key: files.key))
        let problem = #expect(throws: ConfigurationProblem.self) {
            _ = try app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        }
        #expect(problem?.message.contains("'\(blamed)'") ?? false)
    }

    @Test("a certificate in the configuration of an app without TLS is a mistake")
    func withoutTLS() throws {
        let app = App("x", root: "/tmp", environment: .variables(["CARAFE_RUN_CERT": "adhoc"]))
        let problem = #expect(throws: ConfigurationProblem.self) {
            _ = try app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        }
        #expect(problem?.hint.contains("CarafeTLS") ?? false)
    }

    @Test("TLS without a certificate serves plain HTTP, as behind a proxy")
    func withoutCertificate() async throws {
        try await serve {
            $0.install(TLS())
        } then: { app in
            let second = try await curl("http://localhost:\(app.port)/")
            #expect(second == "Hello")
        }
    }

    @Test(
        "the session's cookie is Secure with a certificate, unless the configuration says otherwise",
        arguments: [true, false])
    func secureCookie(isDefault: Bool) async throws {
        try await serve { app in
            app.install(TLS(certificate: "adhoc"))
            if !isDefault { app.config.sessionCookieSecure = false }
        } then: { app in
            let head = try await curl("--insecure", "--include", "https://localhost:\(app.port)/session")
            #expect(head.contains("; Secure;") == isDefault, "\(head)")
        }
    }
}
