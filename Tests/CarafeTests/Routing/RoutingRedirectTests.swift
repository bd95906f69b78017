import Carafe
import CarafeTesting
import Testing

@Suite("Redirects of the routing", .timeLimit(.minutes(5)))
struct RoutingRedirectTests {
    static func app() -> App {
        let (app, _) = recordedApp()
        app.route("/slash/", methods: [.get, .post]) { (request: Request) async throws in
            "\(request.method.rawValue) \(try await request.text())"
        }
        app.get("/page/", name: "page", defaults: ["n": 1]) { (n: Int) in "page \(n)" }
        app.get("/page/<int:n>", name: "page") { (n: Int) in "page \(n)" }
        app.get("/loose/", strictSlashes: false) { "loose" }
        return app
    }

    @Test("keep the method, the content, the query and the host", arguments: [TestTransport.inMemory, .server])
    func keeping(transport: TestTransport) async throws {
        try await Self.app().test(transport) { client in
            let response = try await client.post("http://example.com:8080/slash?a=%C3%A9+b", .text("content"))
            #expect(response.status == .permanentRedirect)
            #expect(response.location == "http://example.com:8080/slash/?a=%C3%A9+b")
            let followed = try await client.post("/slash", .text("content"), followRedirects: true)
            #expect(followed.text == "POST content")
        }
    }

    @Test("rules that stand for one another with default values share an endpoint, and the shorter one is the address")
    func defaults() async throws {
        let app = Self.app()
        app.get("/urls") { request in
            try (1...2).map { try request.url(for: "page", ["n": $0]) }.joined(separator: " ")
        }
        try await app.test { client in
            let response = try await client.get("/page/")
            #expect(response.text == "page 1")
            #expect(try await client.get("/page/2").text == "page 2")
            #expect(try await client.get("/page/1").location == "http://localhost/page/")
            #expect(try await client.get("/urls").text == "/page/ /page/2")
        }
    }

    @Test("a rule may do without", arguments: ["/loose", "/loose/"])
    func loose(path: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get(path)
            #expect(response.text == "loose")
        }
    }

    @Test("other endpoints of one name stay a mistake")
    func duplicates() async throws {
        let (app, _) = recordedApp()
        app.get("/a", name: "same") { "a" }
        app.get("/b", name: "same") { "b" }
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(error?.description.contains("Two routes have the endpoint 'same'") == true)
    }

    @Test(
        "an address that is no path of the app is not sent on to another host",
        arguments: ["http://localhost//evil.com/slash", "/%2F/evil.com/slash"])
    func openRedirect(path: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get(path)
            #expect(response.location?.contains("//evil.com") != true)
        }
    }
}
