import CarafeHTTP
import NIOCore
import Testing

@Suite struct PipeliningTests {
    /// The requests for these paths in one piece.
    private static func requests(_ paths: [String]) -> String {
        paths.map { "GET \($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
    }

    @Test(
        "pipelined requests are answered in order, however each is answered",
        arguments: [
            ["/a", "/b", "/c"], ["/later", "/later"], ["/a", "/later", "/b"], ["/soon", "/a", "/soon", "/soon"],
            ["/a", "/soon", "/later", "/b", "/later", "/soon"], ["/stream", "/a"], ["/stream", "/stream", "/later"],
            ["/sized", "/later", "/sized", "/b"],
        ])
    func order(paths: [String]) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send(Self.requests(paths))
            for path in paths {
                let streams = path == "/stream" || path == "/sized"
                #expect(try client.response().text == (streams ? "first second 3" : "GET \(path)"))
            }
        }
    }

    @Test("a long pipeline in one write is answered to its end", arguments: ["/a", "/soon", "/later"])
    func long(path: String) async throws {
        let count = path == "/later" ? 60 : 3000
        try await serve { server in
            let client = try server.connect()
            try client.send(Self.requests(Array(repeating: path, count: count)))
            for _ in 0..<count { #expect(try client.response().text == "GET \(path)") }
        }
    }

    @Test("a pipeline goes on behind large responses", arguments: [20_000, 70_000, 300_000])
    func largeResponses(size: Int) async throws {
        let responder = TestResponder.usual.at("/large") { _ in
            .now(Response(body: .bytes(ByteBuffer(repeating: 0x61, count: size))))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send(Self.requests(["/large", "/a", "/large", "/large", "/later", "/large", "/b"]))
            let sizes = try (0..<6).map { _ in try client.response().body.count }
            #expect(sizes == [size, 6, size, size, 10, size])
            #expect(try client.response().text == "GET /b")
        }
    }

    @Test("requests that come one byte at a time are answered")
    func bytewise() async throws {
        try await serve { server in
            let client = try server.connect()
            for byte in Self.requests(["/a", "/later"]).utf8 { try client.send([byte]) }
            #expect(try client.response().text == "GET /a")
            #expect(try client.response().text == "GET /later")
        }
    }

    @Test("pipelined requests with content are told apart")
    func contents() async throws {
        try await serve { server in
            let client = try server.connect()
            let post = "POST /echo HTTP/1.1\r\nHost: x\r\n"
            try client.send(
                post + "Content-Length: 3\r\n\r\none" + post + "Transfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
                    + Self.requests(["/a"]) + post + "Content-Length: 5\r\n\r\nthree")
            let answers = try (0..<4).map { _ in try client.response().text }
            #expect(answers == ["one", "two", "GET /a", "three"])
        }
    }

    @Test("the request behind content that nobody reads is answered", arguments: ["/a", "/later", "/stream"])
    func unreadContent(path: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
            let content = [UInt8](repeating: 0x61, count: 100_000)
            try client.send(Array(content.prefix(50_000)))
            #expect(try client.response().status == 200)
            try client.send(Array(content.dropFirst(50_000)) + Array(Self.requests(["/next"]).utf8))
            #expect(try client.response().text == "GET /next")
        }
    }

    @Test("no further request is read while many wait behind one")
    func backlog() async throws {
        let gate = Gate()
        let responder = TestResponder.usual.later("/wait") { _ in
            await gate.wait()
            return Response("waited")
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 4096)
            try client.send(Self.requests(["/wait"]))
            client.setTimeout(milliseconds: 200)
            let wanted = 400_000
            let pipeline = Array(Self.requests(Array(repeating: "/a", count: wanted)).utf8)
            #expect(try client.push(pipeline) < 12_000_000)
            gate.open()
            client.setTimeout(milliseconds: 2000)
            #expect(try client.response().text == "waited")
            #expect(try client.response().text == "GET /a")
        }
    }
}
