import Carafe
import CarafeTesting
import Testing

@Suite("The answers to errors", .timeLimit(.minutes(5)))
struct ErrorPageTests {
    struct Problem: Decodable, Equatable {
        var type: String
        var title: String
        var status: Int
        var detail: String?
    }

    struct Secret: Error { let password = "hunter2" }

    static func failingApp(debug: Bool = false) -> (App, LogRecord) {
        let (app, log) = recordedApp()
        app.config.debug = debug
        app.config["ACCESS_LOG"] = "off"
        app.route("/abort/<int:code>", methods: [.get, .post]) { (code: Int) -> String in
            throw Abort(HTTPResponse.Status(code: code))
        }
        app.get("/fail") { () throws -> String in throw Secret() }
        app.get("/detail") { () throws -> String in throw Abort(.badRequest, "<b> & \"é\"\nnext") }
        return (app, log)
    }

    @Test(
        "an error is a page or a problem document, as the client asks for",
        arguments: [
            (nil, false), ("*/*", false), ("text/html", false), ("application/json", true),
            ("application/problem+json", true), ("text/html, application/json", false),
            ("text/html;q=0.5, application/json", true), ("application/json;q=0.5, text/html", false),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false), ("image/png", false),
            ("application/*", true), ("text/html;q=0, application/json;q=0.1", true),
        ])
    func accept(accept: String?, isJSON: Bool) async throws {
        try await Self.failingApp().0.test { client in
            let response = try await client.get("/abort/404", headers: accept.map { [.accept: $0] } ?? [:])
            let expected = isJSON ? "application/problem+json" : "text/html; charset=utf-8"
            #expect(response.headers[.contentType] == expected)
            guard isJSON else { return }
            let problem: Problem = try response.json()
            #expect(problem.type == "about:blank" && problem.title == "Not Found" && problem.status == 404)
        }
    }

    @Test(
        "who sends JSON gets JSON, unless a page is asked for",
        arguments: [(nil, true), ("*/*", true), ("text/html", false), ("application/json", true)])
    func contentType(accept: String?, isJSON: Bool) async throws {
        try await Self.failingApp().0.test { client in
            let response = try await client.post(
                "/abort/400", .json(["a": 1]), headers: accept.map { [.accept: $0] } ?? [:])
            #expect((response.headers[.contentType] == "application/problem+json") == isJSON)
        }
    }

    @Test(
        "every registered error status has its name and an explanation",
        arguments: [400...418, 421...426, 428...429, 431...431, 451...451, 500...508, 510...511].flatMap { Array($0) })
    func statuses(code: Int) async throws {
        try await Self.failingApp().0.test { client in
            let response = try await client.get("/abort/\(code)")
            #expect(response.status.code == code)
            let title = try #require(
                response.text.split(separator: "<title>\(code) ").last?.split(separator: "<").first)
            #expect(response.text.contains("<h1>\(title)</h1>\n<p>"))
            #expect(!response.text.contains("<p></p>"))
            let problem: Problem = try await client.get(
                "/abort/\(code)", headers: [.accept: "application/json"]
            ).json()
            #expect(problem.status == code && problem.detail?.isEmpty == false)
        }
    }

    @Test("a detail is escaped, and its lines stay lines")
    func detail() async throws {
        try await Self.failingApp().0.test { client in
            let response = try await client.get("/detail")
            #expect(response.text.contains("<p>&lt;b&gt; &amp; &#34;é&#34;<br>next</p>"))
            let problem: Problem = try await client.get("/detail", headers: [.accept: "application/json"]).json()
            #expect(problem.detail == "<b> & \"é\"\nnext")
        }
    }

    @Test("an unexpected error tells the client nothing", arguments: ["text/html", "application/json"])
    func noLeak(accept: String) async throws {
        let (app, log) = Self.failingApp()
        try await app.test { client in
            let response = try await client.get("/fail", headers: [.accept: accept])
            #expect(response.status == .internalServerError)
            #expect(!response.text.contains("Secret") && !response.text.contains("hunter2"))
            #expect(log.errors.count == 1 && log.errors[0].contains("hunter2"))
        }
    }

    @Test("in debug mode an unexpected error is shown", arguments: ["text/html", "application/json"])
    func debug(accept: String) async throws {
        try await Self.failingApp(debug: true).0.test { client in
            let response = try await client.get("/fail", headers: [.accept: accept])
            #expect(response.status == .internalServerError)
            #expect(response.text.contains("hunter2"))
        }
    }

    @Test(
        "what an error says of its answer is sent with it",
        arguments: [
            (401, HTTPField.Name.wwwAuthenticate, "Basic realm=\"blog\""), (405, .allow, "GET, PUT"),
            (416, .contentRange, "bytes */100"), (429, .retryAfter, "120"), (503, .retryAfter, "30"),
        ])
    func fields(code: Int, name: HTTPField.Name, value: String) async throws {
        let (app, _) = recordedApp()
        app.get("/") { () throws -> String in
            throw Abort(HTTPResponse.Status(code: code), headers: [name: value])
        }
        try await app.test { client in
            for accept in ["text/html", "application/json"] {
                let response = try await client.get("/", headers: [.accept: accept])
                #expect(response.status.code == code)
                #expect(response.headers[values: name] == [value])
            }
        }
    }

    @Test("a problem names the place in the client's JSON that is to blame")
    func place() async throws {
        struct Post: Decodable, Sendable { var tags: [String] }
        let (app, log) = recordedApp()
        app.post("/") { (post: JSONBody<Post>) in "\(post.value.tags.count)" }
        try await app.test { client in
            let response = try await client.post("/", .text("{\"tags\": [\"a\", 1]}", contentType: "application/json"))
            #expect(response.status == .badRequest)
            #expect(response.headers[.contentType] == "application/problem+json")
            let problem: [String: JSONValue] = try response.json()
            #expect(problem["path"] == "tags[1]")
        }
        #expect(log.errors.isEmpty)
    }
}
