import Carafe
import CarafeTesting
import Foundation
import Synchronization
import Testing

@Suite("Extensions, static folders, the root and signals of an app")
struct AppPartsTests {
    struct Counter: Extension {
        var path = "/counter"

        final class State: Sendable {
            let count = Mutex(0)
        }

        func install(in app: App) throws {
            app[State.self] = State()
            app.get(path, name: "counter") {
                "\(app[State.self]?.count.withLock { $0 += 1; return $0 } ?? -1)"
            }
        }
    }

    @Test("an extension declares on the app, and keeps its state there under its type")
    func installation() async throws {
        let (one, _) = smallApp()
        let (other, _) = smallApp()
        one.install(Counter())
        other.install(Counter(path: "/other"))
        try await one.test { client async throws in
            #expect(try await client.get("/counter").text == "1")
            #expect(try await client.get("/counter").text == "2")
        }
        try await other.test { client async throws in
            #expect(try await client.get("/other").text == "1")
        }
        #expect(one[Counter.State.self]?.count.withLock { $0 } == 2)
        one[Counter.State.self] = nil
        #expect(one[Counter.State.self] == nil && other[Counter.State.self] != nil)
    }

    /// A folder with these files, which goes with the test.
    private func folder(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carafe-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await body(folder.path(percentEncoded: false))
    }

    @Test("a blueprint's static files are below its prefix and on its subdomain")
    func blueprintStatic() async throws {
        try await folder(["static/a.txt": "app", "admin/files/a.txt": "admin"]) { root in
            let app = App("files", root: root, environment: .none)
            app.config.serverName = "example.com"
            app.subdomainMatching = true
            let admin = Blueprint("admin", prefix: "/x", subdomain: "admin", staticFolder: "admin/files")
            admin.get("/", name: "index") { request in try request.url(for: ".static", ["filename": "a.txt"]) }
            app.register(admin)
            try await app.test { client async throws in
                #expect(try await client.get("http://admin.example.com/x/files/a.txt").text == "admin")
                #expect(try await client.get("http://example.com/x/files/a.txt").status == .notFound)
                #expect(try await client.get("http://example.com/static/a.txt").text == "app")
                #expect(try await client.get("http://admin.example.com/x/").text.hasPrefix("/x/files/a.txt?v="))
            }
        }
    }

    @Test("the root is the first folder with static files or templates, around the source file that makes the app")
    func root() async throws {
        try await folder(["package/templates/a.html": "", "package/Sources/App/main.swift": ""]) { root in
            let app = App(
                "rooted", environment: .none, filePath: root + "/package/Sources/App/main.swift")
            #expect(app.root == root + "/package")
        }
        try await folder(["App/templates/a.html": "", "App/swift/main.swift": ""]) { root in
            let app = App("rooted", environment: .none, filePath: root + "/App/swift/main.swift")
            #expect(app.root == root + "/App")
        }
        try await folder(["Sources/App/main.swift": "", "Sources/App/static/a.txt": ""]) { root in
            let app = App("rooted", environment: .none, filePath: root + "/Sources/App/main.swift")
            #expect(app.root == root + "/Sources/App")
        }
    }

    @Test("a root that is given is kept, and where none is found it is the current folder")
    func givenRoot() {
        #expect(App("given", root: "/elsewhere", environment: .none).root == "/elsewhere")
        #expect(
            App("none", environment: .none, filePath: "/nonexistent/a/b/main.swift").root
                == FileManager.default.currentDirectoryPath)
    }

    @Test("receivers hear of a request's start, end and teardown in that order, until they disconnect")
    func signals() async throws {
        let (app, _) = smallApp()
        let heard = Mutex<[String]>([])
        app.get("/") { "ok" }
        app.signals.requestTearingDown.connect { event in heard.withLock { $0.append("down \(event.error == nil)") } }
        let finished = app.signals.requestFinished.connect { event in
            heard.withLock { $0.append("finished \(event.response.status.code)") }
        }
        app.signals.requestStarted.connect { request in heard.withLock { $0.append("started \(request.path)") } }
        try await app.test { client in
            _ = try await client.get("/")
            #expect(heard.withLock { $0 } == ["started /", "finished 200", "down true"])
            finished.disconnect()
            heard.withLock { $0 = [] }
            _ = try await client.get("/missing")
            #expect(heard.withLock { $0 } == ["started /missing", "down true"])
        }
    }

    @Test("an unexpected error is sent, an HTTP error is not")
    func exceptionSignal() async throws {
        struct Broken: Error {}
        let (app, _) = smallApp()
        let failed = Mutex<[String]>([])
        app.get("/broken") { () throws -> String in throw Broken() }
        app.get("/gone") { () throws -> String in throw Abort(.gone) }
        app.signals.gotRequestException.connect { event in failed.withLock { $0.append("\(event.error)") } }
        try await app.test { client in
            _ = try await client.get("/gone")
            _ = try await client.get("/broken")
            #expect(failed.withLock { $0 } == ["Broken()"])
        }
    }
}
