import Carafe
import CarafeTesting
import NIOCore
import Synchronization
import Testing

@Suite("Requests in the place of others", .timeLimit(.minutes(5)))
struct MiddlewareTests {
    /// Everything that puts another request in a request's place, one around the other.
    private static func app() -> (App, LogLines) {
        let (app, log) = smallApp()
        app.use(ProxyHeaders(host: 1, prefix: 1))
        app.use(RequestIDs(fromClient: true))
        app.use(MethodOverride(inForms: true))
        return (app, log)
    }

    private static let headers = ProxyHeadersTests.headers([
        ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "shop.example"),
        ("X-Forwarded-Prefix", "/tea"), ("X-Request-ID", "a-1"),
    ])

    static let transports = [TestTransport.inMemory, .server]

    @Test("are current in handlers, hooks, error handlers and streams", arguments: transports)
    func current(_ transport: TestTransport) async throws {
        let (app, _) = Self.app()
        app.beforeRequest { (request: Request) in #expect(Request.current === request) }
        app.onError(.notFound) { request, _ in "\(Request.current === request) \(request.id)" }
        app.get("/now") { (request: Request) in "\(Request.current === request) \(request.id)" }
        app.get("/later") { (request: Request) async in
            await Task.yield()
            return "\(Request.current === request) \(request.id)"
        }
        app.get("/stream") { (request: Request) in
            Stream { writer in try await writer.write("\(Request.current === request) \(request.id)") }
        }
        try await app.test(transport) { client async throws in
            for path in ["/now", "/later", "/stream", "/nothing"] {
                #expect(try await client.get(path, headers: Self.headers).text == "true a-1", "\(path)")
            }
        }
    }

    @Test("are torn down exactly once, with their session and their content", arguments: transports)
    func teardown(_ transport: TestTransport) async throws {
        let (app, _) = Self.app()
        let ends = Mutex<[String]>([])
        app.teardownRequest { request, _ in ends.withLock { $0.append("\(request.method.rawValue) \(request.id)") } }
        app.put("/") { (request: Request) async throws in
            let form = try await request.form()
            request.session["name"] = form.fields["name"] ?? ""
            return try request.url(for: "name")
        }
        app.get("/name", name: "name") { (request: Request) in "\(request.session["name"] ?? "nobody")" }
        try await app.test(transport) { client async throws in
            let form = TestContent.form(["_method": "PUT", "name": "ada"])
            #expect(try await client.post("https://shop.example/", form, headers: Self.headers).text == "/tea/name")
            #expect(try await client.get("https://shop.example/name", headers: Self.headers).text == "ada")
        }
        #expect(ends.withLock { $0 } == ["PUT a-1", "GET a-1"])
    }

    @Test("open WebSockets, whose origin is compared with the host that the proxy names", arguments: transports)
    func webSockets(_ transport: TestTransport) async throws {
        let (app, _) = Self.app()
        app.webSocket("/echo") { (socket: WebSocket, request: Request) async throws in
            for try await case .text(let message) in socket {
                let isOwn = Request.current === request
                try await socket.send("\(message) \(isOwn) \(request.remoteAddress ?? "")")
            }
        }
        try await app.test(transport) { (client) async throws in
            try await client.webSocket("/echo", origin: "https://shop.example", headers: Self.headers) {
                (socket) async throws in
                try await socket.send("hello")
                #expect(try await socket.receiveText() == "hello true 192.0.2.1")
            }
            await #expect(throws: WebSocketRefused.self) {
                try await client.webSocket("/echo", origin: "https://evil.example", headers: Self.headers) { _ in }
            }
        }
    }

    @Test("content of any size streams through, as fast as it is read", arguments: transports)
    func content(_ transport: TestTransport) async throws {
        let (app, _) = Self.app()
        app.post("/size") { (request: Request) async throws in
            var size = 0
            for try await chunk in request.body { size += chunk.readableBytes }
            return "\(size)"
        }
        try await app.test(transport) { client async throws in
            let pieces = AsyncStream<ByteBuffer> { continuation in
                for _ in 0..<40 { continuation.yield(ByteBuffer(repeating: 7, count: 100_000)) }
                continuation.finish()
            }
            #expect(try await client.post("/size", .stream(pieces), headers: Self.headers).text == "4000000")
        }
    }

    @Test("their parts are copied but for what is given")
    func parts() async throws {
        struct Changed: Middleware {
            func respond(to request: Request, next: any Responder) -> Reply {
                let head = request.head.replacing(method: .put, authority: "b.example", rawScriptRoot: "/x")
                let changed = request.replacing(head: head)
                #expect(changed.head.target.rawValue == request.head.target.rawValue && changed.body === request.body)
                #expect(changed.connection === request.connection && changed.head.version == request.head.version)
                #expect(
                    request.head.method == .get && request.head.authority == "a.example" && request.scriptRoot == "")
                return next.respond(to: changed)
            }
        }
        let (app, _) = smallApp()
        app.use(Changed())
        app.put("/p") { (request: Request) in request.url + " " + (request.headers[.accept] ?? "") }
        try await app.test { client async throws in
            let response = try await client.get("http://a.example/p?q=1", headers: [.accept: "text/x"])
            #expect(response.text == "http://b.example/x/p?q=1 text/x")
        }
    }
}
