import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("What tells of rendered templates", .timeLimit(.minutes(1)))
struct TemplateSignalTests {
    private static let files = [
        "templates/a.html":
            "{% extends 'layout.html' %}{% block b %}{{ article.title }}{% include 'part.html' %}{% endblock %}",
        "templates/layout.html": "[{% block b %}{% endblock %}]", "templates/part.html": "part",
        "templates/broken.html": "{{ 1 / 0 }}",
    ]

    @Test("two signals are sent for each render, with template, variables and request; none for its parts")
    func signals() async throws {
        let site = try TemplateFixture(Self.files)
        let (app, _) = site.app()
        let seen = Mutex<[String]>([])
        app.signals.beforeRenderTemplate.connect { event in
            let title = (event.context["article"] as? Article)?.title ?? "-"
            seen.withLock { $0.append("before \(event.name ?? "text") \(title) \(event.request?.path ?? "-")") }
        }
        app.signals.templateRendered.connect { event in
            seen.withLock { $0.append("after \(event.name ?? "text") \(event.context.keys.sorted())") }
        }
        app.contextProcessor { ["site": "s"] }
        app.get("/") { try render("a.html", ["article": Article(id: 1, title: "T"), "none": nil]) }
        app.get("/broken") { try render("broken.html") }
        try await app.test { client in
            _ = try await client.get("/")
            _ = try await client.get("/broken")
        }
        _ = try app.renderText(string: "x")
        #expect(
            seen.withLock { $0 } == [
                "before a.html T /", "after a.html [\"article\", \"none\", \"site\"]", "before broken.html - /broken",
                "before text - -", "after text [\"site\"]",
            ])
    }

    @Test("a test sees the templates of a response and what they were given") func testing() async throws {
        let site = try TemplateFixture(Self.files)
        let (app, _) = site.app()
        app.get("/") { (request: Request) in
            _ = try request.renderText("part.html")
            return try render("a.html", ["article": Article(id: 7, title: "T"), "count": 3])
        }
        app.get("/none") { "no template" }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.templates.map(\.name) == ["part.html", "a.html"])
            #expect(response.template("a.html")?.context["article"] as? Article == Article(id: 7, title: "T"))
            #expect(response.template("a.html")?.context["count"] as? Int == 3)
            #expect(response.template("layout.html") == nil)
            let none = try await client.get("/none")
            #expect(none.templates.isEmpty)
        }
        #expect(!app.signals.templateRendered.hasReceivers)
    }
}
