import Carafe
import CarafeTesting
import NIOCore
import Testing

@Suite("How a WebSocket ends", .timeLimit(.minutes(5)))
struct WebSocketEndTests {
    private struct Broken: Error, CustomStringConvertible { let description = "the engine is broken" }
    private struct Move: Codable, Sendable { var x: Int }

    @Test("an error is logged once and closes the socket with 1011", arguments: WebSocketRouteTests.transports)
    func error(_ transport: TestTransport) async throws {
        let (app, log) = recordedApp()
        let events = Events()
        app.teardownRequest { _, error in events.note("teardown \(error is Broken)") }
        app.webSocket("/") { (socket: WebSocket) in
            for try await _ in socket { throw Broken() }
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/") { (socket) async throws in
                try await socket.send("go")
                #expect(try await socket.closed() == .internalError)
                #expect(socket.closeReason.isEmpty)
            }
        }
        #expect(log.errors.filter { $0.contains("the engine is broken") }.count == 1)
        #expect(log.errors.count == 1)
        #expect(events.all == ["teardown true"])
    }

    @Test("what a client does wrong closes the socket, says why, and is not logged")
    func clientErrors() async throws {
        let (app, log) = recordedApp()
        app.webSocket("/json") { (socket: WebSocket) in
            for try await message in socket { try await socket.send("\(message.json(as: Move.self).x)") }
        }
        app.webSocket("/abort") { (_: WebSocket) in throw Abort(.forbidden, "Not you.") }
        try await app.test { (client) async throws in
            try await client.webSocket("/json") { (socket) async throws in
                try await socket.send(json: Move(x: 3))
                #expect(try await socket.receiveText() == "3")
                try await socket.send(#"{"x": "three"}"#)
                #expect(try await socket.closed() == .invalidData)
                #expect(socket.closeReason.contains("x: expected"))
            }
            try await client.webSocket("/abort") { (socket) async throws in
                #expect(try await socket.closed() == .policyViolation)
                #expect(socket.closeReason == "Not you.")
            }
        }
        #expect(log.errors.isEmpty)
    }

    @Test("a handler closes with a code and a reason of its own; a long one is cut at a whole character")
    func ownCode() async throws {
        let (app, _) = recordedApp()
        app.webSocket("/") { (socket: WebSocket) in
            await socket.close(.init(4000), reason: String(repeating: "ü", count: 100))
            #expect(socket.closeCode == .init(4000))
            await #expect(throws: WebSocketClosed.self) { try await socket.send("too late") }
        }
        try await app.test { (client) async throws in
            try await client.webSocket("/") { (socket) async throws in
                #expect(try await socket.closed() == .init(4000))
                #expect(socket.closeReason == String(repeating: "ü", count: 61))
            }
        }
    }

    @Test("the client's code and reason reach the handler", arguments: WebSocketRouteTests.transports)
    func clientCloses(_ transport: TestTransport) async throws {
        let (app, _) = recordedApp()
        let events = Events()
        app.webSocket("/") { (socket: WebSocket) in
            for try await message in socket { events.note(message.text ?? "") }
            events.note("\(socket.closeCode?.rawValue ?? 0) \(socket.closeReason)")
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/") { (socket) async throws in
                for text in ["a", "b", "c"] { try await socket.send(text) }
                try await socket.close(.init(3000), reason: "enough")
            }
            try await client.webSocket("/") { await $0.disconnect() }
            // Before the server stops, which would tell a socket that is still there that it is going away.
            #expect(await events.eventually(["a", "b", "c", "3000 enough", "1006 "]), "\(events.all)")
        }
    }

    @Test("a ticker that never reads stops when the client has gone", arguments: WebSocketRouteTests.transports)
    func ticker(_ transport: TestTransport) async throws {
        let (app, log) = recordedApp()
        let events = Events()
        app.webSocket("/") { (socket: WebSocket) in
            defer { events.note("stopped") }
            while true {
                try await socket.send("tick")
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/") { (socket) async throws in #expect(try await socket.receiveText() == "tick")
            }
            #expect(await events.eventually(["stopped"]))
        }
        #expect(log.errors.isEmpty)
    }

    @Test("a handler that waits for something else is cancelled", arguments: WebSocketRouteTests.transports)
    func cancelled(_ transport: TestTransport) async throws {
        let (app, log) = recordedApp()
        app.webSocketOptions.handlerGrace = .milliseconds(50)
        let events = Events()
        app.webSocket("/") { (_: WebSocket) in
            do { try await Task.sleep(for: .seconds(60)) } catch {
                events.note("\(type(of: error))")
                throw error
            }
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/") { await $0.disconnect() }
            #expect(await events.eventually(["CancellationError"]))
        }
        #expect(log.errors.isEmpty)
    }

    @Test("a message over the limit closes the socket with 1009")
    func limit() async throws {
        let (app, _) = recordedApp()
        var options = WebSocketOptions()
        options.maxMessageSize = 100
        app.webSocket("/", options: options) { (socket: WebSocket) in
            for try await message in socket { try await socket.send("\(message.size)") }
        }
        try await app.test(.server) { (client) async throws in
            try await client.webSocket("/") { (socket) async throws in
                try await socket.send(String(repeating: "a", count: 100))
                #expect(try await socket.receiveText() == "100")
                try await socket.send(String(repeating: "a", count: 101))
                #expect(try await socket.closed() == .messageTooBig)
            }
        }
    }
}
