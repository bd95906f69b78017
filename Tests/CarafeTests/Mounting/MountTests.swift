import Carafe
import CarafeHTTP
import CarafeTesting
import Foundation
import Synchronization
import Testing

@Suite("Mounting")
struct MountTests {
    /// Answers with where it stands and what it is asked for.
    private struct Echo: Responder {
        var name = "echo"

        func respond(to request: Request) -> Reply {
            let query = request.head.target.rawQuery.map { "?" + $0 } ?? ""
            let target = request.head.target.rawPath + query
            return .now(Response("\(name) \(request.method) [\(request.head.rawScriptRoot)] \(target)"))
        }
    }

    private final class Events: Sendable {
        private let list = Mutex<[String]>([])

        var all: [String] { list.withLock { $0 } }

        func note(_ event: String) { list.withLock { $0.append(event) } }
    }

    private static func app(_ declare: (App) -> Void) -> App {
        let app = App("mounting", staticFolder: nil, environment: .none)
        declare(app)
        return app
    }

    @Test(
        "what no route matches below the prefix is the mounted responder's, which sees the rest of the path",
        arguments: [
            ("/legacy/a/b?c=d", "echo GET [/legacy] /a/b?c=d"), ("/legacy", "echo GET [/legacy] /"),
            ("/legacy?a", "echo GET [/legacy] /?a"), ("/legacy/", "echo GET [/legacy] /"),
            ("/legacy/own", "own"), ("/own", "own"), ("/leg%61cy/%2e%2Fx", "echo GET [/leg%61cy] /%2e%2Fx"),
        ])
    func below(path: String, text: String) async throws {
        let app = Self.app {
            $0.get("/own") { "own" }
            $0.get("/legacy/own") { "own" }
            $0.mount("/legacy/", Echo())
        }
        try await app.test { client async throws in #expect(try await client.get(path).text == text) }
    }

    @Test(
        "what is not below the prefix is a 404",
        arguments: ["/", "/legacyx", "/lega", "/legacy%2Fx", "/LEGACY/x", "/x/legacy"])
    func beside(path: String) async throws {
        let app = Self.app { $0.mount("/legacy", Echo()) }
        try await app.test { client async throws in #expect(try await client.get(path).status == .notFound) }
    }

    @Test("the longest prefix wins, in whatever order they were mounted")
    func longest() async throws {
        let app = Self.app {
            $0.mount("/", Echo(name: "all"))
            $0.mount("/a/b", Echo(name: "long"))
            $0.mount("/a", Echo(name: "short"))
        }
        try await app.test { client async throws in
            for (path, name) in [("/a/b/c", "long"), ("/a/bc", "short"), ("/a", "short"), ("/x", "all"), ("/", "all")] {
                #expect(try await client.get(path).text.split(separator: " ").first.map(String.init) == name)
            }
        }
    }

    @Test(
        "a method that the app's route does not have is the mounted responder's; the app's redirects and OPTIONS are its own"
    )
    func methods() async throws {
        let app = Self.app {
            $0.get("/login") { "new" }
            $0.get("/folder/") { "folder" }
            $0.mount("/", Echo())
        }
        try await app.test { client async throws in
            #expect(try await client.get("/login").text == "new")
            #expect(try await client.post("/login").text == "echo POST [] /login")
            #expect(try await client.get("/folder").status == .permanentRedirect)
            #expect(try await client.request(.options, "/login").headers[.allow] == "GET, HEAD, OPTIONS")
        }
    }

    @Test("static files that are there are the app's, others the mounted responder's")
    func staticFiles() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "carafe-mount-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let folder = root.appending(path: "static")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("here".utf8).write(to: folder.appending(path: "here.txt"))
        let app = App("mounting", root: root.path, environment: .none)
        app.mount("/", Echo())
        try await app.test { client async throws in
            #expect(try await client.get("/static/here.txt").text == "here")
            #expect(try await client.get("/static/there.txt").text == "echo GET [] /static/there.txt")
        }
    }

    @Test("middleware and trusted hosts stand around what is mounted, hooks do not")
    func around() async throws {
        let app = Self.app {
            $0.config.trustedHosts = ["example.org"]
            $0.beforeRequest { _ in Response("hook") }
            $0.mount("/", Echo())
        }
        try await app.test { client async throws in
            #expect(try await client.get("http://example.org/").text == "echo GET [] /")
            #expect(try await client.get("http://example.com/").text == "hook")
        }
    }

    @Test("a mounted app has its own routes, hooks and errors, and its URLs begin with the prefix")
    func mountedApp() async throws {
        let inner = Self.app { inner in
            inner.get("/", name: "index") { (request: Request) in try request.url(for: "index") }
            inner.get("/where") { (request: Request) in "\(request.scriptRoot) \(request.path) \(request.url)" }
            inner.get("/away") { redirect(to: "/") }
            inner.afterRequest { _, response in response.headers[.server] = "inner" }
            inner.onError(.notFound) { _, _ in Response("inner 404", status: .notFound) }
        }
        let app = Self.app {
            $0.onError(.notFound) { _, _ in Response("outer 404", status: .notFound) }
            $0.mount("/admin", inner)
        }
        try await app.test { client async throws in
            let index = try await client.get("/admin")
            #expect(index.text == "/admin/" && index.headers[.server] == "inner")
            #expect(try await client.get("/admin/where").text == "/admin /where http://localhost/admin/where")
            #expect(try await client.get("/admin/missing").text == "inner 404")
            #expect(try await client.get("/missing").text == "outer 404")
        }
    }

    @Test("an app within a mounted app sees both prefixes")
    func nested() async throws {
        let innermost = Self.app { $0.get("/x") { (request: Request) in "\(request.scriptRoot) \(request.path)" } }
        let inner = Self.app { $0.mount("/b", innermost) }
        let app = Self.app { $0.mount("/a", inner) }
        try await app.test { client async throws in #expect(try await client.get("/a/b/x").text == "/a/b /x") }
    }

    @Test(
        "start-up and shutdown of a mounted app run once each, within those of the app around it; it is ready with it")
    func lifetime() async throws {
        let events = Events()
        let inner = Self.app {
            $0.onStartup { events.note("inner starts") }
            $0.onShutdown { events.note("inner stops") }
            $0.get("/") { "inner" }
        }
        let app = Self.app {
            $0.onStartup { events.note("outer starts") }
            $0.onShutdown { events.note("outer stops") }
            $0.mount("/a", inner)
            $0.mount("/b", inner)
        }
        try await app.test { client async throws in
            #expect(try await client.get("/b/").text == "inner" && inner.isReady)
        }
        #expect(!inner.isReady)
        #expect(events.all == ["outer starts", "inner starts", "inner stops", "outer stops"])
    }

    @Test("mistakes are told at the start, those of a mounted app among them")
    func problems() async throws {
        struct Unfit: CheckedResponder {
            var problem: (message: String, hint: String)? { ("It is unfit.", "Mend it.") }
            func respond(to request: Request) -> Reply { .now(Response()) }
        }
        let broken = Self.app { $0.get("/<nothing:x>") { (x: String) in x } }
        let app = App("outer", staticFolder: nil, environment: .none)
        app.mount("legacy", Echo())
        app.mount("/a/<b>", Echo())
        app.mount("/same", Echo())
        app.mount("/same/", Echo())
        app.mount("/unfit", Unfit())
        app.mount("/broken", broken)
        app.mount("/self", app)
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        let text = error?.description ?? ""
        for part in ["'legacy'", "'/a/<b>'", "'/same/' already", "It is unfit.", "nothing", "mounted within itself"] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(error?.problems.count == 6)
    }
}
