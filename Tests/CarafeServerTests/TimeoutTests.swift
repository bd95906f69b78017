import CarafeHTTP
import CarafeServer
import NIOCore
import Testing
import TestSupport

@Suite struct TimeoutTests {
    @Test("a head that does not arrive in time gets 408, however its bytes drip in", arguments: [false, true])
    func head(drips: Bool) async throws {
        try await serve(.usual, { $0.headerTimeout = .milliseconds(200) }) { server in
            let client = try server.connect()
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\n")
            #expect(try client.response().text == "GET /a")
            if drips { await drip("Host: example.org\r\n\r\n", to: client, every: .milliseconds(40)) }
            let response = try client.response()
            #expect(response.status == 408 && response.closes)
            #expect(client.isEnded)
        }
    }

    @Test("a client that says nothing at all is let go without a word")
    func silence() async throws {
        try await serve(.usual, { $0.headerTimeout = .milliseconds(100) }) { server in
            let client = try server.connect()
            #expect(try client.rest() == "")
        }
    }

    @Test("a connection that waits too long for its next request is closed", arguments: ["/a", "/later", "/stream"])
    func keepAlive(path: String) async throws {
        try await serve(.usual, { $0.keepAliveTimeout = .milliseconds(100) }) { server in
            let client = try server.connect()
            try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try !client.response().closes)
            #expect(client.isEnded)
            #expect(await server.settles(at: 0))
        }
    }

    @Test("the keep-alive timeout begins anew with each request")
    func keepAliveRestarts() async throws {
        try await serve(.usual, { $0.keepAliveTimeout = .seconds(2) }) { server in
            let client = try server.connect()
            for _ in 0..<6 {
                try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.response().text == "GET /a")
                try await Task.sleep(for: .milliseconds(450))
            }
        }
    }

    @Test("a handler may take longer than every timeout")
    func slowHandler() async throws {
        let responder = TestResponder().later("/slow") { _ in
            try? await Task.sleep(for: .milliseconds(400))
            return Response("done")
        }
        try await serve(responder, { $0.setTimeouts(.milliseconds(80)) }) { server in
            let answer = try server.exchange("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.text == "done")
        }
    }

    @Test(
        "content that stops coming is told to its reader, who answers 408",
        arguments: ["Content-Length: 9", "Transfer-Encoding: chunked"])
    func bodyIdle(framing: String) async throws {
        try await serve(.usual, { $0.bodyIdleTimeout = .milliseconds(100) }) { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\n\(framing)\r\n\r\n3\r\na")
            let response = try client.response()
            #expect(response.status == 408 && response.closes)
            #expect(client.isEnded)
        }
    }

    @Test("content that comes too slowly is refused, and allowed where no rate is asked for", arguments: [500, 0])
    func minimumRate(rate: Int) async throws {
        try await serve(.usual, { ($0.bodyIdleTimeout, $0.minimumBodyRate) = (.milliseconds(1500), rate) }) { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n")
            await drip(String(repeating: "a", count: 20), to: client, every: .milliseconds(100))
            #expect(try client.response().status == (rate == 0 ? 200 : 408))
        }
    }

    @Test("content may take as long as it needs while it comes fast enough")
    func fastEnough() async throws {
        try await serve(.usual, { ($0.bodyIdleTimeout, $0.minimumBodyRate) = (.milliseconds(1500), 500) }) { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 6000\r\n\r\n")
            await drip(String(repeating: "a", count: 6000), to: client, every: .milliseconds(140), pieces: 15)
            #expect(try client.response().body.count == 6000)
        }
    }

    @Test("the reader's own pauses are not held against the client")
    func slowReader() async throws {
        let responder = TestResponder().later("/slow") { request in
            await TestResponder.answering {
                var size = 0
                for try await piece in request.body {
                    if size == 0 { try await Task.sleep(for: .milliseconds(2000)) }
                    size += piece.readableBytes
                }
                return Response("\(size)")
            }
        }
        try await serve(responder, { $0.bodyIdleTimeout = .milliseconds(1500) }) { server in
            let client = try server.connect()
            try client.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n")
            try client.send([UInt8](repeating: 0x61, count: 5_000_000))
            #expect(try client.response().text == "5000000")
        }
    }

    @Test("a client that takes nothing of its response is let go", arguments: ["/large", "/stream"])
    func send(path: String) async throws {
        let recorder = Recorder()
        let large = ByteBuffer(repeating: 0x61, count: 16_000_000)
        let responder = TestResponder()
            .at("/large") { _ in .now(recorder.watch(Response(body: .bytes(large)))) }
            .at("/stream") { _ in
                .now(recorder.watch(Response(body: .stream { while true { try await $0.write(large) } })))
            }
        try await serve(responder, { $0.sendTimeout = .milliseconds(200) }) { server in
            let client = try server.connect(receiveBuffer: 8192)
            try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { recorder.events == ["broken off"] })
            #expect(await server.settles(at: 0))
            client.close()
        }
    }

    @Test("a client that reads slowly but steadily gets its whole response")
    func steadyReader() async throws {
        let responder = TestResponder().at("/large") { _ in
            .now(Response(body: .bytes(ByteBuffer(repeating: 0x61, count: 12_000_000))))
        }
        try await serve(responder, { $0.sendTimeout = .milliseconds(1500) }) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let start = ContinuousClock.now
            var size = 0
            while size < 12_000_000 {
                let bytes = try client.receive()
                if bytes.isEmpty { break }
                size += bytes.count
                if ContinuousClock.now - start < .seconds(2) { try await Task.sleep(for: .milliseconds(10)) }
            }
            #expect(size > 12_000_000)
        }
    }

    @Test("what follows the last response is dropped for a moment only")
    func linger() async throws {
        try await serve(.usual, { $0.lingerTimeout = .milliseconds(100) }) { server in
            let client = try server.connect()
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try client.response().text == "GET /a")
            #expect(client.isEnded)
            #expect(await server.settles(at: 0))
        }
    }

    /// Sends `text` in pieces with a pause after each; the server may close before the end.
    private func drip(_ text: String, to client: RawClient, every pause: Duration, pieces: Int? = nil) async {
        let bytes = Array(text.utf8)
        let size = bytes.count / (pieces ?? bytes.count)
        for start in stride(from: 0, to: bytes.count, by: size) {
            guard (try? client.send(Array(bytes[start..<min(start + size, bytes.count)]))) != nil else { return }
            try? await Task.sleep(for: pause)
        }
    }
}

extension ServerConfiguration {
    fileprivate mutating func setTimeouts(_ timeout: Duration) {
        (headerTimeout, bodyIdleTimeout, sendTimeout, keepAliveTimeout) = (timeout, timeout, timeout, timeout)
    }
}
