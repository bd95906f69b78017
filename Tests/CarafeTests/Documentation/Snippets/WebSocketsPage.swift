import Carafe
import CarafeTesting
import Testing

/// The snippets of docs/guide/websockets.md. Each function holds one block, word for word; `SnippetTests` says where one
/// is missing.
enum WebSocketsPage {
    static func echo(_ app: App) {
        app.webSocket("/echo") { (socket: WebSocket) in
            for try await message in socket {
                try await socket.send(message)
            }
        }
    }

    static func parameters(_ app: App) {
        app.webSocket("/rooms/<room>/<int:seat>") { (socket: WebSocket, session: Session, room: String, seat: Int) in
            guard let user: String = session["user"] else { throw Abort(.forbidden, "Log in first.") }
            try await socket.send("Welcome to seat \(seat) in \(room), \(user).")
            for try await message in socket {
                if case .text(let text) = message { try await socket.send("You said \(text)") }
            }
        }
    }

    static func json(_ app: App) {
        struct Move: Codable {
            var x: Int
            var y: Int
        }

        app.webSocket("/game") { (socket: WebSocket) in
            for try await message in socket {
                var move = try message.json(as: Move.self)
                move.x += 1
                try await socket.send(json: move)
            }
        }
    }

    static func rooms(_ app: App) {
        let rooms = Rooms()
        app.webSocket("/chat/<room>") { (socket: WebSocket, room: String) async throws in
            let membership = rooms.join(room, socket)
            defer { membership.leave() }
            for try await message in socket { rooms.broadcast(message, to: room) }
        }
        app.post("/chat/<room>") { (request: Request, room: String) async throws in
            rooms.broadcast(try await request.text(), to: room)
            return HTTPResponse.Status.accepted
        }
    }

    static func origins(_ app: App) {
        app.webSocket("/prices", origins: .any) { (socket: WebSocket) in
            try await socket.send("42")
        }
        app.webSocket(
            "/feed", subprotocols: ["feed.v2", "feed.v1"], origins: .only("https://example.com", "https://example.org")
        ) { (socket: WebSocket) in
            try await socket.send("This is \(socket.subprotocol ?? "feed.v1")")
        }
    }

    static func presence(_ app: App) {
        app.webSocket("/presence") { (socket: WebSocket, request: Request) async throws in
            request.logger.info("online")
            for try await _ in socket {}
            request.logger.info("offline, after \(socket.closeCode?.description ?? "nothing")")
        }
    }

    static func options(_ app: App) {
        app.webSocketOptions.maxMessageSize = 64 * 1024
        app.webSocketOptions.pingInterval = .seconds(30)

        var options = WebSocketOptions()
        options.compression = WebSocketCompression()
        options.idleTimeout = .seconds(600)
        app.webSocket("/reports", options: options) { (socket: WebSocket) in
            try await socket.send("…")
        }
    }

    static func channel(_ app: App) {
        let news = EventChannel(replay: 100)
        app.get("/news") { (request: Request) in news.stream(for: request, retry: .seconds(2)) }
        app.post("/news") { (request: Request) async throws in
            news.send(try await request.text(), event: "headline")
            return HTTPResponse.Status.accepted
        }
    }

    static func testing(_ app: App) async throws {
        try await app.test { client in
            try await client.webSocket("/echo") { socket in
                try await socket.send("Hello")
                #expect(try await socket.receiveText() == "Hello")
                try await socket.close()
            }
        }
    }
}
