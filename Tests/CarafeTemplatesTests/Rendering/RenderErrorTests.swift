import Testing

@testable import CarafeTemplates

@Suite("Errors say where")
struct RenderErrorTests {
    private let environment = TemplateEnvironment(
        loader: DictLoader([
            "page": "{% extends 'base' %}\n{% from 'macros' import m %}\n{% block a %}\n{{ m(none) }}{% endblock %}",
            "base": "\n{% block a %}{% endblock %}", "macros": "{% macro m(x) %}\n\n{% include 'part' %}{% endmacro %}",
            "part": "<p>\n{{ x.name.first }}", "broken": "a\n{% if %}",
        ]))

    @Test("the template, the line and its text, and the way there from the outside in")
    func trace() throws {
        let error = try #require(throws: TemplateError.self) { try environment.template("page").render() }
        #expect(error.kind == .undefined)
        #expect(error.message == "'None' has no attribute 'name'")
        #expect(error.template == "part" && error.line == 2 && error.sourceLine == "{{ x.name.first }}")
        #expect(
            error.trace.map { "\($0.template ?? "-"):\($0.line) \($0.function)" } == [
                "base:2 top-level template code", "page:4 block 'a'", "macros:3 macro 'm'",
                "part:2 top-level template code",
            ])
    }

    @Test("a mistake in an included template has that template's place and the way there")
    func included() throws {
        let template = try environment.template(source: "\n{% include 'broken' %}", name: "main")
        let error = try #require(throws: TemplateError.self) { try template.render() }
        #expect(error.kind == .syntax && error.template == "broken" && error.line == 2)
        #expect(error.trace.map(\.template) == ["main"])
    }

    @Test("errors of the program's functions keep the error and get a place")
    func functions() throws {
        struct Refused: Error {}
        let function = TemplateFunction("f") { _, _ in throw Refused() }
        let template = try environment.template(source: "\n{{ f() }}")
        let error = try #require(throws: TemplateError.self) { try template.render(["f": function]) }
        #expect(error.underlying is Refused)
        #expect(error.line == 2)
    }

    @Test("the description reads like a traceback, without repeating itself")
    func description() throws {
        let template = try environment.template(
            source: "{% macro m(n) %}{{ m(n - 1) if n else x.y }}{% endmacro %}\n{{ m(3) }}", name: "main")
        let error = try #require(throws: TemplateError.self) { try template.render() }
        #expect(
            error.description == """
                UndefinedError: 'x' is undefined
                  File "main", line 2, in top-level template code
                  File "main", line 1, in macro 'm'
                  [the last line 2 more times]
                  File "main", line 1, in macro 'm'
                    {% macro m(n) %}{{ m(n - 1) if n else x.y }}{% endmacro %}
                """)
    }
}
