import Carafe
import CarafeProxy
import CarafeTLS
import CarafeTesting
import TestSupport
import Testing

@Suite("A proxy's TLS", .mayBlock) struct ProxyTLSTests {
    @Test("requests, content, streams and WebSockets pass to a server that is known by the name it is told")
    func passed() async throws {
        let authority = try Authority()
        let other = try authority.sign("other", names: "DNS:other.test")
        let backend = try authority.sign("backend", names: "DNS:backend.test")
        try await serve {
            var tls = TLS(certificate: other.certificate, key: other.key)
            // Only who names the host gets its certificate.
            tls.furtherCertificates = [backend]
            $0.install(tls)
        } then: { app in
            let tls = ProxyTLS(authorities: authority.file, host: "backend.test")
            try await withProxy(Proxy("https://127.0.0.1:\(app.port)", tls: tls)) { client, log async throws in
                let facts = try await client.get("/facts").text
                #expect(facts == "https HTTP/1.1 localhost  ")
                let content = String(repeating: "a", count: 3_000_000)
                #expect(try await client.post("/count", .text(content)).text == "3000000")
                #expect(try await client.get("/large").text.utf8.count == 10_000_000)
                #expect(try await client.get("/stream").text.utf8.count == 1_000_000)
                try await client.webSocket("/ws") { socket async throws in
                    try await socket.send("hello")
                    #expect(try await socket.receiveText() == "hello")
                }
                #expect(log.lines.isEmpty)
            }
        }
    }

    @Test("a server with a certificate of its own making is believed where that is given as the authority")
    func ownAuthority() async throws {
        let certificates = try Certificates()
        let own = try certificates.make("own", hosts: "own.test")
        try await serve {
            $0.install(TLS(certificate: own.certificate, key: own.key))
        } then: { app in
            let tls = ProxyTLS(authorities: own.certificate, host: "own.test")
            try await withProxy(Proxy("https://127.0.0.1:\(app.port)", tls: tls)) { client, _ async throws in
                #expect(try await client.get("/").text == "Hello")
            }
        }
    }

    /// Why a server may not be believed.
    enum Distrust: CaseIterable, Sendable {
        case otherAuthority, noAuthority, otherHost, noAddress, expired

        func proxy(port: Int, _ authority: Authority, _ stranger: Authority) -> Proxy {
            let url = "https://127.0.0.1:\(port)"
            return switch self {
            case .otherAuthority: Proxy(url, tls: ProxyTLS(authorities: stranger.file, host: "backend.test"))
            case .noAuthority: Proxy(url, tls: ProxyTLS(host: "backend.test"))
            case .otherHost: Proxy(url, tls: ProxyTLS(authorities: authority.file, host: "other.test"))
            case .noAddress: Proxy(url, tls: ProxyTLS(authorities: authority.file))
            case .expired: Proxy(url, tls: ProxyTLS(authorities: authority.file, host: "backend.test"))
            }
        }

        var reason: String {
            switch self {
            case .otherAuthority, .noAuthority: "is not signed by an authority that is trusted here."
            case .otherHost: "is not for the host 'other.test'."
            case .noAddress: "is not for the host '127.0.0.1'."
            case .expired: "has expired."
            }
        }
    }

    @Test(
        "a server that does not prove who it is gets no request; that is a 502, and the log tells why",
        arguments: Distrust.allCases)
    func refused(distrust: Distrust) async throws {
        let (authority, stranger) = (try Authority(), try Authority())
        let backend = try authority.sign(
            "backend", names: "DNS:backend.test", days: distrust == .expired ? -1 : 2)
        try await serve {
            $0.install(TLS(certificate: backend.certificate, key: backend.key))
        } then: { app in
            try await withProxy(distrust.proxy(port: app.port, authority, stranger)) { client, log async throws in
                for response in [try await client.get("/hang"), try await client.post("/hang")] {
                    #expect(response.status == .badGateway && response.text == "502 Bad Gateway\n")
                }
                let line = "warning: 127.0.0.1:\(app.port): The server's certificate \(distrust.reason)"
                #expect(log.lines == [line, line])
            }
            #expect(app.handlers.started == 0)
        }
    }

    @Test("a server without TLS is a 502, one that is silent a 504")
    func withoutTLS() async throws {
        let tls = ProxyTLS(host: "backend.test")
        try await serve { _ in
        } then: { app in
            try await withProxy(Proxy("https://127.0.0.1:\(app.port)", tls: tls)) { client, log async throws in
                #expect(try await client.get("/").status == .badGateway)
                #expect(log.contains("The handshake of TLS failed: ") && log.contains("WRONG_VERSION_NUMBER"))
            }
        }
        let silent = try PythonServer(
            "import socket, time; l = socket.create_server(('127.0.0.1', 0)); print(l.getsockname()[1], flush=True); time.sleep(600)"
        )
        var proxy = Proxy("https://127.0.0.1:\(silent.port)", tls: tls)
        proxy.connectTimeout = .milliseconds(200)
        try await withProxy(proxy) { client, log async throws in
            #expect(try await client.get("/").status == .gatewayTimeout)
            #expect(log.contains("The server did not finish the handshake of TLS in time."))
        }
    }

    @Test(
        "Python's server with a certificate for its address: a response that ends with the connection must end with TLS's own"
    )
    func truncated() async throws {
        let authority = try Authority()
        let files = try authority.sign("address", names: "IP:127.0.0.1")
        let server = try PythonServer(
            """
            import socket, ssl, sys
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(sys.argv[1], sys.argv[2])
            listener = socket.create_server(("127.0.0.1", 0)); print(listener.getsockname()[1], flush=True)
            while True:
                try:
                    connection = context.wrap_socket(listener.accept()[0], server_side=True)
                    head = connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\nhello")
                    (connection.unwrap() if b" /whole " in head else connection).close()
                except OSError: pass
            """, files.certificate, files.key ?? "")
        try await withProxy(
            Proxy("https://127.0.0.1:\(server.port)", tls: ProxyTLS(authorities: authority.file))
        ) { client, _ async throws in
            #expect(try await client.get("/whole").text == "hello")
            await #expect(throws: (any Error).self) {
                let response = try await client.get("/cut")
                // Where nothing had been sent on yet, there is room for a page.
                guard response.status == .badGateway else { return }
                throw Abort(.badGateway)
            }
        }
    }

    @Test("what cannot work is told at the start")
    func problems() throws {
        #expect(
            Proxy("https://a").problem?.hint == "Import CarafeTLS, and write Proxy(\"https://a\", tls: ProxyTLS()).")
        #expect(
            Proxy("http://a", tls: ProxyTLS()).problem?.hint == "Begin the address with https://, or leave 'tls' out.")
        #expect(
            Proxy("https://a", tls: ProxyTLS(authorities: "/nothing.pem")).problem?.message
                == "There are no certificates of authorities that can be read in '/nothing.pem'.")
        #expect(Proxy("https://a", tls: ProxyTLS()).problem == nil)
    }
}
