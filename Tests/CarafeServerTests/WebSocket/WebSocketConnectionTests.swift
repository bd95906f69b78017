import CarafeHTTP
import CarafeServer
import NIOCore
import Testing
import TestSupport

@Suite("A connection that becomes a WebSocket", .timeLimit(.minutes(5)))
struct WebSocketConnectionTests {
    @Test("messages go both ways, and both sides agree to the end")
    func echo() async throws {
        let recorder = Recorder()
        try await serve(.echo(recorder: recorder)) { server in
            let socket = try RawWebSocket(server)
            try socket.send("κόσμε")
            #expect(try socket.text() == "κόσμε")
            let large = ByteBuffer(repeating: 0x2A, count: 300_000)
            try socket.client.send(RawWebSocket.frame(.binary, large))
            #expect(try socket.next() == .message(.binary(large)))
            #expect(recorder.events == [])
            try socket.client.send(RawWebSocket.close(1000))
            #expect(try socket.closeCode() == 1000)
            #expect(socket.client.isEnded)
            socket.client.close()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["closed"])
        }
    }

    @Test("frames that come with the handshake, or before it is answered, are not lost", arguments: [false, true])
    func early(isLater: Bool) async throws {
        let now = TestResponder.echo()
        let later = TestResponder().at("/echo") { request in
            .later {
                try? await Task.sleep(for: .milliseconds(50))
                return await now.respond(to: request).response
            }
        }
        try await serve(isLater ? later : now) { server in
            let socket = try RawWebSocket(server, early: RawWebSocket.text("early") + RawWebSocket.close(1001))
            #expect(try socket.text() == "early")
            #expect(try socket.closeCode() == 1001)
        }
    }

    @Test("a request comes before it on the same connection, and none after it")
    func afterARequest() async throws {
        try await serve(.echo()) { server in
            let client = try server.connect()
            try client.send("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "GET /plain")
            try client.send(RawWebSocket.handshake("/echo") + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
            let rest = try client.rest()
            #expect(rest.contains("101 Switching Protocols") && !rest.contains("smuggled"))
        }
    }

    @Test("a handshake that is refused is answered like any request", arguments: [("8", 426), ("13", 400)])
    func refused(_ version: String, _ status: Int) async throws {
        try await serve(.echo()) { server in
            let client = try server.connect()
            try client.send(
                "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: \(version)\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().status == status)
            #expect(try client.response().text == "GET /next")
        }
    }

    @Test("the handler's end closes the socket")
    func handlerReturns() async throws {
        let responder = TestResponder().webSocket("/bye") { socket in try await socket.send("bye") }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server, "/bye")
            #expect(try socket.text() == "bye")
            #expect(try socket.closeCode() == 1000)
            try socket.client.send(RawWebSocket.close(1000))
            #expect(socket.client.isEnded)
            #expect(await server.settles(at: 0))
        }
    }

    @Test("a client that breaks the protocol is told, and the loop over the socket ends")
    func violation() async throws {
        let recorder = Recorder()
        let responder = TestResponder().webSocket("/echo", recorder: recorder) { socket in
            for try await _ in socket {}
            recorder.note("ended with \(socket.closeCode?.rawValue ?? 0)")
        }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server)
            try socket.client.send([0x81, 0x01, 0x61])
            #expect(try socket.closeCode() == 1002)
            #expect(socket.client.isEnded)
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["ended with 1002", "closed"])
        }
    }

    @Test("a client that leaves without a word ends the loop; then sending throws", arguments: [true, false])
    func leaves(resets: Bool) async throws {
        let recorder = Recorder()
        let responder = TestResponder().webSocket("/echo", recorder: recorder) { socket in
            for try await _ in socket {}
            recorder.note("\(socket.closeCode?.rawValue ?? 0)")
            try await socket.send("too late")
        }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server)
            try socket.send("hello")
            if resets { socket.client.reset() } else { socket.client.finishSending() }
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["1006", "WebSocketClosed", "broken off"])
        }
    }

    @Test("a handler that takes no notice of the client's leaving is cancelled after its grace")
    func grace() async throws {
        let recorder = Recorder()
        var options = WebSocketOptions()
        options.handlerGrace = .milliseconds(100)
        let responder = TestResponder().webSocket("/wait", options, recorder: recorder) { _ in
            recorder.note("started")
            try await Task.sleep(for: .seconds(60))
        }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server, "/wait")
            #expect(await eventually { recorder.events == ["started"] })
            socket.client.reset()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["started", "CancellationError", "broken off"])
        }
    }

    @Test("stopping tells every client that the server goes away, and waits for its handler")
    func drain() async throws {
        let recorder = Recorder()
        let responder = TestResponder().webSocket("/echo", recorder: recorder) { socket in
            for try await message in socket { try await socket.send(message) }
            try await Task.sleep(for: .milliseconds(100))
            recorder.note("done")
        }
        try await serve(responder) { server in
            let sockets = try (0..<20).map { _ in try RawWebSocket(server) }
            for socket in sockets {
                try socket.send("acknowledged?")
                #expect(try socket.text() == "acknowledged?")
            }
            let stopped = try await server.beginStopping()
            for socket in sockets {
                #expect(try socket.closeCode() == 1001)
                try socket.client.send(RawWebSocket.close(1001))
                #expect(socket.client.isEnded)
                socket.client.close()
            }
            await stopped.value
            #expect(recorder.events.filter { $0 == "done" }.count == 20)
        }
    }

    @Test("an endless stream ends in order when the server stops")
    func endlessStream() async throws {
        let responder = TestResponder().at("/events") { _ in
            .now(
                Response(
                    body: .endlessStream { writer in
                        try await writer.write("first")
                        try? await Task.sleep(for: .seconds(60))
                    }))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = try client.receive()
            let stopped = try await server.beginStopping()
            client.giveBack(first)
            #expect(try client.response().text == "first")
            client.close()
            await stopped.value
        }
    }
}
