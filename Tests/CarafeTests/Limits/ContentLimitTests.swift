import Carafe
import CarafeTesting
import NIOCore
import Synchronization
import Testing

@Suite("How much content a request may have", .timeLimit(.minutes(5)))
struct ContentLimitTests {
    struct Item: Codable { var name: String }

    /// An app whose content may have 1,000 bytes, but for two routes.
    static func app() -> App {
        let (app, _) = smallApp()
        app.config.maxContentLength = 1_000
        app.post("/data") { (request: Request) async throws in "\(try await request.data().readableBytes)" }
        app.post("/text") { (request: Request) async throws in "\(try await request.text().utf8.count)" }
        app.post("/form") { (form: Form<[String: String]>) in "\(form.value.count)" }
        app.post("/json") { (body: JSONBody<JSONValue>) in "ok" }
        app.post("/parts") { (request: Request) async throws in
            var count = 0
            for try await part in try request.formParts() {
                for try await piece in part { count += piece.readableBytes }
            }
            return "\(count)"
        }
        app.post("/stream") { (request: Request) async throws in
            var count = 0
            for try await piece in request.body { count += piece.readableBytes }
            return "\(count)"
        }
        app.post("/small", maxContentLength: 10) { (request: Request) async throws in
            "\(try await request.data().readableBytes)"
        }
        app.post("/large", maxContentLength: 5_000) { (request: Request) async throws in
            "\(try await request.data().readableBytes)"
        }
        app.post("/large/form", maxContentLength: 5_000) { (form: Form<[String: String]>) in "\(form.value.count)" }
        app.post("/own", maxContentLength: 10) { (request: Request) async throws in
            request.maxContentLength = 2_000
            return "\(try await request.data().readableBytes)"
        }
        return app
    }

    static let transports: [TestTransport] = [.inMemory, .server]

    static func content(_ path: String, _ count: Int, chunked: Bool) -> TestContent {
        let (before, after, type) =
            switch path {
            case "/form", "/large/form": ("a=", "", "application/x-www-form-urlencoded")
            case "/json": ("\"", "\"", "application/json")
            case "/parts":
                (
                    "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n", "\r\n--b--\r\n",
                    "multipart/form-data; boundary=b"
                )
            default: ("", "", "text/plain")
            }
        let filler = String(repeating: "x", count: count - before.utf8.count - after.utf8.count)
        let text = before + filler + after
        return chunked
            ? .pieces([String(text.prefix(400)), String(text.dropFirst(400))], type) : .text(text, contentType: type)
    }

    @Test(
        "up to the limit it is read", arguments: transports, ["/data", "/text", "/form", "/json", "/parts", "/stream"])
    func within(transport: TestTransport, path: String) async throws {
        try await Self.app().test(transport) { client in
            for chunked in [false, true] {
                let response = try await client.post(path, Self.content(path, 1_000, chunked: chunked))
                #expect(response.status == .ok, "\(response)")
            }
        }
    }

    @Test(
        "one byte more is 413, whether its length is declared or not", arguments: transports,
        ["/data", "/text", "/form", "/json", "/parts", "/stream"])
    func beyond(transport: TestTransport, path: String) async throws {
        try await Self.app().test(transport) { client in
            for chunked in [false, true] {
                let response = try await client.post(path, Self.content(path, 1_001, chunked: chunked))
                #expect(response.status == .contentTooLarge, "chunked: \(chunked)")
            }
        }
    }

    @Test(
        "a route's own limit is smaller or larger than the app's", arguments: transports,
        [("/small", 10), ("/large", 5_000), ("/large/form", 5_000)])
    func ofRoute(transport: TestTransport, route: (path: String, limit: Int)) async throws {
        try await Self.app().test(transport) { client in
            for chunked in [false, true] {
                let within = try await client.post(route.path, Self.content(route.path, route.limit, chunked: chunked))
                #expect(within.status == .ok, "chunked: \(chunked)")
                let beyond = try await client.post(
                    route.path, Self.content(route.path, route.limit + 1, chunked: chunked))
                #expect(beyond.status == .contentTooLarge, "chunked: \(chunked)")
            }
        }
    }

    @Test("a handler may allow more before it reads content of no declared length, a hook any content")
    func ofRequest() async throws {
        let app = Self.app()
        app.beforeRequest { request in
            if request.headers[.userAgent] == "friend" { request.maxContentLength = 3_000 }
        }
        try await app.test(.server) { client in
            let own = try await client.post("/own", Self.content("/own", 2_000, chunked: true))
            #expect(own.text == "2000")
            let declared = try await client.post("/own", Self.content("/own", 2_000, chunked: false))
            #expect(declared.status == .contentTooLarge)
            let friend = try await client.post(
                "/data", Self.content("/data", 3_000, chunked: false), headers: [.userAgent: "friend"])
            #expect(friend.text == "3000")
        }
    }

    @Test("content that is declared to be too large is refused before a handler runs, read or not")
    func beforeHandler() async throws {
        let reached = Mutex(0)
        let (app, _) = smallApp()
        app.post("/", maxContentLength: 10) { (request: Request) in
            reached.withLock { $0 += 1 }
            return "\(request.path)"
        }
        try await app.test(.server) { client in
            let response = try await client.post("/", .text("12345678901"))
            #expect(response.status == .contentTooLarge)
            #expect(reached.withLock { $0 } == 0)
        }
    }

    @Test(
        "so is chunked content that has arrived with the head, where no handler waits for it",
        arguments: [
            ("/form", "application/x-www-form-urlencoded", "a="), ("/json", "application/json", "\""),
            ("/large/form", "application/x-www-form-urlencoded", "a="),
        ])
    func arrived(path: String, type: String, begin: String) async throws {
        let head = try Request.parsed("POST \(path)", ["Content-Type: \(type)", "Transfer-Encoding: chunked"])
        let content = begin + String(repeating: "x", count: path == "/large/form" ? 5_000 : 1_000)
        let request = Request(
            head: head.head, body: RequestBody(ByteBuffer(string: content)), connection: head.connection)
        #expect(try await Self.app().answer(request).status == 413)
    }

    @Test("a hook that reads a form is bound by the limit as well")
    func inHook() async throws {
        let app = Self.app()
        app.beforeRequest { (request: Request) async throws -> Void in _ = try await request.form() }
        try await app.test { client in
            let response = try await client.post("/form", Self.content("/parts", 1_001, chunked: true))
            #expect(response.status == .contentTooLarge)
        }
    }
}
