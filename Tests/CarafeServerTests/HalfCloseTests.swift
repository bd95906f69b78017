import CarafeHTTP
import CarafeServer
import NIOCore
import Testing

/// Clients that shut their sending side and go on reading.
@Suite struct HalfCloseTests {
    @Test(
        "every request sent before the client shut its side is answered, then the connection closes",
        arguments: [0, 20])
    func answers(pause: Int) async throws {
        try await serve { server in
            let client = try server.connect()
            let paths = ["/a", "/later", "/stream", "/soon", "/b"]
            try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            try await Task.sleep(for: .milliseconds(pause))
            client.finishSending()
            for path in paths {
                #expect(try client.response().text == (path == "/stream" ? "first second 3" : "GET \(path)"))
            }
            #expect(client.isEnded)
            #expect(await server.settles(at: 0))
        }
    }

    @Test("a large response reaches a client that has shut its side")
    func large() async throws {
        let responder = TestResponder().at("/large") { _ in
            .now(Response(body: .bytes(ByteBuffer(repeating: 0x61, count: 5_000_000))))
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            client.finishSending()
            #expect(try client.response().body.count == 5_000_000)
            #expect(try client.response().text == "GET /next")
            #expect(client.isEnded)
        }
    }

    @Test(
        "content that the client cut short is told to its reader",
        arguments: ["Content-Length: 9", "Transfer-Encoding: chunked"])
    func cutContent(framing: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n4\r\nab")
            client.finishSending()
            let response = try client.response()
            #expect(response.status == 400 && response.closes)
            #expect(client.isEnded)
        }
    }

    @Test("a client that leaves within a head is let go", arguments: ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n"])
    func cutHead(bytes: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send(bytes)
            #expect(await server.settles(at: 1))
            client.finishSending()
            #expect(client.isEnded)
            #expect(await server.settles(at: 0))
        }
    }

    @Test("a client that closes after the last response is let go at once")
    func closesAfterResponse() async throws {
        try await serve(.usual, { $0.lingerTimeout = .seconds(60) }) { server in
            let client = try server.connect()
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try client.response().text == "GET /a")
            #expect(client.isEnded)
            client.close()
            #expect(await server.settles(at: 0))
        }
    }
}
