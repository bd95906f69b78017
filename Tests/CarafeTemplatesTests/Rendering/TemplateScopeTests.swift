import Testing

@testable import CarafeTemplates

@Suite("What errors keep of templates")
struct TemplateScopeTests {
    /// The steps to the error of a template, the outermost first, as `function: name=value …`.
    private func steps(_ templates: [String: String], keeps: Bool = true) throws -> [String] {
        var options = TemplateOptions()
        options.keepsScopes = keeps
        let environment = TemplateEnvironment(loader: DictLoader(templates), options: options)
        do {
            _ = try environment.template("main").render(values: ["given": 1, "list": .list([10, 20])])
            return []
        } catch let error as TemplateError {
            return try error.trace.map { frame in
                let names = try frame.scope?.variables.map { "\($0.name)=\(try $0.value.representation)" }
                return "\(frame.function): \(names?.joined(separator: " ") ?? "nothing")"
            }
        }
    }

    @Test("is what was given, and what the template has set")
    func top() throws {
        #expect(
            try steps(["main": "{% set own = given + 1 %}{{ nope.x }}"]) == [
                "top-level template code: given=1 list=[10, 20] own=2"
            ])
    }

    @Test("are the variables of loops and of what is inside of them")
    func loops() throws {
        let steps = try steps([
            "main": "{% for item in list %}{% with given = item * 2 %}{{ nope.x }}{% endwith %}{% endfor %}"
        ])
        #expect(steps == ["top-level template code: given=20 item=10 list=[10, 20]"])
    }

    @Test("are a macro's parameters, and what it sees around it")
    func macros() throws {
        let steps = try steps([
            "main": "{% set own = 2 %}{% macro m(a, b=7) %}{{ nope.x }}{% endmacro %}{{ m(given) }}"
        ])
        #expect(steps.count == 2)
        #expect(steps[1].hasPrefix("macro 'm': a=1 b=7 given=1 list=[10, 20] m=<Macro 'm'> own=2"), "\(steps)")
    }

    @Test("are those of each step through blocks and includes")
    func chain() throws {
        let steps = try steps([
            "main": "{% extends 'base' %}{% block b %}{% set inner = 5 %}{% include 'part' %}{% endblock %}",
            "base": "{% block b %}{% endblock %}", "part": "{% set deep = given %}{{ nope.x }}",
        ])
        #expect(
            steps.suffix(2) == [
                "block 'b': given=1 inner=5 list=[10, 20]",
                "top-level template code: deep=1 given=1 inner=5 list=[10, 20]",
            ], "\(steps)")
    }

    @Test("are those of each turn of a recursive loop")
    func recursion() throws {
        let steps = try steps([
            "main": """
            {% for n in [[1]] recursive %}{% if n is iterable %}{{ loop(n) }}{% else %}{{ nope.x }}{% endif %}{% endfor %}
            """
        ])
        #expect(steps.last?.contains("n=1") == true, "\(steps)")
    }

    @Test("is nothing, where errors keep nothing")
    func off() throws {
        #expect(try steps(["main": "{{ nope.x }}"], keeps: false) == ["top-level template code: nothing"])
    }

    @Test(
        "functions of the language alone can be called where expressions only look",
        arguments: [
            ("'a'.upper()", true), ("range(3)|list", true), ("[1].index(1)", true), ("[1].append(2)", false),
            ("f()", false), ("{'a': 1}.pop('a')", false), ("{'a': 1}.get('a')", true),
        ])
    func inspecting(expression: String, isAllowed: Bool) throws {
        var options = TemplateOptions()
        options.sandbox = .inspecting
        let environment = TemplateEnvironment(options: options)
        let function = TemplateFunction("f") { (_, _) in TemplateValue.none }
        let evaluated = Result { try environment.expression(expression).evaluate(values: ["f": .object(function)]) }
        switch evaluated {
        case .success: #expect(isAllowed)
        case .failure(let error): #expect((error as? TemplateError)?.kind == .security && !isAllowed, "\(error)")
        }
    }
}
