import CarafeHTTP
import CarafeServer
import NIOCore
import TestSupport
import Testing

@Suite("A WebSocket that is silent", .timeLimit(.minutes(5)))
struct WebSocketTimeoutTests {
    private static func options(_ change: (inout WebSocketOptions) -> Void) -> WebSocketOptions {
        var options = WebSocketOptions()
        change(&options)
        return options
    }

    /// Short ticks.
    @Sendable private static func configure(_ configuration: inout ServerConfiguration) {
        configuration.lingerTimeout = .milliseconds(100)
    }

    @Test("a client is asked for a sign of life, and one that gives none is given up")
    func noPong() async throws {
        let options = Self.options {
            $0.pingInterval = .milliseconds(100)
            $0.pingTimeout = .milliseconds(200)
        }
        let recorder = Recorder()
        try await serve(.echo(options, recorder: recorder), Self.configure) { server in
            let socket = try RawWebSocket(server)
            #expect(try socket.next() == .ping(ByteBuffer()))
            #expect(try socket.next() == nil)
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["broken off"])
            #expect(server.log.contains("no sign of life"))
        }
    }

    @Test("one that answers stays")
    func pong() async throws {
        let options = Self.options {
            $0.pingInterval = .milliseconds(100)
            $0.pingTimeout = .milliseconds(400)
        }
        try await serve(.echo(options), Self.configure) { server in
            let socket = try RawWebSocket(server)
            for _ in 0..<5 {
                #expect(try socket.next() == .ping(ByteBuffer()))
                try socket.client.send(RawWebSocket.frame(.pong, ByteBuffer()))
            }
            try socket.send("still here")
            #expect(try socket.text() == "still here")
        }
    }

    @Test("a socket without messages is closed after its idle timeout, pings or not")
    func idle() async throws {
        let options = Self.options { $0.idleTimeout = .milliseconds(300) }
        try await serve(.echo(options), Self.configure) { server in
            let socket = try RawWebSocket(server)
            try socket.send("a")
            #expect(try socket.text() == "a")
            try socket.client.send(RawWebSocket.frame(.ping, ByteBuffer()))
            #expect(try socket.next() == .pong(ByteBuffer()))
            #expect(try socket.closeCode() == 1001)
        }
    }

    @Test("a client that does not agree to the end is given up")
    func close() async throws {
        let recorder = Recorder()
        let options = Self.options { $0.closeTimeout = .milliseconds(200) }
        let responder = TestResponder().webSocket("/bye", options, recorder: recorder) { socket in
            await socket.close(.init(4001), reason: "bye")
            recorder.note("closed with \(socket.closeCode?.rawValue ?? 0)")
        }
        try await serve(responder, Self.configure) { server in
            let socket = try RawWebSocket(server, "/bye")
            #expect(try socket.next() == .close(.init(4001), "bye"))
            #expect(try socket.next() == nil)
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["closed with 4001", "closed"])
        }
    }

    @Test("many idle sockets are kept", arguments: [200])
    func many(_ count: Int) async throws {
        try await serve(.echo()) { server in
            let sockets = try (0..<count).map { _ in try RawWebSocket(server) }
            #expect(server.server.statistics.connections == count)
            for socket in [sockets[0], sockets[count / 2], sockets[count - 1]] {
                try socket.send("here")
                #expect(try socket.text() == "here")
            }
        }
    }
}
