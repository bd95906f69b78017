import Carafe
import CarafeTesting
import Foundation
import Testing

/// An app for a page's snippets.
private func app(_ declare: (App) throws -> Void) rethrows -> App {
    let app = App("docs", root: "/nonexistent", environment: .none)
    app.config.secretKey = "for tests"
    try declare(app)
    return app
}

@Suite("What the README and the guide on routes say")
struct RoutingPageTests {
    @Test("the README's routes answer as it says")
    func readme() async throws {
        try await app(ReadmePage.aLittleMore).test { (client) async throws in
            #expect(try await client.get("/hello/<b>").text == "<h1>Hello, &lt;b&gt;!</h1>")
            #expect(try await client.get("/posts/1").text == #"{"id":1,"title":"Hello"}"#)
            let missing = try await client.get("/posts/2")
            #expect(missing.status == .notFound)
            #expect(missing.text == "<h1>Nothing at /posts/2</h1>")
            let created = try await client.post("/posts", .json(["title": "New"]))
            #expect(created.status == .created)
            #expect(try await client.post("/posts", .text("{")).status == .unsupportedMediaType)
        }
    }

    @Test("the lifecycle's snippets run")
    func lifecycle() async throws {
        let app = app {
            LifecyclePage.blocking($0)
            LifecyclePage.currentRequest($0)
        }
        try await app.test { (client) async throws in
            #expect(try await client.get("/report").text == "The report")
            try await client.session { $0["name"] = "Ada" }
            #expect(try await client.get("/name").text == "Ada")
        }
    }

    static let answers: [(declare: @Sendable (App) -> Void, path: String, status: Int, text: String?)] = [
        (RoutingPage.routes, "/", 200, "Hello, World!"),
        (RoutingPage.routes, "/login", 200, "please log in"),
        (RoutingPage.routes, "/posts", 405, nil),
        (RoutingPage.variables, "/hello/Ada", 200, "Hello, Ada!"),
        (RoutingPage.variables, "/posts/5", 200, "Post 5"),
        (RoutingPage.variables, "/posts/five", 404, nil),
        (RoutingPage.variables, "/archive/2024/12", 200, "12/2024"),
        (RoutingPage.variables, "/files/a/b.txt", 200, "The file a/b.txt"),
        (RoutingPage.enumVariable, "/report.json", 200, "The report as json"),
        (RoutingPage.enumVariable, "/report.pdf", 404, nil),
        (RoutingPage.ownConverter, "/color/ff", 200, "Color number 255"),
        (RoutingPage.ownConverter, "/color/xx", 404, nil),
        (RoutingPage.defaults, "/page/", 200, "Page 1"),
        (RoutingPage.defaults, "/page/2", 200, "Page 2"),
        (RoutingPage.defaults, "/page", 308, nil),
        (RoutingPage.subdomains, "http://example.com/", 200, "The site"),
        (RoutingPage.subdomains, "http://api.example.com/", 200, "The API"),
        (
            RoutingPage.urls, "/links", 200,
            #"["/posts/5","/posts/5?page=2","/static/style.css","http://localhost/posts/5#top"]"#
        ),
        (RoutingPage.preprocessors, "/de/about", 200, "de: /de/about"),
        (RoutingPage.blueprints, "/blog/7", 200, "Post 7; all are at /blog/"),
    ]

    @Test("a route of the guide answers as it says", arguments: answers.indices)
    func answer(_ index: Int) async throws {
        let (declare, path, status, text) = Self.answers[index]
        try await app(declare).test { (client) async throws in
            let response = try await client.get(path)
            #expect(response.status.code == status, "\(path)")
            if let text { #expect(response.text == text) }
        }
    }

    @Test("a rule that does not fit its handler is reported as the guide shows it")
    func mistake() async throws {
        let app = App("hello", root: "/nonexistent", environment: .none)
        app.get("/posts/<id>", fileID: "hello/main.swift", line: 7) { (id: Int) in "Post \(id)" }
        let error = try await #require(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(try Documents.text("docs/guide/routing.md").contains("```text\n\(error)\n```"), "\(error)")
    }
}

@Suite("What the guide on requests says")
struct RequestsPageTests {
    @Test("parameters are what the table says")
    func parameters() async throws {
        let app = app {
            RequestsPage.handlers($0)
            RequestsPage.blocking($0)
            RequestsPage.ownParameter($0)
        }
        try await app.test { (client) async throws in
            #expect(try await client.put("/posts/3", .json(["title": "T"])).text == "3: T")
            #expect(try await client.put("/posts/3", .json(["titel": "T"])).status == .badRequest)
            #expect(try await client.get("/report").text == "The report")
            #expect(try await client.get("/me").status == .unauthorized)
            #expect(try await client.get("/me", authorization: .bearer("opensesame")).text == "You are Ada.")
        }
    }

