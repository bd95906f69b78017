import Carafe
import CarafeTesting
import Testing

@Suite("render", .timeLimit(.minutes(1)))
struct RenderTests {
    @Test("a template of the app's folder becomes a page of HTML") func page() async throws {
        let site = try TemplateFixture(["templates/show.html": "<h1>{{ article.title }}</h1>"])
        let (app, _) = site.app()
        app.get("/") { try render("show.html", ["article": Article(id: 1, title: "A & B")]) }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status == .ok && response.text == "<h1>A &amp; B</h1>")
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test("the result takes another status and other fields") func status() async throws {
        let site = try TemplateFixture(["templates/404.html": "gone"])
        let (app, _) = site.app()
        app.onError(.notFound) { _, _ in
            try render("404.html").status(.notFound).header(.cacheControl, "no-store")
        }
        try await app.test { client in
            let response = try await client.get("/nothing")
            #expect(response.status == .notFound && response.text == "gone")
            #expect(response.headers[.cacheControl] == "no-store")
        }
    }

    @Test(
        "the media type follows the template's name",
        arguments: [
            ("a.html", "text/html; charset=utf-8"), ("a.htm", "text/html; charset=utf-8"),
            ("a.txt", "text/plain; charset=utf-8"), ("a.xml", "text/xml; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"), ("a.html.j2", "text/html; charset=utf-8"),
            ("a.txt.jinja", "text/plain; charset=utf-8"), ("a.css", "text/css; charset=utf-8"),
            ("a.j2", "text/html; charset=utf-8"), ("a", "text/html; charset=utf-8"),
        ])
    func contentType(name: String, type: String) async throws {
        let site = try TemplateFixture(["templates/\(name)": "x"])
        let (app, _) = site.app()
        app.get("/") { try render(name) }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.headers[.contentType] == type)
        }
    }

    @Test(
        "what Flask escapes is escaped, and nothing else",
        arguments: [
            ("a.html", "&lt;"), ("a.htm", "&lt;"), ("a.xml", "&lt;"), ("a.xhtml", "&lt;"), ("a.svg", "&lt;"),
            ("a.txt", "<"), ("a.HTML", "<"), ("a.html.j2", "<"), ("html", "<"),
        ])
    func escaping(name: String, output: String) throws {
        let site = try TemplateFixture(["templates/\(name)": "{{ '<' }}{{ x }}"])
        let text = try site.app().app.renderText(name, ["x": "<"])
        #expect(text == output + output)
    }

    @Test("a text is rendered as a template of HTML") func string() async throws {
        let (app, _) = smallApp()
        app.get("/<name>") { (name: String) in try render(string: "Hello {{ name }}", ["name": name]) }
        try await app.test { client in
            let response = try await client.get("/%3Cb%3E")
            #expect(response.text == "Hello &lt;b&gt;")
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test("the first of several names that exists is rendered") func firstOf() async throws {
        let site = try TemplateFixture(["templates/b.html": "b"])
        let (app, _) = site.app()
        app.get("/") { try render(firstOf: ["a.html", "b.html"]) }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.text == "b")
        }
    }

    @Test("values of every kind go in; HTML stays markup, nil is none")
    func values() throws {
        let text = try smallApp().app.renderText(
            string: "{{ html }} {{ none is none }} {{ json.a[1] }} {{ numbers|sum }} {{ flag }} {{ article.id }}",
            [
                "html": HTML("<b>\("<")</b>"), "none": nil, "json": ["a": [1, "<"]] as JSONValue, "numbers": [1, 2.5],
                "flag": true, "article": Article(id: 7, title: ""),
            ])
        #expect(text == "<b>&lt;</b> True &lt; 3.5 True 7")
    }

    @Test("outside a request the free function says what to use instead") func outside() throws {
        let error = #expect(throws: (any Error).self) { _ = try render("a.html") }
        let message = String(describing: try #require(error))
        #expect(message.contains("no request is being handled") && message.contains("request.render"))
    }

    @Test("an app renders text without a request; url_for is absolute then") func mail() throws {
        let site = try TemplateFixture([
            "templates/mail.txt": "{{ url_for('show', id=3) }} {{ request is defined }} {{ g is defined }}"
        ])
        let (app, _) = site.app(["CARAFE_SERVER_NAME": "example.com"])
        app.get("/posts/<int:id>", name: "show") { (id: Int) in "\(id)" }
        #expect(try app.renderText("mail.txt") == "http://example.com/posts/3 False False")
    }

    @Test("a task that was detached renders with its request in hand") func detached() async throws {
        let site = try TemplateFixture(["templates/a.html": "{{ request.path }}"])
        let (app, _) = site.app()
        app.get("/here") { (request: Request) async throws in
            try await Task.detached { try request.render("a.html") }.value
        }
        try await app.test { client in
            let response = try await client.get("/here")
            #expect(response.text == "/here")
        }
    }
}
