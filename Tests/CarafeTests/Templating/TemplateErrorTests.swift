import Carafe
import CarafeTesting
import Testing

@Suite("Errors in templates", .timeLimit(.minutes(1)))
struct TemplateErrorTests {
    private static let files = [
        "templates/page.html":
            "{% extends 'layout.html' %}\n{% block main %}\n  <p>{{ user.name }}</p>\n{% endblock %}",
        "templates/layout.html": "<main>\n{% block main %}{% endblock %}</main>",
        "templates/syntax.html": "a\n{% if %}",
    ]

    @Test("are 500 without detail, and logged with place, line and the way there") func place() async throws {
        let site = try TemplateFixture(Self.files)
        let (app, log) = site.app()
        app.get("/") { try render("page.html") }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status == .internalServerError && !response.text.contains("user"))
        }
        #expect(log.all.count == 1)
        let entry = try #require(log.all.first)
        #expect(entry.contains("UndefinedError: 'user' is undefined"))
        #expect(entry.contains("layout.html\", line 2"))
        #expect(entry.contains("page.html\", line 3"))
        #expect(entry.contains("<p>{{ user.name }}</p>"))
    }

    @Test("mistakes of syntax as well") func syntax() async throws {
        let site = try TemplateFixture(Self.files)
        let (app, log) = site.app()
        app.get("/") { try render("syntax.html") }
        app.get("/stream") { try renderStream("syntax.html") }
        try await app.test { client in
            for path in ["/", "/stream"] {
                let response = try await client.get(path)
                #expect(response.status == .internalServerError)
            }
        }
        #expect(log.containing("TemplateSyntaxError").count == 2 && log.containing("syntax.html\", line 2").count == 2)
    }

    @Test("in debug mode the client sees them") func debug() async throws {
        let site = try TemplateFixture(Self.files)
        let (app, _) = site.app(["CARAFE_DEBUG": "1"])
        app.get("/") { try render("page.html") }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.text.contains("UndefinedError"))
        }
    }

    @Test("a message cannot forge a line of the log") func forged() async throws {
        let (app, log) = smallApp()
        app.get("/") { (request: Request) in
            try render(string: "{{ {}[name].x }}", ["name": request.query["name"] ?? ""])
        }
        try await app.test { client in _ = try await client.get("/?name=a%0A2026-01-01%20error%20%1B%5B2J") }
        let lines = log.all.joined().utf8.split(separator: UInt8(ascii: "\n")).map { String($0) ?? "" }
        #expect(
            lines.dropFirst().allSatisfy { $0.utf8.starts(with: "  ".utf8) } && !log.all.joined().contains("\u{1B}"))
    }
}
