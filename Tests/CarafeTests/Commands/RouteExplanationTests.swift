import Carafe
import CarafeTesting
import Testing

@Suite("The routes command, asked for a request", .serialized)
struct RouteExplanationTests {
    private func app() -> App {
        let (app, _) = smallApp()
        app.get("/", name: "index") { "" }
        app.get("/post/<int:id>", name: "show") { (id: Int) in "\(id)" }
        app.get("/post/<name>", name: "named") { (name: String) in name }
        app.post("/post/<int:id>", name: "update") { (id: Int) in "\(id)" }
        app.get("/post/<int:id>/edit", name: "edit") { (id: Int) in "\(id)" }
        app.get("/files/<path:file>", name: "files") { (file: String) in file }
        app.get("/about/", name: "about") { "" }
        return app
    }

    private func explain(_ request: String) async throws -> String {
        let result = try await app().runCommand(["routes", "--match", request])
        #expect(result.exitCode == 0)
        return result.output
    }

    @Test("names the route that answers, with the values of its variables")
    func answer() async throws {
        let text = try await explain("GET /post/7?page=2")
        #expect(text.hasPrefix("GET /post/7 → show\n  rule /post/<int:id>\n  id = 7\n\nWhy not the others:\n"))
    }

    @Test(
        "says why each of the others does not",
        arguments: [
            ("GET /post/7", "named", "it matches too, but /post/<int:id> comes first"),
            ("GET /post/7", "update", "it answers OPTIONS, POST alone"),
            ("GET /post/7", "edit", "the path ends before 'edit'"), ("/post/7", "files", "'post' is no files"),
            ("get /post/7", "index", "the path goes on after it"), ("GET /post/x/edit", "edit", "'x' is no <int:id>"),
            ("GET /post/x/edit", "show", "'x' is no <int:id>"),
            ("GET http://example.com/post/7", "about", "'post' is no about"),
        ])
    func others(request: String, endpoint: String, reason: String) async throws {
        let text = try await explain(request)
        let line = text.split(separator: "\n").first { $0.hasSuffix("(\(endpoint))") }
        #expect(line?.contains("  \(reason)  ") == true, "\(text)")
    }

    @Test(
        "says what comes of a request that no route answers",
        arguments: [
            ("GET /nowhere", "404, no rule matches"),
            ("DELETE /post/7", "405, the path answers GET, HEAD, OPTIONS, POST"),
            ("GET /about", "308, a redirect to http://…/about/"),
        ])
    func outcome(request: String, outcome: String) async throws {
        #expect(try await explain(request).contains("→ \(outcome)\n"))
    }

    @Test("refuses what is no request", arguments: ["", "GET", "GET post/7", "GET / HTTP/1.1"])
    func malformed(request: String) async throws {
        let result = try await app().runCommand(["routes", "--match", request])
        #expect(result.exitCode == 78)
        #expect(result.errorOutput.contains("'"))
    }

    @Test("prints JSON for other programs")
    func json() async throws {
        let result = try await app().runCommand(["routes", "--json", "--match", "GET /post/7"])
        #expect(result.output.hasPrefix(#"{"method":"GET","path":"/post/7","outcome":"show","endpoint":"show""#))
        let list = try await app().runCommand(["routes", "--json", "--filter", "edit"])
        #expect(
            list.output
                == #"[{"endpoint":"edit","methods":["GET"],"rule":"/post/<int:id>/edit","variables":["id"]}]"# + "\n")
    }

    @Test("shows only the routes that are asked for")
    func filter() async throws {
        let table = try await app().runCommand(["routes", "--filter", "about"]).output
        #expect(table.split(separator: "\n").count == 3)
        #expect(try await app().runCommand(["routes", "--filter", "zzz"]).output == "No route has 'zzz' in it.\n")
    }
}
