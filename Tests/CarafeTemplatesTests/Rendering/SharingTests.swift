import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Renders share templates and nothing else")
struct SharingTests {
    private let environment = TemplateEnvironment(
        loader: DictLoader([
            "base": "<{% block a %}base{% endblock %}>",
            "page": """
            {% extends 'base' %}{% import 'macros' as m %}{% block a %}{{ m.item(name) }}{{ super() }}\
            {% for i in range(50) %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}{% endblock %}
            """,
            "macros": "{% macro item(name) %}[{{ name }}]{% endmacro %}{% set count = namespace(n=0) %}",
            "counter": "{% from 'macros' import count %}{% set count.n = count.n + 1 %}{{ count.n }}",
            "list": "{{ shared.append(1) or '' }}{{ shared|length }}",
        ]))

    @Test("several threads render one template at once, each with its own values")
    func threads() throws {
        let template = try environment.template("page")
        let expected = try (0..<8).map { try template.render(["name": "n\($0)"]) }
        let wrong = Counter()
        DispatchQueue.concurrentPerform(iterations: 8) { index in
            for _ in 0..<50 where (try? template.render(["name": "n\(index)"])) != expected[index] { wrong.add() }
        }
        #expect(wrong.value == 0)
    }

    @Test("what a render puts into an imported namespace is not there in the next")
    func modules() throws {
        let template = try environment.template("counter")
        #expect(try [template.render(), template.render()] == ["1", "1"])
    }

    @Test("a list that several renders are given is changed by each, one at a time")
    func lists() throws {
        let template = try environment.template("list")
        let shared = TemplateValue.list([])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<100 { _ = try? template.render(values: ["shared": shared]) }
        }
        #expect(try shared.length() == 800)
    }

    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var count = 0
        var value: Int { lock.withLock { count } }
        func add() { lock.withLock { count += 1 } }
    }
}
