import Carafe
import CarafeTesting
import Testing

/// An app for a page's snippets.
private func app(_ declare: (App) throws -> Void) rethrows -> App {
    let app = App("docs", root: "/nonexistent", environment: .none)
    app.config.secretKey = "for tests"
    try declare(app)
    return app
}

@Suite("What the guide on WebSockets says", .timeLimit(.minutes(5)))
struct WebSocketsPageTests {
    @Test("its test passes")
    func testing() async throws { try await WebSocketsPage.testing(app(WebSocketsPage.echo)) }

    @Test("a socket takes parameters and the session; who has not logged in is told")
    func parameters() async throws {
        try await app(WebSocketsPage.parameters).test { client in
            try await client.webSocket("/rooms/a/1") { (socket) async throws in
                #expect(try await socket.closed() == .policyViolation)
                #expect(socket.closeReason == "Log in first.")
            }
            try await client.session { $0["user"] = "Ada" }
            try await client.webSocket("/rooms/a/1") { socket in
                #expect(try await socket.receiveText() == "Welcome to seat 1 in a, Ada.")
                try await socket.send("hi")
                #expect(try await socket.receiveText() == "You said hi")
            }
        }
    }

    @Test("values go both ways as JSON")
    func json() async throws {
        try await app(WebSocketsPage.json).test { client in
            try await client.webSocket("/game") { socket in
                try await socket.send(json: ["x": 1, "y": 2])
                #expect(try await socket.receiveJSON(as: [String: Int].self) == ["x": 2, "y": 2])
                try await socket.send("no move")
                #expect(try await socket.closed() == .invalidData)
            }
        }
    }

    @Test("what is posted to a room reaches its members")
    func rooms() async throws {
        try await app(WebSocketsPage.rooms).test { client in
            try await client.webSocket("/chat/a") { socket in
                try await socket.send("one")
                #expect(try await socket.receiveText() == "one")
                #expect(try await client.post("/chat/a", .text("two")).status == .accepted)
                #expect(try await socket.receiveText() == "two")
            }
        }
    }

    @Test("origins, subprotocols and options are what they say")
    func settings() async throws {
        let app = app {
            WebSocketsPage.origins($0)
            WebSocketsPage.presence($0)
            WebSocketsPage.options($0)
        }
        #expect(app.webSocketOptions.maxMessageSize == 65_536)
        try await app.test { client in
            try await client.webSocket("/prices", origin: "https://anywhere.example") { (socket) async throws in
                #expect(try await socket.receiveText() == "42")
            }
            try await client.webSocket("/feed", subprotocols: ["feed.v1", "feed.v2"], origin: "https://example.org") {
                (socket) async throws in
                #expect(try await socket.receiveText() == "This is feed.v2")
            }
            try await client.webSocket("/presence") { socket in try await socket.close() }
            try await client.webSocket("/reports", compression: WebSocketCompression()) { (socket) async throws in
                #expect(socket.headers[.secWebSocketExtensions] != nil)
                #expect(try await socket.receiveText() == "…")
            }
        }
    }

    @Test("an event that is posted reaches who listens")
    func channel() async throws {
        try await app(WebSocketsPage.channel).test { client in
            try await client.stream(.get, "/news") { (response) async throws in
                var lines = response.lines.makeAsyncIterator()
                #expect(try await lines.next() == "retry: 2000")
                #expect(try await lines.next() == "")
                #expect(try await client.post("/news", .text("Ducks!")).status == .accepted)
                #expect(try await lines.next() == "event: headline")
                #expect(try await lines.next()?.hasPrefix("id: ") == true)
                #expect(try await lines.next() == "data: Ducks!")
            }
        }
    }
}
