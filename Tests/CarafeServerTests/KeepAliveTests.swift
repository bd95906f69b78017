import CarafeHTTP
import CarafeServer
import HTTPTypes
import Testing

@Suite struct KeepAliveTests {
    @Test("a connection serves one request after another")
    func keepAlive() async throws {
        try await serve { server in
            let client = try server.connect()
            for path in ["/a", "/b", "/later", "/c", "/stream"] {
                try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try client.response()
                #expect(response.status == 200 && !response.closes)
                #expect(response.text == (path == "/stream" ? "first second 3" : "GET \(path)"))
            }
        }
    }

    @Test(
        "the connection closes after a request that asks for it",
        arguments: ["/a", "/later", "/soon", "/stream", "/sized"])
    func close(path: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 200 && response.closes)
            #expect(client.isEnded)
        }
    }

    @Test("a response with Connection: close closes the connection")
    func closeByResponse() async throws {
        let responder = TestResponder().at("/last") { _ in
            .now(Response(headers: [.connection: "close"], body: .string("bye")))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /last HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().closes)
            #expect(client.isEnded)
        }
    }

    @Test("HTTP/1.0 closes unless the client asks to keep the connection")
    func http10() async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let first = try client.response()
            #expect(first["connection"] == "keep-alive")
            try client.send("GET /b HTTP/1.0\r\n\r\n")
            let last = try client.response()
            #expect(last.text == "GET /b" && last.closes)
            #expect(client.isEnded)
        }
    }

    @Test("a stream to an HTTP/1.0 client ends with the connection")
    func http10Stream() async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let response = try client.response()
            #expect(response.text == "first second 3" && response.closes)
            #expect(response["transfer-encoding"] == nil)
        }
    }

    @Test(
        "HEAD gets the head of GET's response and no content",
        arguments: [
            ("/a", "content-length", "7"), ("/later", "content-length", "10"), ("/sized", "content-length", "14"),
            ("/stream", "transfer-encoding", "chunked"),
        ])
    func head(path: String, field: String, value: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("HEAD \(path) HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try client.response(to: "HEAD")
            #expect(response.status == 200)
            #expect(response[field] == (path == "/a" ? "7" : value))
            #expect(try client.response().text == "GET /b")
        }
    }

    @Test("every response has one Date, and no Server unless configured")
    func fields() async throws {
        try await serve { server in
            let response = try server.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response.fields.filter { $0.name == "date" }.count == 1)
            #expect(response["server"] == nil)
        }
    }

    @Test("the configured Server name is in every response that has none of its own")
    func serverName() async throws {
        try await serve(.usual, { $0.serverName = "carafe" }) { server in
            for request in ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "bad\r\n\r\n"] {
                let response = try server.exchange(request)
                #expect(response["server"] == "carafe")
            }
        }
    }

    @Test("many clients are served at a time by several event loops")
    func severalLoops() async throws {
        let loops = Recorder()
        let responder = TestResponder().at("/loop") { request in
            loops.note("\(ObjectIdentifier(request.connection.eventLoop))")
            return .now(Response("ok"))
        }
        try await serve(responder, { $0.threads = 3 }) { server in
            let clients = try (0..<30).map { _ in try server.connect() }
            for client in clients { try client.send("GET /loop HTTP/1.1\r\nHost: x\r\n\r\n") }
            for client in clients { #expect(try client.response().text == "ok") }
            #expect(Set(loops.events).count == 3)
        }
    }
}
