import Carafe
import CarafeTesting
import Testing

@Suite("Context processors, filters, tests and globals", .timeLimit(.minutes(1)))
struct ContextProcessorTests {
    @Test("a blueprint's win over the app's, for its endpoints; the render's own win over both")
    func order() async throws {
        let (app, _) = smallApp()
        let template = "{{ a }} {{ b }} {{ c }}"
        app.contextProcessor { ["a": "app", "b": "app", "c": "app"] }
        let outer = Blueprint("outer", prefix: "/outer")
        outer.contextProcessor { request in ["b": "outer \(request.path)", "c": "outer"] }
        outer.get("/") { try render(string: template) }
        let inner = Blueprint("inner", prefix: "/inner")
        inner.contextProcessor { _ in ["c": "inner"] }
        inner.get("/") { try render(string: template) }
        inner.get("/own") { try render(string: template, ["c": "own"]) }
        outer.register(inner)
        app.register(outer)
        app.get("/") { try render(string: template) }
        try await app.test { client in
            for (path, text) in [
                ("/", "app app app"), ("/outer/", "app outer /outer/ outer"),
                ("/outer/inner/", "app outer /outer/inner/ inner"),
                ("/outer/inner/own", "app outer /outer/inner/own own"),
            ] {
                let response = try await client.get(path)
                #expect(response.text == text)
            }
        }
    }

    @Test("outside a request those run that need none") func outside() throws {
        let (app, _) = smallApp()
        app.contextProcessor { ["a": 1] }
        app.contextProcessor { request in ["b": request.path] }
        #expect(try app.renderText(string: "{{ a }} {{ b is defined }}") == "1 False")
    }

    @Test("what one throws is the render's error") func failing() async throws {
        let (app, _) = smallApp()
        app.contextProcessor { _ in throw Abort(.forbidden) }
        app.get("/") { try render(string: "x") }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status == .forbidden)
        }
    }

    private static func extended() -> App {
        let (app, _) = smallApp()
        app.templateFilter("shout") { (text: String, times: Int?) in text + String(repeating: "!", count: times ?? 1) }
        app.templateFilter("raw") { value, arguments, _ in .int(arguments.positional.count) }
        app.templateFilter("bold", parameters: ["mark"]) { (text: String, mark: String?) in
            HTML("<b>\(mark ?? "")\(text)</b>")
        }
        app.templateTest("big") { (number: Int, limit: Int?) in number > (limit ?? 100) }
        app.templateGlobal("site", "Carafe & co")
        app.templateGlobal("twice") { (number: Int) in number * 2 }
        let blueprint = Blueprint("parts")
        blueprint.templateFilter("whisper") { (text: String) in "(\(text))" }
        blueprint.templateTest("odd") { (_: Int) in true }
        blueprint.templateGlobal("list", ["a", "b"])
        app.register(blueprint)
        return app
    }

    @Test(
        "are declared on app and blueprint, for all templates",
        arguments: [
            ("'a'|shout", "a!"), ("'a'|shout(3)", "a!!!"), ("'a'|raw(1, 2)", "2"), ("'<'|bold", "<b>&lt;</b>"),
            ("'a'|bold(mark='-')", "<b>-a</b>"), ("5 is big", "False"), ("5 is big(3)", "True"),
            ("5 is not big", "True"),
            ("site", "Carafe &amp; co"), ("twice(21)", "42"), ("'a'|whisper", "(a)"), ("2 is odd", "True"),
            ("list|join", "ab"), ("[200, 5]|select('big')|list", "[200]"),
        ])
    func parts(expression: String, output: String) throws {
        #expect(try Self.extended().renderText(string: "{{ \(expression) }}") == output)
    }

    @Test("what one of them throws reaches the app's error handlers") func errors() async throws {
        struct Broken: Error {}
        let (app, _) = smallApp()
        app.templateGlobal("login") { () throws -> String in throw Abort(.unauthorized) }
        app.templateGlobal("broken") { () throws -> String in throw Broken() }
        app.onError(Broken.self) { _, _ in Response("broken", status: .conflict) }
        app.get("/login") { try render(string: "{{ login() }}") }
        app.get("/broken") { try render(string: "{{ broken() }}") }
        try await app.test { client in
            let login = try await client.get("/login")
            #expect(login.status == .unauthorized)
            let broken = try await client.get("/broken")
            #expect(broken.status == .conflict && broken.text == "broken")
        }
    }

    @Test("they cannot be declared after the start") func late() throws {
        let (app, log) = smallApp()
        _ = try app.renderText(string: "")
        app.templateFilter("late") { (text: String) in text }
        #expect(log.containing("came after the app had started").count == 1)
        #expect(throws: TemplateError.self) { try app.renderText(string: "{{ 1|late }}") }
    }

    @Test("Jinja's options and extensions are set before the start") func options() throws {
        let (app, _) = smallApp()
        app.templates.options.trimBlocks = true
        app.templates.options.undefined = .strict
        app.templates.extensions = [DoExtension()]
        #expect(try app.renderText(string: "{% set l = [] %}\n{% do l.append(1) %}\n{{ l }}") == "[1]")
        #expect(throws: TemplateError.self) { try app.renderText(string: "{{ nothing }}") }
        #expect(try app.templateEnvironment.options.trimBlocks)
    }
}
