import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Blueprints", .timeLimit(.minutes(5)))
struct BlueprintTests {
    @Test(
        "prefixes and rules are joined with one slash, and an empty rule is the prefix itself",
        arguments: [
            ("/blog", "/list", "/blog/list"), ("/blog/", "/list", "/blog/list"), ("/blog", "list", "/blog/list"),
            ("/blog", "/", "/blog/"), ("/blog", "", "/blog"), ("", "/list", "/list"), ("/", "/list", "/list"),
            ("/blog//", "//list", "/blog/list"),
        ])
    func prefixes(prefix: String, rule: String, path: String) async throws {
        let (app, _) = recordedApp()
        let blog = Blueprint("blog", prefix: prefix)
        blog.get(rule, name: "list") { request in request.endpoint ?? "none" }
        app.register(blog)
        try await app.test { client in
            let response = try await client.get(path)
            #expect(response.text == "blog.list")
        }
    }

    @Test("blueprints within blueprints join their prefixes and names, and know the ones around them")
    func nesting() async throws {
        let (app, _) = recordedApp()
        let (outer, middle, inner) = (Blueprint("a", prefix: "/a"), Blueprint("b"), Blueprint("c", prefix: "/c"))
        inner.get("/", name: "here") { request in
            "\(request.endpoint ?? "") \(request.blueprint ?? "") \(request.blueprints)"
        }
        middle.register(inner)
        outer.register(middle)
        app.register(outer)
        try await app.test { client in
            let response = try await client.get("/a/c/")
            #expect(response.text == #"a.b.c.here a.b.c ["a.b.c", "a.b", "a"]"#)
        }
    }

    @Test("one that is registered twice has two names and prefixes, each with its own URLs")
    func twice() async throws {
        let (app, _) = recordedApp()
        let blog = Blueprint("blog", prefix: "/blog")
        blog.get("/", name: "index") { request in try request.url(for: ".index") }
        app.register(blog)
        app.register(blog, prefix: "/news", name: "news")
        try await app.test { client in
            let response = try await client.get("/blog/")
            #expect(response.text == "/blog/")
            #expect(try await client.get("/news/").text == "/news/")
        }
    }

    @Test("what a blueprint declares for the whole app is declared once, however often it is registered")
    func appWide() async throws {
        let (app, _) = recordedApp()
        let calls = Mutex(0)
        let blog = Blueprint("blog", prefix: "/blog")
        blog.onApp { app in
            app.beforeRequest { (_: Request) in calls.withLock { $0 += 1 } }
            app.onError(.notFound) { _, _ in "from the blueprint" }
        }
        app.register(blog)
        app.register(blog, prefix: "/news", name: "news")
        try await app.test { client in
            let response = try await client.get("/elsewhere")
            #expect(response.text == "from the blueprint")
        }
        #expect(calls.withLock { $0 } == 1)
    }

    @Test("hooks for the whole app that a blueprint brings run after the app's own")
    func appWideOrder() async throws {
        let (app, _) = recordedApp()
        let calls = Mutex<[String]>([])
        let blog = Blueprint("blog")
        blog.onApp { $0.beforeRequest { (_: Request) in calls.withLock { $0.append("blueprint's") } } }
        app.register(blog)
        app.beforeRequest { (_: Request) in calls.withLock { $0.append("app's") } }
        try await app.test { client in _ = try await client.get("/") }
        #expect(calls.withLock { $0 } == ["app's", "blueprint's"])
    }

    @Test("a circle of blueprints is a mistake that is reported")
    func circle() async throws {
        let (app, _) = recordedApp()
        let (a, b) = (Blueprint("a", prefix: "/a"), Blueprint("b", prefix: "/b"))
        a.register(b)
        b.register(a)
        app.register(a)
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(error?.description.contains("is registered within itself") == true)
    }

    @Test(
        "a path below a prefix that no rule matches reaches the blueprint's error handlers",
        arguments: [
            ("/blog/nothing", "blog"), ("/blog", "blog"), ("/blog/", "blog"), ("/blogger", "app"), ("/", "app"),
            ("/blog/admin/nothing", "admin"), ("/blog/admins", "blog"), ("/blog/%61dmin/x", "admin"),
            ("/BLOG/nothing", "app"), ("/fr/x/y", "app"),
        ])
    func notFound(path: String, scope: String) async throws {
        let (app, _) = recordedApp()
        let (blog, admin) = (Blueprint("blog", prefix: "/blog"), Blueprint("admin", prefix: "/admin"))
        let french = Blueprint("french", prefix: "/<language>")
        app.onError(.notFound) { _, _ in "app" }
        blog.onError(.notFound) { _, _ in "blog" }
        admin.onError(.notFound) { _, _ in "admin" }
        french.onError(.notFound) { _, _ in "french" }
        french.get("/page") { (_: String) in "page" }
        blog.register(admin)
        app.register(blog)
        app.register(french)
        try await app.test { client in
            let response = try await client.get(path)
            #expect(response.text == scope)
        }
    }

    @Test("a wrong method below a prefix reaches the blueprint's error handlers, with the methods that there are")
    func wrongMethod() async throws {
        let (app, _) = recordedApp()
        let blog = Blueprint("blog", prefix: "/blog")
        blog.get("/list") { "list" }
        blog.onError(.methodNotAllowed) { _, error in (error as? any HTTPError)?.headers[.allow] ?? "none" }
        app.register(blog)
        try await app.test { client in
            let response = try await client.delete("/blog/list")
            #expect(response.text == "GET, HEAD, OPTIONS")
        }
    }

    @Test("a path below a prefix that no rule matches runs the app's hooks, not the blueprint's")
    func hooksOfNothing() async throws {
        let (app, _) = recordedApp()
        let calls = Mutex<[String]>([])
        let blog = Blueprint("blog", prefix: "/blog")
        app.beforeRequest { (_: Request) in calls.withLock { $0.append("app") } }
        blog.beforeRequest { (_: Request) in calls.withLock { $0.append("blog") } }
        app.register(blog)
        try await app.test { client in _ = try await client.get("/blog/nothing") }
        #expect(calls.withLock { $0 } == ["app"])
    }
}
