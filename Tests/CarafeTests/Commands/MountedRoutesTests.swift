import Carafe
import CarafeProxy
import CarafeTesting
import Foundation
import Testing

@Suite("The routes command, of what is mounted", .serialized)
struct MountedRoutesTests {
    private func app() -> App {
        let (app, _) = smallApp()
        let (admin, _) = smallApp()
        let (reports, _) = smallApp()
        reports.get("/<int:year>", name: "report") { (year: Int) in "\(year)" }
        admin.get("/", name: "dashboard") { "" }
        admin.post("/users", name: "create") { "" }
        admin.mount("/reports", reports)
        app.get("/", name: "index") { "" }
        app.mount("/", Proxy("http://127.0.0.1:5000/old"))
        app.mount("/admin", admin)
        return app
    }

    private func run(_ arguments: String...) async throws -> String {
        let result = try await app().runCommand(["routes"] + arguments)
        #expect(result.exitCode == 0)
        return result.output
    }

    @Test("lists its routes below those of the app, the longest path first")
    func table() async throws {
        #expect(
            try await run() == """
                Endpoint  Methods  Rule
                --------  -------  ----
                index     GET      /   

                Mounted at /admin: the app small

                Endpoint   Methods  Rule        
                ---------  -------  ------------
                create     POST     /admin/users
                dashboard  GET      /admin/     

                Mounted at /admin/reports: the app small

                Endpoint  Methods  Rule                     
                --------  -------  -------------------------
                report    GET      /admin/reports/<int:year>

                Mounted at /: a proxy for http://127.0.0.1:5000/old

                """)
    }

    @Test(
        "shows what has a text in its rule, name or path",
        arguments: [
            ("users", ["Mounted at /admin: the app small", "POST     /admin/users"], ["index", "proxy", "dashboard"]),
            ("report", ["Mounted at /admin/reports", "<int:year>"], ["dashboard", "proxy"]),
            ("5000", ["Mounted at /: a proxy"], ["admin", "No route"]),
            ("nothing", ["No route has 'nothing' in it."], ["Mounted"]),
        ])
    func filter(text: String, shown: [String], hidden: [String]) async throws {
        let output = try await run("--filter", text)
        for text in shown { #expect(output.contains(text), "\(output)") }
        for text in hidden { #expect(!output.contains(text), "\(output)") }
    }

    @Test("is part of the JSON, after the app's own")
    func json() async throws {
        struct Row: Decodable, Equatable {
            let endpoint, rule: String
            let mounted: String?
        }
        let rows = try JSONDecoder().decode([Row].self, from: Data(try await run("--json").utf8))
        #expect(
            rows == [
                Row(endpoint: "index", rule: "/", mounted: nil),
                Row(endpoint: "create", rule: "/admin/users", mounted: "the app small"),
                Row(endpoint: "dashboard", rule: "/admin/", mounted: "the app small"),
                Row(endpoint: "report", rule: "/admin/reports/<int:year>", mounted: "the app small"),
                Row(endpoint: "", rule: "/", mounted: "a proxy for http://127.0.0.1:5000/old"),
            ])
    }

    @Test(
        "answers for what no route does, and says what comes of the request there",
        arguments: [
            ("/", "GET / → index\n"),
            ("/old%2Fpage", "GET /old/page → a proxy for http://127.0.0.1:5000/old, mounted at /\n"),
            ("POST /", "POST / → a proxy for http://127.0.0.1:5000/old, mounted at /\n"),
            (
                "POST /admin/users",
                "POST /admin/users → the app small, mounted at /admin\n\nThere:\n  POST /users → create\n"
            ),
            ("/admin", "GET /admin → the app small, mounted at /admin\n\nThere:\n  GET / → dashboard\n"),
            (
                "/admin/reports/7",
                "\n  GET /reports/7 → the app small, mounted at /reports\n  There:\n    GET /7 → report\n"
            ),
            ("/admin/nowhere", "\n  GET /nowhere → 404, no rule matches\n"),
        ])
    func match(request: String, expected: String) async throws {
        let output = try await run("--match", request)
        #expect(output.contains(expected), "\(output)")
    }

    @Test("tells programs what comes of the request there")
    func matchAsJSON() async throws {
        let output = try await run("--json", "--match", "POST /admin/users")
        #expect(output.contains(#""outcome":"the app small, mounted at /admin""#))
        #expect(output.contains(#""path":"/users","outcome":"create","endpoint":"create""#), "\(output)")
    }
}
