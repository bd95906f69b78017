import Carafe
import CarafeTesting
import NIOCore
import Synchronization
import Testing
import TestSupport

@Suite("Routes of WebSockets", .timeLimit(.minutes(5)))
struct WebSocketRouteTests {
    static let transports = [TestTransport.inMemory, .server]

    @Test("messages of every kind go both ways", arguments: transports)
    func echo(_ transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.webSocket("/echo") { (socket: WebSocket) in
            for try await message in socket { try await socket.send(message) }
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/echo") { (socket) async throws in
                try await socket.send("κόσμε")
                #expect(try await socket.receiveText() == "κόσμε")
                try await socket.send([1, 2, 3] as [UInt8])
                #expect(try await socket.receiveBytes() == ByteBuffer(bytes: [1, 2, 3]))
                try await socket.send(json: ["a": 1])
                #expect(try await socket.receiveJSON(as: [String: Int].self) == ["a": 1])
                let large = ByteBuffer(repeating: 7, count: 900_000)
                try await socket.send(large)
                #expect(try await socket.receiveBytes() == large)
                try await socket.close()
                #expect(socket.closeCode == .normal)
            }
        }
    }

    @Test("a handler takes path variables and whatever else a handler takes", arguments: transports)
    func parameters(_ transport: TestTransport) async throws {
        struct Greeting: Codable, Sendable { var word: String }
        let (app, _) = smallApp()
        let chat = app.webSocket("/chat/<room>/<int:seat>") {
            (socket: WebSocket, request: Request, room: String, seat: Int, query: Query<Greeting>) async throws in
            try await socket.send("\(query.value.word) \(room) \(seat) \(request.rule ?? "")")
            #expect(Request.current === request)
        }
        let blueprint = Blueprint("live", prefix: "/live")
        blueprint.webSocket("/<int:id>", name: "socket") { (socket: WebSocket, id: Int) async throws in
            try await socket.send("\(id)")
        }
        app.register(blueprint)
        app.get("/where") { request in
            try request.url(for: "live.socket", ["id": 5]) + " " + chat.endpoint
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/chat/caf%C3%A9/7?word=Hello") { (socket) async throws in
                #expect(try await socket.receiveText() == "Hello café 7 /chat/<room>/<int:seat>")
                #expect(try await socket.closed() == .normal)
            }
            try await client.webSocket("/live/3") { (socket) async throws in
                #expect(try await socket.receiveText() == "3")
            }
            #expect(try await client.get("/where").text == "ws://localhost/live/5 WebSocket /chat/<room>/<int:seat>")
            await #expect(throws: WebSocketRefused.self) { try await client.webSocket("/chat/a/b?word=x") { _ in } }
        }
    }

    @Test("a page and a socket share a rule; what is asked of the wrong one is refused", arguments: transports)
    func mismatch(_ transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.get("/both") { "the page" }
        app.webSocket("/both") { (socket: WebSocket) in try await socket.send("the socket") }
        app.get("/page") { "the page" }
        app.webSocket("/socket") { (_: WebSocket) in }
        try await app.test(transport) { (client) async throws in
            #expect(try await client.get("/both").text == "the page")
            try await client.webSocket("/both") { (socket) async throws in
                #expect(try await socket.receiveText() == "the socket")
            }
            let plain = try await client.get("/socket")
            #expect(plain.status == .upgradeRequired)
            #expect(plain.headers[.upgrade] == "websocket")
            #expect(try await refusal(client, "/page").status == .badRequest)
            #expect(try await refusal(client, "/nowhere").status == .notFound)
        }
    }

    @Test("hooks and the session are those of every request, and may refuse", arguments: transports)
    func hooks(_ transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.config.secretKey = "for tests"
        let events = Events()
        app.beforeRequest { (request: Request) -> Response? in
            events.note("before")
            if request.query["deny"] != nil { throw Abort(.forbidden) }
            return nil
        }
        app.afterRequest { _, response in
            events.note("after \(response.status.code)")
            response.headers[.server] = "mine"
        }
        app.teardownRequest { _, error in events.note("teardown \(error == nil)") }
        app.get("/login") { request in
            request.session["user"] = "Ada"
            return "in"
        }
        app.webSocket("/me") { (socket: WebSocket, session: Session) async throws in
            let user: String? = session["user"]
            events.note("handler")
            try await socket.send(user ?? "nobody")
            for try await _ in socket {}
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/me") { (socket) async throws in
                #expect(try await socket.receiveText() == "nobody")
            }
            _ = try await client.get("/login")
            events.clear()
            try await client.webSocket("/me") { (socket) async throws in
                #expect(socket.headers[.server] == "mine")
                #expect(try await socket.receiveText() == "Ada")
                #expect(events.all == ["before", "after 101", "handler"])
            }
            #expect(await events.eventually(["before", "after 101", "handler", "teardown true"]))
            events.clear()
            #expect(try await refusal(client, "/me?deny=1").status == .forbidden)
            #expect(await events.eventually(["before", "after 403", "teardown true"]))
        }
    }

    @Test("the subprotocol is the first of the handler's that the client speaks", arguments: transports)
    func subprotocols(_ transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.webSocket("/", subprotocols: ["v2", "v1"]) { (socket: WebSocket) in
            try await socket.send(socket.subprotocol ?? "none")
        }
        try await app.test(transport) { (client) async throws in
            for (offered, chosen) in [(["v1", "v2"], "v2"), (["v1"], "v1"), (["v3"], nil), ([], nil)] {
                try await client.webSocket("/", subprotocols: offered) { (socket) async throws in
                    #expect(socket.subprotocol == chosen)
                    #expect(try await socket.receiveText() == chosen ?? "none")
                }
            }
        }
    }

    @Test("messages are compressed where both sides can", arguments: transports)
    func compression(_ transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.webSocketOptions.compression = WebSocketCompression()
        app.webSocket("/") { (socket: WebSocket) in
            for try await message in socket { try await socket.send(message) }
        }
        try await app.test(transport) { (client) async throws in
            for compression in [nil, WebSocketCompression()] {
                try await client.webSocket("/", compression: compression) { (socket) async throws in
                    #expect((socket.headers[.secWebSocketExtensions] != nil) == (compression != nil))
                    for count in [1, 100, 100_000] {
                        let text = String(repeating: "again and ", count: count)
                        try await socket.send(text)
                        #expect(try await socket.receiveText() == text)
                    }
                }
            }
        }
    }

    @Test("pages of other sites are refused unless they are let in")
    func origins() async throws {
        let (app, _) = smallApp()
        let handler: @Sendable (WebSocket) async throws -> Void = { try await $0.send("in") }
        app.webSocket("/same", handler)
        app.webSocket("/any", origins: .any, handler)
        app.webSocket("/only", origins: .only("https://good.example", "http://localhost:8080"), handler)
        let cases: [(path: String, host: String, origin: String?, isIn: Bool)] = [
            ("/same", "localhost", nil, true), ("/same", "localhost", "http://localhost", true),
            ("/same", "LOCALHOST", "https://Localhost", true),
            ("/same", "localhost:8000", "http://localhost:8000", true),
            ("/same", "localhost:443", "https://localhost", true), ("/same", "localhost", "http://localhost:80", true),
            ("/same", "localhost", "http://localhost:8000", false),
            ("/same", "localhost", "http://evil.example", false),
            ("/same", "localhost", "http://localhost.evil.example", false), ("/same", "localhost", "null", false),
            ("/same", "localhost", "http://user@localhost", false), ("/same", "localhost", "http://localhost/", false),
            ("/same", "localhost", "file://localhost", false), ("/same", "localhost", "", false),
            ("/any", "localhost", "http://evil.example", true), ("/any", "localhost", "null", true),
            ("/only", "localhost", "https://good.example", true),
            ("/only", "localhost", "https://GOOD.example:443", true),
            ("/only", "localhost", "http://good.example", false), ("/only", "localhost", "http://localhost", false),
            ("/only", "localhost", "http://localhost:8080", true), ("/only", "localhost", nil, true),
        ]
        try await app.test { (client) async throws in
            for (path, host, origin, isIn) in cases {
                let url = "http://\(host)\(path)"
                if isIn {
                    try await client.webSocket(url, origin: origin) { (socket) async throws in
                        #expect(try await socket.receiveText() == "in")
                    }
                } else {
                    let response = try await refusal(client, url, origin: origin)
                    #expect(response.status == .forbidden, "\(path) \(host) \(origin ?? "-")")
                }
            }
        }
    }

    @Test("a socket is found among the routes, and its rule is checked against its handler")
    func checked() async throws {
        let (app, _) = smallApp()
        app.webSocket("/<room>") { (_: WebSocket, _: Int) in }
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(String(describing: error).contains("The variable <room> of the rule '/<room>' is text"))
    }

    /// What the app answers to a handshake that it refuses.
    private func refusal(_ client: TestClient, _ path: String, origin: String? = nil) async throws -> TestResponse {
        do {
            try await client.webSocket(path, origin: origin) { _ in }
        } catch let refused as WebSocketRefused {
            return refused.response
        }
        throw NothingRefused()
    }

    private struct NothingRefused: Error {}
}

/// What has happened, in order.
final class Events: Sendable {
    private let storage = Mutex<[String]>([])

    var all: [String] { storage.withLock { $0 } }
    func note(_ event: String) { storage.withLock { $0.append(event) } }
    func clear() { storage.withLock { $0 = [] } }

    /// Whether exactly these come to have happened.
    func eventually(_ expected: [String]) async -> Bool {
        await TestSupport.eventually { all == expected }
    }
}
