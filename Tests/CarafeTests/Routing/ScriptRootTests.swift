import Carafe
import CarafeHTTP
import CarafeTesting
import Testing

@Suite("The path below which an app is reached")
struct ScriptRootTests {
    /// Mounts the app below `/a%20b`, as a proxy or another app would.
    private struct Mounted: Middleware {
        func respond(to request: Request, next: any Responder) -> Reply {
            let length = "/a%20b".utf8.count
            guard request.head.target.rawPath.utf8.starts(with: "/a%20b".utf8) else { return next.respond(to: request) }
            return next.respond(to: request.replacing(head: request.head.enteringFolder(ofLength: length)))
        }
    }

    private static func app() -> App {
        let (app, _) = smallApp()
        app.use(Mounted())
        let tea = app.get("/tea/<kind>", name: "tea") { (kind: String) in kind }
        app.get("/slash/") { "slash" }
        app.get("/", name: "index") { (request: Request) in request.scriptRoot + "|" + request.path }
        app.get("/page") { (request: Request) async throws in try request.renderText(string: request.query["t"] ?? "") }
        app.get("/typed") { try tea.url("green") }
        app.get("/later") { () async throws in try tea.url("green") }
        return app
    }

    @Test(
        "the app's rules see the path below it, and URLs begin with it",
        arguments: [
            ("{{ url_for('tea', kind='é') }}", "/a%20b/tea/%C3%A9"),
            ("{{ url_for('tea', kind='x', _external=true) }}", "http://localhost/a%20b/tea/x"),
            ("{{ request.script_root }}|{{ request.root_path }}", "/a b|/a b"),
            ("{{ request.path }}", "/page"), ("{{ request.url_root }}", "http://localhost/a%20b/"),
            ("{{ request.host_url }}", "http://localhost/"),
            ("{{ request.base_url }}", "http://localhost/a%20b/page"),
            ("{{ request.url.split('?')[0] }}", "http://localhost/a%20b/page"),
        ])
    func urls(template: String, text: String) async throws {
        try await Self.app().test { client in
            #expect(try await client.get("/a%20b/page", query: ["t": template]).text == text)
        }
    }

    @Test(
        "a path that ends there is the root",
        arguments: [("/a%20b", "/a b|/"), ("/a%20b/", "/a b|/"), ("/a%20b?x=1", "/a b|/"), ("/", "|/")])
    func root(path: String, text: String) async throws {
        try await Self.app().test { client in
            #expect(try await client.get(path).text == text)
        }
    }

    @Test("a typed route's URL begins with it within a request alone")
    func typed() async throws {
        let app = Self.app()
        try await app.test { client in
            #expect(try await client.get("/a%20b/typed").text == "/a%20b/tea/green")
            #expect(try await client.get("/a%20b/later").text == "/a%20b/tea/green")
            #expect(try await client.get("/typed").text == "/tea/green")
        }
    }

    @Test("redirects to the canonical address keep it, and the query")
    func redirects() async throws {
        try await Self.app().test { client in
            #expect(try await client.get("/a%20b/slash?q=1").location == "http://localhost/a%20b/slash/?q=1")
        }
    }

    @Test("middleware that puts another request in the place of one leaves its id and its context to what is around it")
    func sharing() async throws {
        struct Outer: Middleware {
            func respond(to request: Request, next: any Responder) -> Reply {
                next.respond(to: request).map { response in
                    var response = response
                    response.headers[.server] = request.id
                    return response
                }
            }
        }
        let (app, _) = smallApp()
        app.use(Outer())
        app.use(Mounted())
        app.get("/") { (request: Request) in request.id }
        app.get("/later") { (request: Request) async throws in
            await Task.yield()
            return Request.current === request ? request.id : "another"
        }
        try await app.test { client in
            for path in ["/a%20b/", "/a%20b/later"] {
                let response = try await client.get(path)
                #expect(response.text != "-" && response.text == response.headers[.server])
            }
        }
    }
}
