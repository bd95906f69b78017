import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("Where templates are found", .timeLimit(.minutes(1)))
struct TemplateSearchTests {
    private static func site(_ more: [String: String] = [:]) throws -> TemplateFixture {
        try TemplateFixture(
            [
                "templates/a.html": "app a", "one/a.html": "one a", "one/b.html": "one b", "two/b.html": "two b",
                "two/c.html": "two c",
            ].merging(more) { $1 })
    }

    private static func register(on app: App) {
        app.register(Blueprint("one", templateFolder: "one"))
        app.register(Blueprint("two", templateFolder: "two"))
    }

    @Test("the app's folder comes first, then those of the blueprints as they were registered") func order() throws {
        let site = try Self.site()
        let (app, _) = site.app()
        Self.register(on: app)
        #expect(try ["a.html", "b.html", "c.html"].map { try app.renderText($0) } == ["app a", "one b", "two c"])
    }

    @Test("another folder may be the app's, or none") func folder() throws {
        let site = try Self.site()
        let app = App("site", root: site.root, staticFolder: nil, templateFolder: "two", environment: .none)
        #expect(try app.renderText("c.html") == "two c")
        let none = App("site", root: site.root, staticFolder: nil, templateFolder: nil, environment: .none)
        #expect(throws: TemplateError.self) { try none.renderText("a.html") }
    }

    @Test("a template that is missing is told with the folders that were searched") func missing() async throws {
        let site = try Self.site()
        let (app, log) = site.app()
        Self.register(on: app)
        app.get("/") { try render("nothing.html") }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status == .internalServerError && !response.text.contains("nothing.html"))
            let lines = log.containing("There is no template 'nothing.html'.")
            #expect(lines.count == 1)
            for folder in ["templates of the app 'site'", "one of the blueprint 'one'", "two of the blueprint 'two'"] {
                #expect(lines.first?.contains("\(site.root)/\(folder)") == true)
            }
        }
    }

    @Test(
        "names cannot lead out of the folders",
        arguments: ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "..\\secret.txt"])
    func traversal(name: String) throws {
        let site = try Self.site(["secret.txt": "secret"])
        #expect(throws: TemplateError.self) { try site.app().app.renderText(name) }
    }

    @Test("in debug mode one is warned of a name that is there twice, and not otherwise", arguments: [true, false])
    func twice(debug: Bool) throws {
        let site = try Self.site()
        let (app, log) = site.app(debug ? ["CARAFE_DEBUG": "1"] : [:])
        Self.register(on: app)
        #expect(try app.renderText("b.html") == "one b")
        #expect(try app.renderText("c.html") == "two c")
        let warnings = log.containing("Several templates are named")
        #expect(warnings.count == (debug ? 1 : 0))
        if debug {
            #expect(warnings[0].contains("\(site.root)/one/b.html") && warnings[0].contains("\(site.root)/two/b.html"))
        }
    }

    @Test("EXPLAIN_TEMPLATE_LOADING tells where was looked") func explanation() throws {
        let site = try Self.site()
        let (app, log) = site.app(["CARAFE_EXPLAIN_TEMPLATE_LOADING": "1"])
        Self.register(on: app)
        _ = try app.renderText("b.html")
        let lines = log.containing("Locating template 'b.html':")
        #expect(lines.count == 1)
        #expect(lines[0].contains("1: trying \(site.root)/templates of app 'site'\n       -> no match"))
        #expect(lines[0].contains("-> found (\(site.root)/one/b.html)"))
        #expect(lines[0].contains("Warning: multiple loaders returned a match for the template."))
    }

    @Test(
        "a changed file counts at the next request in debug mode, or as TEMPLATES_AUTO_RELOAD says",
        arguments: [
            ([:], false), (["CARAFE_DEBUG": "1"], true), (["CARAFE_TEMPLATES_AUTO_RELOAD": "1"], true),
            (["CARAFE_DEBUG": "1", "CARAFE_TEMPLATES_AUTO_RELOAD": "0"], false),
        ])
    func reload(configuration: [String: String], reloads: Bool) throws {
        let site = try TemplateFixture([
            "templates/a.html": "{% extends 'layout.html' %}{% block b %}old{% endblock %}",
            "templates/layout.html": "[{% block b %}{% endblock %}]",
        ])
        let (app, _) = site.app(configuration)
        #expect(try app.renderText("a.html") == "[old]")
        try site.write("templates/a.html", "{% extends 'layout.html' %}{% block b %}newer{% endblock %}")
        try site.write("templates/layout.html", "<<{% block b %}{% endblock %}>>")
        #expect(try app.renderText("a.html") == (reloads ? "<<newer>>" : "[old]"))
    }

    @Test("templates in the executable come after the files in debug mode, before them otherwise")
    func embedded() throws {
        let embedded = DictLoader(["a.html": "embedded a", "d.html": "embedded d"])
        for (configuration, output) in [([:], "embedded a"), (["CARAFE_DEBUG": "1"], "app a")] {
            let site = try Self.site()
            let (app, log) = site.app(configuration)
            app.templates.loaders = [embedded]
            #expect(try app.renderText("a.html") == output)
            #expect(try app.renderText("d.html") == "embedded d")
            #expect(log.containing("Several templates").isEmpty)
        }
    }
}
