import Testing

@testable import CarafeTemplates

@Suite("Extensions change how templates are read")
struct TemplateExtensionTests {
    /// `{% cache key, seconds %} … {% endcache %}`: an example of a tag with a body.
    private struct Cache: TemplateExtension {
        var identifier: String { "cache" }
        var tags: [String] { ["cache"] }

        func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
            let line = try parser.next().line
            var arguments = [try parser.parseExpression()]
            if try parser.skip(if: .comma) { arguments.append(try parser.parseExpression()) }
            let body = try parser.parseStatements(until: ["endcache"], dropsLast: true)
            let call = TemplateSyntax.Expression(
                .call(TemplateSyntax.Expression(.name("cached"), line: line), TemplateSyntax.Arguments(arguments)),
                line: line)
            return [
                TemplateSyntax.Statement(.callBlock(call: call, TemplateSyntax.Signature(), body: body), line: line)
            ]
        }
    }

    private struct Preprocessor: TemplateExtension {
        let identifier: String
        let priority: Int
        func preprocess(_ source: String, name: String?, filename: String?) throws -> String { source + identifier }
    }

    /// Doubles all data, and takes the tokens of tags as they are.
    private struct Doubler: TemplateExtension {
        var identifier: String { "doubler" }
        func filterTokens(
            _ tokens: [TemplateToken], name: String?, filename: String?
        ) throws -> [TemplateToken] {
            tokens.flatMap { $0.kind == .data ? [$0, TemplateToken(.data, $0.value, line: $0.line)] : [$0] }
        }
    }

    private struct Failing: TemplateExtension {
        struct Trouble: Error {}
        var identifier: String { "failing" }
        func preprocess(_ source: String, name: String?, filename: String?) throws -> String { throw Trouble() }
    }

    private func dump(_ source: String, _ extensions: any TemplateExtension...) throws -> String {
        var parser = TemplateParser(source: source, extensions: extensions)
        return SyntaxDump.body(try parser.parse())
    }

    @Test("a tag with a body becomes what the extension makes of it")
    func tag() throws {
        let tree = try dump("{% cache 'k', 5 %}a{% endcache %}", Cache())
        #expect(
            tree == "{(callblock@1 (call@1 (name@1 cached) [(constant@1 \"k\") (constant@1 5)] [] - -) () [] "
                + "{(output@1 [(data@1 \"a\")])})}")
    }

    @Test(
        "mistakes in it are told in Jinja's words",
        arguments: [
            ("{% cache %}", "unexpected 'end of statement block'"),
            ("{% cache a b %}", "expected token 'end of statement block', got 'b'"),
            (
                "{% cache a %}{% foo %}",
                "Encountered unknown tag 'foo'. Jinja was looking for the following tags: 'endcache'. "
                    + "The innermost block that needs to be closed is 'cache'."
            ),
            (
                "{% cache a %}",
                "Unexpected end of template. Jinja was looking for the following tags: 'endcache'. "
                    + "The innermost block that needs to be closed is 'cache'."
            ),
        ])
    func mistakes(_ source: String, _ message: String) throws {
        let error = #expect(throws: TemplateError.self) { try dump(source, Cache()) }
        #expect(error?.message == message)
    }

    @Test("sources are changed in the order of priority, then of the list")
    func preprocessing() throws {
        let tree = try dump(
            "x", Preprocessor(identifier: "b", priority: 100), Preprocessor(identifier: "a", priority: 50),
            Preprocessor(identifier: "c", priority: 100))
        #expect(tree == "{(output@1 [(data@1 \"xabc\")])}")
    }

    @Test("tokens may be changed before they are parsed")
    func tokens() throws {
        #expect(try dump("a{{ b }}", Doubler()) == "{(output@1 [(data@1 \"a\") (data@1 \"a\") (name@1 b)])}")
    }

    @Test("what an extension throws comes out of parse, with what caused it")
    func failing() throws {
        let error = #expect(throws: TemplateError.self) { try dump("a", Failing()) }
        #expect(error?.underlying is Failing.Trouble)
    }

    @Test("Jinja's own extensions have its names for them")
    func identifiers() {
        let extensions: [any TemplateExtension] = [
            DoExtension(), LoopControlsExtension(), I18nExtension(), DebugExtension(),
        ]
        let names = ["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n", "jinja2.ext.debug"]
        #expect(extensions.map(\.identifier) == names)
    }

    @Test(
        "break and continue outside of a loop's own body are Python's errors",
        arguments: [
            ("{% break %}", "'break' outside loop"), ("{% continue %}", "'continue' not properly in loop"),
            ("{% for a in b %}{% else %}{% break %}{% endfor %}", "'break' outside loop"),
            ("{% for a in b %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}", "'break' outside loop"),
            ("{% for a in b %}{% call m() %}{% break %}{% endcall %}{% endfor %}", "'break' outside loop"),
            (
                "{% for a in b %}{% block c %}{% continue %}{% endblock %}{% endfor %}",
                "'continue' not properly in loop"
            ),
        ])
    func loopControls(_ source: String, _ message: String) throws {
        let error = #expect(throws: TemplateError.self) { try dump(source, LoopControlsExtension()) }
        #expect(error?.message == message)
        #expect(error?.kind.name == "SyntaxError")
    }

    @Test("break inside of tags in a loop, and in the else of an inner loop, is allowed")
    func allowedLoopControls() throws {
        for inside in [
            "{% if a %}@{% endif %}", "{% with %}@{% endwith %}", "{% filter f %}@{% endfilter %}",
            "{% for c in d %}{% else %}@{% endfor %}",
        ] {
            let parts = inside.split(separator: "@")
            _ = try dump("{% for a in b %}\(parts[0]){% break %}\(parts[1]){% endfor %}", LoopControlsExtension())
        }
    }
}
