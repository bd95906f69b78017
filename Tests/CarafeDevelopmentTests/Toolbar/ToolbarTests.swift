import Carafe
@testable import CarafeDevelopment
import CarafeHTTP
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import HTTPTypes
import Testing

@Suite("The toolbar")
struct ToolbarTests {
    private static let page = "<!doctype html><body><h1>Hello</h1></body>"

    /// An app whose front page has a template, a log line and statements of which one is sent three times.
    static func app(debug: Bool = true, _ declare: (App) -> Void = { _ in }) -> FailingApp {
        FailingApp(debug: debug) { app in
            app.install(Databases("sqlite:///:memory:", drivers: .sqlite))
            app.get("/shop", name: "shop") { (request: Request, db: Database) async throws -> Response in
                for number in 1...3 { _ = try await db.one("SELECT \(number)", as: Int.self) }
                _ = try await db.one("SELECT 'once'", as: String.self)
                request.logger.warning("sold out")
                return try request.render(
                    string: "<body><h1>Shop of {{ owner }}</h1></body>", ["owner": "Ada", "password": "hunter2"])
            }
            app.get("/plain") { HTML(raw: page) }
            app.get("/text") { page }
            app.get("/json") { ["page": page] }
            declare(app)
        }
    }

    /// Where a page's toolbar leads.
    static func link(in text: String) -> String? {
        guard let start = text.firstRange(of: "data-request=\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    private func get(_ path: String, _ headers: Headers = browserFields, debug: Bool = true) async throws -> String {
        try await Self.app(debug: debug).app.test { try await $0.get(path, headers: headers).text }
    }

    @Test("is in pages, before their end, with what is to be known at a glance")
    func element() async throws {
        let text = try await get("/shop")
        #expect(text.hasPrefix("<body><h1>Shop of Ada</h1><script src=\"/__carafe/toolbar.js\""))
        #expect(text.hasSuffix("defer></script></body>"))
        for fact in ["status&#34;:200", "queries&#34;:4", "repeated&#34;:2", "templates&#34;:1", "warnings&#34;:1"] {
            #expect(text.contains(fact), "\(fact) in \(text)")
        }
        #expect(!text.contains("hunter2"))
    }

    @Test(
        "leaves alone what is no page, and what a script or a frame asks for", arguments: ["/text", "/json"])
    func others(path: String) async throws { #expect(try await !get(path).contains("toolbar.js")) }

    @Test(
        "is only where a person looks",
        arguments: [
            ("Sec-Fetch-Dest", "document", true), ("Sec-Fetch-Dest", "empty", false),
            ("Sec-Fetch-Dest", "iframe", false),
            ("HX-Request", "true", false), ("X-Requested-With", "XMLHttpRequest", false),
        ])
    func parts(name: String, value: String, isThere: Bool) async throws {
        var headers = browserFields
        try headers.set(value, for: #require(HTTPField.Name(name)))
        #expect(try await get("/plain", headers).contains("toolbar.js") == isThere)
    }

    @Test("outside of debug mode there is nothing of it")
    func release() async throws {
        let app = Self.app(debug: false)
        try await app.app.test { client in
            let text = try await client.get("/plain", headers: browserFields).text
            #expect(text == Self.page)
            for path in [Toolbar.path, Toolbar.scriptPath, Profiles.path] {
                let answer = try await client.get(path)
                #expect(answer.status == .notFound)
            }
        }
    }

    @Test("takes the nonce of the page's policy")
    func nonce() async throws {
        let app = Self.app { app in
            app.afterRequest { _, response in
                response.headers[.contentSecurityPolicy] = "default-src 'self'; script-src 'nonce-abc'"
            }
        }
        let text = try await app.app.test { try await $0.get("/plain", headers: browserFields).text }
        #expect(text.contains(#"nonce="abc" defer></script></body>"#))
    }

    @Test("leads to all that is known of the request, without secrets")
    func request() async throws {
        let app = Self.app()
        try await app.app.test { client in
            let text = try await client.get("/shop?token=abc", headers: browserFields).text
            let page = try await client.get(try #require(Self.link(in: text)), headers: browserFields)
            #expect(page.status == .ok)
            #expect(page.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'self'") == true)
            for expected in [
                "GET /shop?token=********", "<b>3 times</b>", "SELECT ?", "SELECT &#39;once&#39;", "sold out",
                "<dt>owner</dt><dd>&#39;Ada&#39;</dd>", "mail.example", "<dt>Endpoint</dt><dd>shop</dd>",
                ">handler</text>",
                ">routing</text>", ">sending</text>", "ToolbarTests.swift:",
            ] { #expect(page.text.contains(expected), "\(expected)") }
            for secret in ["hunter2", "mail-secret", "token=abc"] { #expect(!page.text.contains(secret)) }
        }
    }

    @Test("remembers calls of scripts beside pages, the newest first, also as JSON")
    func history() async throws {
        let app = Self.app()
        try await app.app.test { client in
            for path in ["/plain", "/json", "/gone"] { _ = try await client.get(path) }
            let list = try await client.get(Toolbar.path, headers: browserFields).text
            let places = ["GET /gone", "GET /json", "GET /plain"].compactMap { list.firstRange(of: $0)?.lowerBound }
            #expect(places.count == 3 && places == places.sorted())
            let json = try await client.get(Toolbar.path, headers: [.accept: "application/json"])
            #expect(json.headers[.contentType] == "application/json")
            #expect(json.text.contains(#""request":"GET /json HTTP/1.1","status":200"#), "\(json.text)")
        }
    }

    @Test("a request that is forgotten is told to be")
    func forgotten() async throws {
        try await Self.app().app.test { client in
            for id in ["none", "", ".."] {
                let page = try await client.get("\(Toolbar.path)/\(id)", headers: browserFields)
                #expect(page.status == .notFound)
            }
        }
    }

    @Test(
        "answers to addresses and trusted hosts alone: another site's name must not lead here",
        arguments: [
            ("localhost", true), ("127.0.0.1:8000", true), ("[::1]:8000", true), ("192.168.1.5", true),
            ("app.localhost:8000", true), ("shop.example", true), ("evil.example", false),
            ("localhost.evil.example", false),
        ])
    func hosts(host: String, isTrusted: Bool) async throws {
        let app = Self.app()
        app.app.config.trustedHosts = ["shop.example"]
        try await app.app.test { client in
            let answer = try await client.get("http://\(host)\(Toolbar.path)", headers: browserFields)
            #expect((answer.status == .ok) == isTrusted)
        }
    }

    @Test("statements are grouped by their text, however they are mixed")
    func groups() {
        func query(_ text: String) -> DevelopmentQuery {
            DevelopmentQuery(
                database: "default", statement: text, values: [], duration: .milliseconds(2), rows: 1, source: "a:1",
                error: nil)
        }
        let groups = QueryGroups(["a", "b", "a", "c", "a", "b"].map(query))
        #expect(groups.groups.map(\.queries.count) == [3, 2, 1])
        #expect(groups.repeatedCount == 3)
        #expect(groups.groups[0].duration == .milliseconds(6))
    }
}
