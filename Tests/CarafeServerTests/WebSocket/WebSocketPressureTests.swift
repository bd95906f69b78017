import CarafeHTTP
import CarafeServer
import NIOCore
import Testing
import TestSupport

@Suite("A WebSocket that one side does not keep pace with", .timeLimit(.minutes(5)))
struct WebSocketPressureTests {
    @Test("a handler that does not read holds the client up, and little is kept in memory")
    func handlerDoesNotRead() async throws {
        let gate = Gate()
        let responder = TestResponder().webSocket("/slow") { socket in
            await gate.wait()
            var size = 0
            for try await message in socket { size += message.size }
            try await socket.send("unused")
            _ = size
        }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server, "/slow")
            socket.client.setTimeout(milliseconds: 200)
            let message = RawWebSocket.frame(.binary, ByteBuffer(repeating: 0, count: 100_000))
            var pushed = 0
            for _ in 0..<500 {
                let count = try socket.client.push(message)
                pushed += count
                if count < message.count { break }
            }
            // What the system's own buffers take on both sides, and no more.
            #expect(pushed < 20_000_000)
            gate.open()
        }
    }

    @Test("a send waits while the client does not read, and goes on when it does")
    func clientDoesNotRead() async throws {
        let sent = Counter()
        let responder = TestResponder().webSocket("/fast") { socket in
            let message = ByteBuffer(repeating: 0x61, count: 16_000)
            for _ in 0..<1_000 {
                try await socket.send(message)
                sent.add()
            }
        }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server, "/fast", receiveBuffer: 65_536)
            try await Task.sleep(for: .milliseconds(200))
            #expect(sent.value < 500)
            for _ in 0..<1_000 {
                guard case .message(let message)? = try socket.next() else { break }
                #expect(message.size == 16_000)
            }
            #expect(sent.value == 1_000)
            #expect(try socket.closeCode() == 1000)
        }
    }

    @Test("both sides stop reading, the client goes on, and nothing is stuck")
    func bothHeldUp() async throws {
        try await serve(.echo()) { server in
            let socket = try RawWebSocket(server, receiveBuffer: 65_536)
            let message = RawWebSocket.frame(.binary, ByteBuffer(repeating: 0x61, count: 50_000))
            socket.client.setTimeout(milliseconds: 200)
            // Nothing is read, so that the echo is held up, and with it the client.
            var (whole, rest) = (0, [UInt8]())
            while whole < 1_000 {
                let count = try socket.client.push(message)
                if count < message.count {
                    rest = Array(message.dropFirst(count))
                    break
                }
                whole += 1
            }
            #expect(whole < 1_000)
            socket.client.setTimeout(milliseconds: 8_000)
            for _ in 0..<whole {
                guard case .message(let echoed)? = try socket.next() else {
                    Issue.record("The echo stopped.")
                    return
                }
                #expect(echoed.size == 50_000)
            }
            try socket.client.send(rest)
            #expect(try socket.next() == .message(.binary(ByteBuffer(repeating: 0x61, count: 50_000))))
        }
    }

    @Test("an offer to a slow client is refused when its queue is full, and takes no waiting")
    func offer() async throws {
        let refused = Counter()
        var options = WebSocketOptions()
        options.offerBuffer = 100_000
        let responder = TestResponder().webSocket("/offer", options) { socket in
            for _ in 0..<10_000 where !socket.offer(.binary(ByteBuffer(repeating: 0, count: 1_000))) { refused.add() }
            for try await _ in socket {}
        }
        try await serve(responder) { server in
            let socket = try RawWebSocket(server, "/offer", receiveBuffer: 65_536)
            #expect(await eventually { refused.value > 0 })
            socket.client.reset()
            #expect(await server.settles(at: 0))
        }
    }

    @Test("a client that takes nothing for too long is given up")
    func stuck() async throws {
        let recorder = Recorder()
        let responder = TestResponder().webSocket("/fast", recorder: recorder) { socket in
            while true { try await socket.send(ByteBuffer(repeating: 0x61, count: 100_000)) }
        }
        try await serve(responder, { $0.sendTimeout = .milliseconds(300) }) { server in
            let socket = try RawWebSocket(server, "/fast", receiveBuffer: 65_536)
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["WebSocketClosed", "broken off"])
            socket.client.close()
        }
    }
}
