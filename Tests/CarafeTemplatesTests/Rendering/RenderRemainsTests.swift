import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Nothing is left of a render")
struct RenderRemainsTests {
    /// Counts itself while it lives.
    private final class Witness: TemplateObject {
        let typeName = "Witness"
        private let living: Counter

        init(_ living: Counter) {
            self.living = living
            living.count.withLock { $0 += 1 }
        }

        deinit { living.count.withLock { $0 -= 1 } }
    }

    private final class Counter: Sendable {
        let count = Mutex(0)
    }

    private static func environment(_ living: Counter) -> TemplateEnvironment {
        let environment = TemplateEnvironment(
            loader: DictLoader([
                "m":
                    "{% macro m(x) %}{{ x }}{{ caller and caller() }}{% endmacro %}{% set n = namespace(w=witness()) %}",
                "base": "{% block a %}{% endblock %}",
            ]), extensions: [DoExtension(), LoopControlsExtension()])
        environment.addGlobal("witness", TemplateFunction { _, _ in .object(Witness(living)) }.templateValue)
        environment.addGlobal("fail", TemplateFunction { _, _ in throw TemplateError(.runtime, "") }.templateValue)
        return environment
    }

    @Test(
        "that refers to itself",
        arguments: [
            "{% set l = [w] %}{% do l.append(l) %}",
            "{% set l = [w] %}{% do l.insert(0, (1, {'a': l})) %}",
            "{% set l = [w] %}{% do l.extend([[l]]) %}",
            "{% set l = [w] %}{% set m = [l] %}{% do l.append(m) %}{% do m.append(m) %}",
            "{% set d = {'w': w} %}{% do d.update(d=d) %}{% do d.update({'e': [d]}) %}",
            "{% set d = {'w': w} %}{% do d.setdefault('d', d) %}",
            "{% set n = namespace(w=w) %}{% set n.n = n %}{% set n.t = (n, [n]) %}",
            "{% set n = namespace(w=w) %}{% set n.d = {'v': n}.values() %}{% set n.c = cycler(n) %}",
            "{% set l = [w] %}{% do l.append(l.append) %}{% do l.append(l|map('string')) %}",
            "{% set l = [w] %}{% do l.append([{'a': l}]|groupby('a')) %}{% do l.append(nope[(l,)]) %}",
            "{% set n = namespace(w=w) %}{% for a in [n, n] %}{% set n.l = loop %}{% endfor %}",
            "{% set n = namespace(w=w) %}{% for a in {1: n}.values() if a %}{% set n.l = loop.cycle %}{% endfor %}",
            "{% set n = namespace(w=w) %}{% for a in [[n]] recursive %}{% set n.l = loop %}{{ loop([]) }}{% endfor %}",
            "{% for a in [w] if a %}{{ fail() }}{% endfor %}",
            "{% macro m() %}{{ w }}{% endmacro %}{{ m() }}",
            "{% set n = namespace(w=w) %}{% macro m() %}{{ n }}{% endmacro %}{% set n.m = m %}{{ fail() }}",
            "{% macro m() %}{% set n.c = caller %}{% endmacro %}{% set n = namespace(w=w) %}{% call m() %}{% endcall %}",
            "{% import 'm' as a %}{% set a2 = a %}{{ a.m(w) }}",
            "{% from 'm' import m with context %}{% call m(w) %}{{ w }}{% endcall %}",
            "{% extends 'base' %}{% set s = self %}{% block a %}{% set n = namespace(s=super, w=w) %}{% endblock %}",
            "{% set n = namespace(w=w) %}{% set s = self %}{% block a scoped %}{% set n.s = self %}{% endblock %}",
            "{% set l = [w] %}{% for i in range(300) %}{% set l = [l, l] %}{% do l.append(l) %}{% endfor %}",
            "{% set big = [w] + [[]] * 500 %}{% set l = [] %}{% do l.append(big) %}{% do big.append(l) %}",
        ])
    func cycles(source: String) throws {
        let living = Counter()
        let environment = Self.environment(living)
        let template = try environment.template(source: "{% set w = witness() %}" + source)
        for _ in 0..<20 { _ = try? template.render() }
        #expect(living.count.withLock { $0 } == 0)
        for _ in 0..<20 { _ = try? template.render(values: [:]) }
        #expect(living.count.withLock { $0 } == 0)
    }

