import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Time of loops", .serialized)
struct LoopTimeTests {
    @Test(
        "ten thousand turns take ten times as long as one thousand",
        arguments: [
            "{% for i in range(n) %}{{ i }}{% endfor %}",
            "{% for i in items %}{{ loop.index }}/{{ loop.length }}{{ loop.nextitem }}{% endfor %}",
            "{% for i in items if i is odd %}{% set x = f(i) %}{{ x }}{% if loop.changed(x) %}!{% endif %}{% endfor %}",
            "{% set ns = namespace(n=0, l=[]) %}{% for i in items %}{% set ns.n = ns.n + i %}{{ ns.l.append([i]) or '' }}{% endfor %}",
            "{% set l = [] %}{% for i in items %}{{ l.append(l) or '' }}{% endfor %}",
            "{% macro m(a) %}<{{ a }}{{ caller() }}>{% endmacro %}{% for i in items %}{% call m(i) %}{{ i }}{% endcall %}{% endfor %}",
            "{% for g in items|map('string')|groupby(0) %}{{ g.list|length }}{% endfor %}{{ items|map('string')|join|length }}",
            "{% set d = {} %}{% for i in items %}{{ d.update({i: d}) or '' }}{{ i in d }}{% endfor %}",
        ])
    func linear(source: String) throws {
        let environment = TemplateEnvironment()
        environment.addGlobal("f", TemplateFunction("f") { (number: Int) in number / 2 }.templateValue)
        let template = try environment.template(source: source)
        Linearity.expectLinear("loop", shapes: [.repeated("a")]) { bytes in
            let items = bytes.indices.map { TemplateValue.int($0) }
            _ = try? template.render(values: ["n": .int(bytes.count), "items": .list(TemplateList(items))])
        }
        // It is a template's time that was measured, not an error's.
        _ = try template.render(values: ["n": 2, "items": [1, 2]])
    }
}
