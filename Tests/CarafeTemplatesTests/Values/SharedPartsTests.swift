import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Containers that hold the same containers twice, sixty levels deep")
struct SharedPartsTests {
    /// Makes `t` and its equal `u` of a first value and what becomes of the one before.
    private static func render(_ first: String, _ next: String, _ use: String) throws -> String {
        let source = """
            {% set ns = namespace(t=\(first), u=\(first)) %}{% for i in range(60) %}\
            {% set v = ns.t %}{% set ns.t = \(next) %}{% set v = ns.u %}{% set ns.u = \(next) %}{% endfor %}\
            {% set t = ns.t %}{% set u = ns.u %}\(use)
            """
        var options = TemplateOptions()
        options.limits.valueSize = 100_000
        return try TemplateEnvironment(options: options).template(source: source).render()
    }

    static let shapes = [
        ("(1,)", "(v, v)"), ("()", "(v, v)"), ("[1]", "[v, v]"), ("{'a': 1}", "{'a': v, 'b': v}"),
        ("[1]", "[{'a': 1, 'b': v}, {'a': 2, 'b': v}]|groupby('a')|list"), ("[1]", "[(v, 1), {'a': v}, v]"),
    ]

    @Test("are compared in a moment", arguments: shapes)
    func comparison(first: String, next: String) throws {
        #expect(try Self.render(first, next, "{{ t == u }} {{ t != u }} {{ [u].index(t) }}") == "True False 0")
        #expect(try Self.render(first, next, "{{ t in [1, u] }} {{ [t, u]|length }}") == "True 2")
    }

    @Test("are ordered in a moment", arguments: [("(1,)", "(v, v)"), ("[1]", "[v, v]")])
    func order(first: String, next: String) throws {
        #expect(try Self.render(first, next, "{{ t < u }} {{ t <= u }} {{ [t, u, t]|sort|length }}") == "False True 3")
    }

    @Test("are keys, and found again", arguments: [("(1,)", "(v, v)"), ("()", "(v, v, 1)")])
    func keys(first: String, next: String) throws {
        #expect(try Self.render(first, next, "{{ {t: 5}[u] }} {{ [t, u, 1]|unique|list|length }}") == "5 2")
    }

    @Test(
        "have too long a text, which is told in a moment", arguments: shapes.prefix(4),
        ["t|tojson", "t|tojson(indent=2)", "t|pprint"])
    func text(shape: (String, String), use: String) throws {
        let error = #expect(throws: TemplateError.self) { try Self.render(shape.0, shape.1, "{{ (\(use))|length }}") }
        #expect(error?.kind == .limit)
    }

    @Test("have too long a text, whatever asks for it", arguments: ["t|string", "'%s' % [t]", "[t, u]|join", "t ~ u"])
    func anyText(use: String) throws {
        let error = #expect(throws: TemplateError.self) { try Self.render("(1,)", "(v, v)", "{{ (\(use))|length }}") }
        #expect(error?.kind == .limit)
    }

    @Test(
        "are written like others where the text is not too long",
        arguments: [("(1,)", "(v, v)"), ("[1]", "[v, v]"), ("{'a': 1}", "{'a': v, 'b': v}")])
    func sameText(first: String, next: String) throws {
        for use in ["v|string", "v|tojson", "v|tojson(indent=1)", "v|pprint"] {
            func text(_ next: String) throws -> String {
                let steps = String(repeating: "{% set v = \(next) %}", count: 9)
                return try TemplateEnvironment().template(source: "{% set v = \(first) %}\(steps){{ \(use) }}").render()
            }
            // The same without shared parts: each is made again.
            var whole = first
            for _ in 0..<9 { whole = PythonText.split(next, by: "v").joined(separator: whole) }
            let expected = try TemplateEnvironment(options: Self.deep).template(
                source: "{% set v = \(whole) %}{{ \(use) }}"
            ).render()
            #expect(try text(next) == expected)
        }
    }

    private static var deep: TemplateOptions {
        var options = TemplateOptions()
        options.limits.syntaxDepth = 1000
        return options
    }

    @Test("are compared up to a limit where they share nothing")
    func limit() throws {
        // Each of a level holds all of the level below, in an order that makes for as many pairs as there can be.
        func levels(_ count: Int, of width: Int, isTurned: Bool) -> TemplateValue {
            var level: [TemplateValue] = Array(repeating: 1, count: width)
            for _ in 0..<count {
                level = level.indices.map { index in
                    .list(TemplateList(isTurned ? Array(level[index...] + level[..<index]) : level))
                }
            }
            return .list(TemplateList(level))
        }
        #expect(try levels(50, of: 5, isTurned: false).isEqual(to: levels(50, of: 5, isTurned: true)))
        let error = #expect(throws: TemplateError.self) {
            try levels(50, of: 25, isTurned: false).isEqual(to: levels(50, of: 25, isTurned: true))
        }
        #expect(error?.kind == .limit)
    }
}
