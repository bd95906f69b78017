import Carafe
import CarafeTLS
import Testing

@Suite struct PlainHTTPTests {
    @Test("plain HTTP on a port that speaks TLS gets a plain 400")
    func refused() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await curl("--include", "http://localhost:\(app.port)/")
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(text.contains("This port speaks HTTPS.") && text.contains("Connection: close"))
        }
    }

    @Test(
        "plain HTTP is sent to the same address over TLS, by choice",
        arguments: [(nil, ":{port}"), (443, ""), (8443, ":8443")] as [(Int?, String)])
    func redirected(port: Int?, suffix: String) async throws {
        var tls = TLS(certificate: "adhoc")
        tls.plainHTTP = .redirected(toPort: port)
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            let suffix = suffix.replacing("{port}", with: "\(app.port)")
            let text = try await curl(
                "--output", "/dev/null", "--write-out", "%{http_code} %{redirect_url}",
                "http://localhost:\(app.port)/a/%20b?c=d&e")
            #expect(text == "308 https://localhost\(suffix)/a/%20b?c=d&e")
        }
    }

    @Test("browsers are told to come back over TLS alone, by choice")
    func strictTransportSecurity() async throws {
        var tls = TLS(certificate: "adhoc")
        tls.strictTransportSecurity = StrictTransportSecurity(maxAge: .seconds(600), includesSubdomains: true)
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            let text = try await curl("--insecure", "--include", "--http1.1", "https://localhost:\(app.port)/")
            #expect(text.contains("\r\nStrict-Transport-Security: max-age=600; includeSubDomains\r\n"))
        }
    }

    @Test("unless asked for, they are not")
    func nothing() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await curl("--insecure", "--include", "https://localhost:\(app.port)/")
            #expect(!text.lowercased().contains("strict-"))
        }
    }
}
