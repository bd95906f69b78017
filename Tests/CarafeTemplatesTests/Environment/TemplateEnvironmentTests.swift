import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Environments")
struct TemplateEnvironmentTests {
    @Test("a template is compiled once, and again when its source has changed")
    func cache() throws {
        let source = Source("a")
        let environment = TemplateEnvironment(loader: source)
        #expect(try [environment.template("t").render(), environment.template("t").render()] == ["a", "a"])
        #expect(source.reads == 1)
        source.change("b")
        #expect(try environment.template("t").render() == "b")
    }

    @Test("without auto reload a changed source is not looked at")
    func noAutoReload() throws {
        let source = Source("a")
        var options = TemplateOptions()
        options.autoReload = false
        let environment = TemplateEnvironment(loader: source, options: options)
        _ = try environment.template("t")
        source.change("b")
        #expect(try environment.template("t").render() == "a")
    }

    @Test("the cache keeps the templates that were used last", arguments: [(0, 6), (2, 4), (-1, 3)])
    func cacheSize(size: Int, reads: Int) throws {
        let source = Source("a")
        var options = TemplateOptions()
        options.cacheSize = size
        let environment = TemplateEnvironment(loader: source, options: options)
        for name in ["a", "b", "a", "c", "a", "b"] { _ = try environment.template(name) }
        #expect(source.reads == reads)
    }

    @Test("a filter, test or global added later is there in templates compiled before")
    func registering() throws {
        let environment = TemplateEnvironment(loader: DictLoader(["t": "{{ 'a'|upper }}{{ 1 is odd }}{{ g }}"]))
        #expect(try environment.template("t").render() == "ATrue")
        environment.addFilter("upper") { value, _, _ in .string(try value.text + "!") }
        environment.addTest("odd") { _, _, _ in false }
        environment.addGlobal("g", "g")
        #expect(try environment.template("t").render() == "a!Falseg")
    }

    @Test("an overlay has other options and what the environment had")
    func overlay() throws {
        let environment = TemplateEnvironment(loader: DictLoader(["t": "{{ '<'|twice }}"]))
        environment.addFilter("twice") { value, _, _ in .string(try value.text + value.text) }
        let overlay = environment.overlay { $0.autoescape = .always }
        #expect(try environment.template("t").render() == "<<")
        #expect(try overlay.template("t").render() == "&lt;&lt;")
    }

    @Test(
        "select_autoescape goes by the extension, whatever its case",
        arguments: [("a.html", true), ("a.HTM", true), ("a.xml", true), ("a.txt", false), ("html", false), (nil, true)])
    func autoescape(name: String?, isEscaped: Bool) throws {
        var options = TemplateOptions()
        options.autoescape = .select()
        let environment = TemplateEnvironment(options: options)
        #expect(try environment.template(source: "{{ '<' }}", name: name).render() == (isEscaped ? "&lt;" : "<"))
    }

    @Test("expressions are evaluated on their own")
    func expressions() throws {
        let environment = TemplateEnvironment()
        let expression = try environment.expression("a + b * 2")
        #expect(try expression.evaluate(values: ["a": 1, "b": 3]).text == "7")
        #expect(try environment.expression("missing").evaluate().isNone)
        #expect(try !environment.expression("missing", undefinedIsNone: false).evaluate().isNone)
        #expect(throws: TemplateError.self) { try environment.expression("a b") }
    }

    @Test("finalize sees each value before it is printed, and no text")
    func finalize() throws {
        var options = TemplateOptions()
        options.finalize = { value, _ in value.isNone ? "" : value }
        let environment = TemplateEnvironment(options: options)
        #expect(try environment.template(source: "a{{ none }}{{ 1 }}{{ x }}").render() == "a1")
    }

    @Test("a tag of an extension of the program's own")
    func customTag() throws {
        let environment = TemplateEnvironment(extensions: [Repeat()])
        let template = try environment.template(source: "{% repeat 2 + 1 %}<{{ n }}>{% endrepeat %}")
        #expect(try template.render(["n": 5]) == "<5><5><5>")
    }

    @Test("the first of several templates that exists is taken")
    func selection() throws {
        let environment = TemplateEnvironment(loader: DictLoader(["b": "B"]))
        #expect(try environment.template(firstOf: ["a", "b"]).render() == "B")
        let error = #expect(throws: TemplateError.self) { try environment.template(firstOf: ["a", "c"]) }
        #expect(error?.names == ["a", "c"])
    }

    /// `{% repeat count %}…{% endrepeat %}`
    private struct Repeat: TemplateExtension {
        let identifier = "repeat"
        let tags = ["repeat"]

        func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
            let line = try parser.next().line
            let count = try parser.parseExpression()
            let body = try parser.parseStatements(until: ["endrepeat"], dropsLast: true)
            let range = TemplateSyntax.Expression(
                .call(TemplateSyntax.Expression(.name("range"), line: line), TemplateSyntax.Arguments([count])),
                line: line)
            return [TemplateSyntax.Statement(.for(.init(target: .name("_"), iterable: range, body: body)), line: line)]
        }
    }

    /// One source under every name, which counts how often it is read.
    private final class Source: TemplateLoader {
        private let state: Mutex<(text: String, version: Int, reads: Int)>

        init(_ text: String) { state = Mutex((text, 0, 0)) }

        var reads: Int { state.withLock { $0.reads } }
        func change(_ text: String) { state.withLock { $0 = (text, $0.version + 1, $0.reads) } }

        func source(of name: String) throws -> TemplateSource {
            let (text, version) = state.withLock { state in
                state.reads += 1
                return (state.text, state.version)
            }
            return TemplateSource(text, isUpToDate: { [self] in state.withLock { $0.version == version } })
        }

        func templateNames() throws -> [String] { [] }
    }
}
