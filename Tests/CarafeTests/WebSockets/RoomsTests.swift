import Carafe
import CarafeTesting
import NIOCore
import Testing
import TestSupport

@Suite("Rooms", .timeLimit(.minutes(5)))
struct RoomsTests {
    private func chat(_ rooms: Rooms, _ options: WebSocketOptions? = nil) -> App {
        let (app, _) = smallApp()
        app.webSocket("/chat/<room>", options: options) { (socket: WebSocket, room: String) async throws in
            let membership = rooms.join(room, socket)
            defer { membership.leave() }
            for try await message in socket { rooms.broadcast(message, to: room) }
        }
        return app
    }

    @Test("a message reaches every member of its room and nobody else", arguments: WebSocketRouteTests.transports)
    func broadcast(_ transport: TestTransport) async throws {
        let rooms = Rooms()
        try await chat(rooms).test(transport) { (client) async throws in
            try await client.webSocket("/chat/a") { (one) async throws in
                try await client.webSocket("/chat/a") { (two) async throws in
                    try await client.webSocket("/chat/b") { (other) async throws in
                        #expect(await eventually { rooms.count(of: "a") == 2 && rooms.count(of: "b") == 1 })
                        try await one.send("hello")
                        #expect(try await one.receiveText() == "hello")
                        #expect(try await two.receiveText() == "hello")
                        try await other.send("me")
                        #expect(try await other.receiveText() == "me")
                        #expect(rooms.broadcast("from outside", to: "a") == 2)
                        #expect(try await two.receiveText() == "from outside")
                        #expect(rooms.broadcast("nobody", to: "c") == 0)
                        #expect(Set(rooms.names) == ["a", "b"])
                    }
                }
            }
            #expect(await eventually { rooms.names.isEmpty })
        }
    }

    @Test("names are compared by their bytes")
    func names() async throws {
        let rooms = Rooms()
        try await chat(rooms).test { (client) async throws in
            try await client.webSocket("/chat/caf%C3%A9") { _ in
                #expect(await eventually { rooms.count(of: "caf\u{E9}") == 1 })
                #expect(rooms.count(of: "cafe\u{301}") == 0)
            }
        }
    }

    @Test("a member that is too slow is closed with 1013, and the others get every message")
    func slow() async throws {
        let rooms = Rooms()
        var options = WebSocketOptions()
        options.offerBuffer = 200_000
        options.closeTimeout = .milliseconds(200)
        try await chat(rooms, options).test(.server) { (client) async throws in
            try await client.webSocket("/chat/a") { (fast) async throws in
                // It never reads.
                try await client.webSocket("/chat/a") { (slow) async throws in
                    #expect(await eventually { rooms.count(of: "a") == 2 })
                    let message = String(repeating: "x", count: 100_000)
                    var count = 0
                    while rooms.count(of: "a") == 2, count < 2_000 {
                        rooms.broadcast(message, to: "a")
                        count += 1
                        #expect(try await fast.receiveText().utf8.count == 100_000)
                    }
                    #expect(count < 2_000)
                    #expect(rooms.count(of: "a") == 1)
                    #expect(rooms.broadcast("still here", to: "a") == 1)
                    #expect(try await fast.receiveText() == "still here")
                    await slow.disconnect()
                }
            }
        }
    }
}