    @Test("after a thousand renders, of whatever kind")
    func kinds() async throws {
        let living = Counter()
        let environment = Self.environment(living)
        let source = """
            {% macro m() %}{{ w }}{% endmacro %}{% set w = witness() %}{% set l = [w] %}{% do l.append((l, m)) %}{{ m() }}
            """
        let template = try environment.template(source: source)
        for _ in 0..<1000 { _ = try template.renderBytes(values: [:]) }
        for try await _ in template.stream() {}
        _ = try await template.renderAsync()
        #expect(living.count.withLock { $0 } == 0)
        let number = "{% set w = witness() %}{% set l = [w, 1] %}{% do l.append(l) %}{{ l[1] }}"
        let native = try environment.overlay { $0.nativeTypes = true }.template(source: number)
        #expect(try native.renderValue(values: [:]).isEqual(to: 1))
        #expect(living.count.withLock { $0 } == 0)
        let expression = try environment.expression("[witness()].append([])")
        for _ in 0..<10 { _ = try expression.evaluate() }
        #expect(living.count.withLock { $0 } == 0)
    }

    @Test("but what the program still refers to, which stays as it is")
    func kept() throws {
        let environment = Self.environment(Counter())
        let (list, dict) = (TemplateList([1]), TemplateDict(["a": 1]))
        let source =
            "{% do list.append(list) %}{% set made = [2] %}{% do made.append([made, list]) %}{% do dict.update(made=made) %}"
        _ = try environment.template(source: source).render(values: ["list": .list(list), "dict": .dict(dict)])
        #expect(list.elements.count == 2)
        #expect(try TemplateValue.list(list).representation == "[1, [...]]")
        #expect(try TemplateValue.dict(dict).representation == "{'a': 1, 'made': [2, [[...], [1, [...]]]]}")
    }

    @Test("but the variables of a macro that another render has called, while its own goes on")
    func otherRender() throws {
        let environment = Self.environment(Counter())
        let inner = try environment.template(source: "{{ m() }}{{ s.b() }}{{ m() }}")
        environment.addGlobal(
            "inner",
            TemplateFunction { arguments, _ in
                .string(try inner.render(values: ["m": arguments.positional[0], "s": arguments.positional[1]]))
            }.templateValue)
        let source = """
            {% set a = 1 %}{% macro box() %}{{ caller() }}{% endmacro %}\
            {% macro m() %}{% call box() %}{{ a }}{{ given }}{% endcall %}{% endmacro %}\
            {% block b %}{{ a }}{{ given }}{{ self is defined }}{% endblock %}\
            |{{ inner(m, self) }}|{{ m() }}{{ a }}{% set a = 3 %}{{ m() }}{{ self.b() }}
            """
        let text = try environment.template(source: source).render(values: ["given": 2])
        #expect(text == "12True|1212True12|1213232True")
    }

    @Test("but what it hands out")
    func handedOut() throws {
        let environment = Self.environment(Counter())
        let module = try environment.template(source: "{% set a = 1 %}{% macro m() %}{{ a }}{% endmacro %}")
            .exportedValues()
        guard case .object(let macro)? = module["m"] else { return #expect(Bool(false), "no macro") }
        #expect(try macro.call(.none, in: TemplateContext(environment: environment)).text == "1")
        let source = "{% set l = [1] %}{% do l.append(l) %}{{ l }}"
        let value = try environment.overlay { $0.nativeTypes = true }.template(source: source).renderValue(values: [:])
        #expect(try value.representation == "[1, [...]]")
    }
}
