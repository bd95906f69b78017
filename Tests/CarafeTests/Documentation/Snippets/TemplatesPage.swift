import Carafe
import CarafeTesting
import Testing

/// Somebody who may write.
struct Member: Codable, Sendable {
    var id: Int
    var name: String
    var passwordHash = ""
}

extension Member: TemplateValueConvertible {
    // The password's hash stays here.
    var templateValue: TemplateValue { ["id": .int(id), "name": .string(name)] }
}

/// What the plugin makes of a folder of templates.
private enum EmbeddedTemplates {
    static let loader: any TemplateLoader = DictLoader([:])
}

/// The snippets of docs/guide/templates.md.
enum TemplatesPage {
    private static func find(_ id: Int) -> Article { Article(id: id, title: "Post \(id)") }

    static func pages(_ app: App) {
        app.get("/posts/<int:id>", name: "show") { (id: Int) in
            try render("posts/show.html", ["post": find(id), "title": "A post"])
        }
        app.onError(.notFound) { _, _ in try render("404.html").status(.notFound) }
    }

    static func parts(_ app: App) {
        app.contextProcessor { request in ["member": request.g["member"] as Member?] }
        app.templateFilter("shout") { (text: String, times: Int?) in text + String(repeating: "!", count: times ?? 1) }
        app.templateTest("even_id") { (id: Int) in id % 2 == 0 }
        app.templateGlobal("price") { (cents: Int) in "\(cents / 100) €" }
        app.templateGlobal("site", "Carafe")
    }

    static func folders(_ app: App) {
        // The file is blog/templates/blog/show.html.
        let blog = Blueprint("blog", prefix: "/blog", templateFolder: "blog/templates")
        blog.get("/<int:id>", name: "show") { (id: Int) in try render("blog/show.html", ["post": find(id)]) }
        app.register(blog)
    }

    static func embedded(_ app: App) {
        app.templates.loaders = [EmbeddedTemplates.loader]
    }

    static func options(_ app: App) {
        app.templates.options.trimBlocks = true
        app.templates.options.undefined = .strict
        app.templates.extensions = [DoExtension(), LoopControlsExtension()]
    }

    static func testing(_ client: TestClient) async throws {
        let response = try await client.get("/posts/1")
        #expect(response.templates.map(\.name) == ["posts/show.html"])
        #expect(response.template("posts/show.html")?.context["title"] as? String == "A post")
    }
}

@Suite("The guide on templates", .timeLimit(.minutes(1)))
struct GuideTemplateTests {
    @Test("its app renders its templates") func app() async throws {
        let site = try TemplateFixture([
            "templates/layout.html": "<title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}",
            "templates/posts/show.html": """
            {% extends "layout.html" %}
            {% block title %}{{ title|shout(3) }}{% endblock %}
            {% block content %}{{ post.title }} {{ url_for('show', id=post.id + 1) }} {{ member.name }} {{ site }} \
            {{ price(700) }} {{ post.id is even_id }}{% endblock %}
            """,
            "templates/404.html": "nothing", "blog/templates/blog/show.html": "blog {{ post.id }}",
        ])
        let (app, _) = site.app()
        app.beforeRequest { (request: Request) in request.g["member"] = Member(id: 1, name: "Ada") }
        TemplatesPage.pages(app)
        TemplatesPage.parts(app)
        TemplatesPage.folders(app)
        try await app.test { client in
            try await TemplatesPage.testing(client)
            let post = try await client.get("/posts/1")
            #expect(post.text == "<title>A post!!!</title>Post 1 /posts/2 Ada Carafe 7 € False")
            let blog = try await client.get("/blog/5")
            #expect(blog.text == "blog 5")
            let nothing = try await client.get("/nothing")
            #expect(nothing.status == .notFound && nothing.text == "nothing")
        }
    }
}
