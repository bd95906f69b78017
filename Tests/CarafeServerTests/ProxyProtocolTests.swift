import CarafeHTTP
import CarafeServer
import NIOCore
import TestSupport
import Testing

@Suite struct ProxyProtocolTests {
    private static let responder = TestResponder().at("/who") { request in
        .now(Response(request.connection.remoteAddress?.ipAddress ?? "nobody"))
    }
    private static let request = "GET /who HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let header = "PROXY TCP4 192.0.2.7 198.51.100.1 1234 80\r\n"

    private func serve(
        from peers: [String], at address: ServerConfiguration.Address = .hostname("127.0.0.1", port: 0),
        _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let proxies = try ProxyProtocol(from: peers)
        try await CarafeServerTests.serve(
            Self.responder, { ($0.proxyProtocol, $0.address, $0.headerTimeout) = (proxies, address, .seconds(1)) }, body
        )
    }

    @Test("a trusted proxy tells the client's address, for every request of the connection")
    func trusted() async throws {
        try await serve(from: ["127.0.0.0/8"]) { server in
            let client = try server.connect()
            try client.send(Self.header + Self.request + Self.request)
            #expect(try client.response().text == "192.0.2.7")
            #expect(try client.response().text == "192.0.2.7")
            try client.send(Self.request)
            #expect(try client.response().text == "192.0.2.7")
        }
    }

    @Test("a header that comes byte by byte is read the same")
    func inPieces() async throws {
        try await serve(from: ["127.0.0.1"]) { server in
            let client = try server.connect()
            for byte in (Self.header + Self.request).utf8 { try client.send([byte]) }
            #expect(try client.response().text == "192.0.2.7")
        }
    }

    @Test("the proxy's own connection has its own address")
    func local() async throws {
        try await serve(from: ["127.0.0.1"]) { server in
            let client = try server.connect()
            try client.send("PROXY UNKNOWN\r\n" + Self.request)
            #expect(try client.response().text == "127.0.0.1")
        }
    }

    @Test("a unix socket's peer is trusted by name")
    func unixSocket() async throws {
        try await serve(from: ["unix"], at: temporarySocket()) { server in
            let client = try server.connect()
            try client.send(Self.header + Self.request)
            #expect(try client.response().text == "192.0.2.7")
        }
    }

    @Test("a connection of a trusted proxy without a header is closed", arguments: [request, "\r\n\r\n\0x\r\n"])
    func missing(bytes: String) async throws {
        try await serve(from: ["127.0.0.1"]) { server in
            let client = try server.connect()
            try client.send(bytes)
            #expect(client.isEnded)
            #expect(server.log.contains("A connection without a header of the PROXY protocol was closed."))
            #expect(await server.settles(at: 0))
        }
    }

    @Test("a proxy that does not send its header in time is closed")
    func slow() async throws {
        try await serve(from: ["127.0.0.1"]) { server in
            let client = try server.connect()
            try client.send("PROXY TCP4")
            #expect(client.isEnded)
        }
    }

    @Test("nobody else can claim an address")
    func untrusted() async throws {
        try await serve(from: ["192.0.2.0/24", "unix"]) { server in
            let (plain, claimed) = (
                try server.exchange(Self.request), try server.exchange(Self.header + Self.request)
            )
            #expect(plain.text == "127.0.0.1" && claimed.status == 400)
        }
    }
}