    @Test("queries are read as the guide says")
    func queries() async throws {
        let app = app {
            RequestsPage.query($0)
            RequestsPage.typedQuery($0)
        }
        try await app.test { (client) async throws in
            #expect(
                try await client.get("/search?q=tea&page=2&tag=a&tag=b").text == "tea, page 2, tagged a and b")
            #expect(try await client.get("/search?page=+2").text == ", page 1, tagged ")
            #expect(try await client.get("/find?q=tea&page=&tag=a").text == "tea, page 1, 1 tags")
            let wrong = try await client.get("/find?q=tea&page=two")
            #expect(wrong.status == .badRequest)
            #expect(wrong.text.contains("page"))
        }
    }

    @Test("forms are read as the guide says")
    func forms() async throws {
        let app = app {
            RequestsPage.typedForm($0)
            RequestsPage.form($0)
            RequestsPage.album($0)
        }
        try await app.test { (client) async throws in
            let login = try await client.post("/login", .form(["username": "ada", "password": "l"]))
            #expect(login.status == .seeOther)
            let user: String? = login.request?.session["user"]
            #expect(user == "ada")
            #expect(login.request?.session.isPermanent == false)
            #expect(try await client.post("/login", .form(["username": "ada"])).status == .badRequest)
            #expect(try await client.post("/contact", .form(["message": "hi"])).text == "Thank you for 2 bytes.")
            #expect(try await client.post("/contact", .form([:])).status == .badRequest)
            let album = try await client.post(
                "/albums", .multipart([.field("title", "Ducks"), .file("cover", filename: "a.txt", "quack")]))
            #expect(album.text == "Ducks: 5 bytes, a.txt")
        }
    }

    @Test("JSON is read as the guide says")
    func json() async throws {
        let app = app {
            RequestsPage.json($0)
            RequestsPage.jsonValue($0)
        }
        try await app.test { (client) async throws in
            #expect(try await client.post("/mirror", .json(["x": 1.5, "y": 2])).text == #"{"x":-1.5,"y":2.0}"#)
            let wrong = try await client.post("/mirror", .text(#"{"x":1,"y":"2"}"#, contentType: "application/json"))
            let problem: JSONValue = try wrong.json()
            #expect(wrong.status == .badRequest)
            #expect(problem.object?.map(\.key) == ["type", "title", "status", "detail", "path"])
            #expect(problem["path"]?.string == "y")
            #expect(try await client.post("/hook", .json(["sender": ["login": "ada"]])).text == "ada")
        }
    }

    @Test("an upload is saved under a safe name")
    func upload() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await app { RequestsPage.upload($0, folder: folder) }.test { (client) async throws in
            let response = try await TestingPage.multipart(client)
            #expect(response.status == .created)
            #expect(try String(contentsOfFile: folder + "/duck.txt", encoding: .utf8) == "quack")
            let climbing = TestPart.file("photo", filename: "../..", "quack")
            #expect(try await client.post("/photos", .multipart([climbing])).status == .badRequest)
        }
    }

    @Test("a hook allows larger content, which is read piece by piece", arguments: [TestTransport.inMemory, .server])
    func largeContent(_ transport: TestTransport) async throws {
        let app = app {
            $0.config.maxContentLength = 1000
            RequestsPage.largeContent($0)
            RequestsPage.parts($0)
        }
        try await app.test(transport) { (client) async throws in
            let bytes = [UInt8](repeating: 7, count: 200_000)
            #expect(try await client.put("/backups/a", .bytes(bytes)).text == "a: 200000 bytes")
            #expect(try await client.post("/videos", .bytes(bytes)).status == .contentTooLarge)
            let parts = TestContent.multipart([.file("one", filename: "1", "1"), .file("two", filename: "2", "22")])
            let sizes: [String: Int] = try await client.post("/videos", parts).json()
            #expect(sizes == ["one": 1, "two": 2])
        }
    }
}
