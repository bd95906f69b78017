import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Lazy values")
struct LazyValueTests {
    final class Counter: Sendable { let count = Atomic(0) }

    @Test("it is computed when first needed, once, also by many threads")
    func once() async throws {
        let counter = Counter()
        let lazy = LazyValue {
            counter.count.add(1, ordering: .relaxed)
            return [1, 2, 3]
        }
        let value = try TemplateValue(converting: lazy)
        #expect(counter.count.load(ordering: .relaxed) == 0)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<32 { group.addTask { try value.length() } }
            for try await length in group { #expect(length == 3) }
        }
        #expect(counter.count.load(ordering: .relaxed) == 1)
    }

    @Test("it is in all things what it gives")
    func standIn() throws {
        let text = LazyValue { "abc" }.templateValue
        #expect(try text.text == "abc" && text.length() == 3 && text.isTrue && text.typeName == "str")
        #expect(try text.isEqual(to: "abc") && TemplateValue.string("abc").isEqual(to: text))
        #expect(try text.key() == TemplateValue.string("abc").key())
        #expect(try text.contains("b") && text.isLess(than: "b"))
        #expect(try text.slice(1, .none, .none).text == "bc")
        let number = LazyValue { 20 }.templateValue
        #expect(try number.binary(.add, 1, in: .forTests).representation == "21")
        #expect(try TemplateValue.int(1).binary(.subtract, number, in: .forTests).representation == "-19")
        let function = LazyValue { TemplateFunction("f") { (a: Int) in a + 1 } }.templateValue
        guard case .object(let object) = function else { throw TestFailure("no object") }
        #expect(object.isCallable)
        #expect(try object.call(TemplateArguments([2]), in: .forTests).representation == "3")
    }

    @Test(
        "a template sees what it gives, wherever it comes from",
        arguments: [
            "x > 3, 3 < x, x >= 5, x == 5, 5 == x, x != 5, x in [5], x is gt 3, 7 - x, x // 2, -x, x ~ x",
            "l|sum, l|max, l|min, l|sort, l|first + 1, l|last * 2, l|unique|list, l|join('-'), l|length, 5 in l",
            "l|select('gt', 3)|list, l|reject('odd')|list, l|map('abs')|list, l == [5, 3, 4], [5, 3, 4] == l, l < [6]",
            "l[0] + 1, l[1:] + [1], l.index(3), l.count(5), l|batch(2)|list, l|tojson, l|pprint, l|reverse|list",
            "d.n > 3, d['n'] > 3, d.get('n') + 1, d.values()|sum, d|dictsort(by='value'), d|items|list, d|xmlattr",
            "'%d %s %.1f' % (x, x, x), '{:03d} {}'.format(x, x), '%(n)d' % d, 'ab' * x, l.pop() + 1, dict(d).n + 1",
            "t|upper, t.upper(), t + 'c', t ~ 'c', 'a' in t, t[0], t[1:], t|length, [t, 'b']|sort, t is string, t ~ d.n",
            "rows|map(attribute='n')|sum, rows|sum('n'), rows|groupby('n')|length, rows|selectattr('n', 'gt', 3)|list|length",
            "none is none, d.none is none, d.none|default('x', true), d.none or 1, x if x > 3 else 0, not x, x and 1",
        ])
    func inTemplates(expressions: String) throws {
        func answer(_ value: (_ value: TemplateValue) -> TemplateValue) throws -> String {
            let (five, none, text) = (value(5), value(.none), value("ab"))
            let dict = TemplateValue.dict(["n": five, "none": none])
            let list = TemplateValue.list(TemplateList([five, value(3), value(4)]))
            let source = """
                {{ [\(expressions)] }}{% for a in l if a > 3 %}{{ a + 1 }}{{ loop.nextitem + 1 }}{% endfor %}\
                {% for k, v in d.items() %}{{ v == 5 }}{% endfor %}{% set a, b, c = l %}{{ a + b + c }}
                """
            return try TemplateEnvironment().template(source: source).render(values: [
                "x": five, "t": text, "d": dict, "l": list, "rows": .list(TemplateList([dict, dict])),
            ])
        }
        let plain = Result { try answer { $0 } }.mapError { $0 as? TemplateError ?? TemplateError(.runtime, "") }
        let lazy = Result { try answer { value in LazyObject { value }.asValue } }
            .mapError { $0 as? TemplateError ?? TemplateError(.runtime, "") }
        switch (plain, lazy) {
        case (.success(let a), .success(let b)): #expect(a == b)
        case (.failure(let a), .failure(let b)): #expect(a.message == b.message)
        default: Issue.record("\(plain) but \(lazy)")
        }
    }

    @Test("touching it gives the value itself")
    func touched() throws {
        let lazy = LazyValue { LazyValue { 5 } }
        guard case .int(5) = try lazy.templateValue.touched else { throw TestFailure("not touched") }
        guard case .string("x") = try TemplateValue.string("x").touched else { throw TestFailure("changed") }
    }

    @Test("its error is thrown at each use")
    func failure() throws {
        struct Failure: Error {}
        let counter = Counter()
        let lazy = LazyValue { () throws -> Int in
            counter.count.add(1, ordering: .relaxed)
            throw Failure()
        }
        for _ in 0..<2 {
            let error = try #require(throws: TemplateError.self) { try lazy.value }
            #expect(error.underlying is Failure)
        }
        #expect(counter.count.load(ordering: .relaxed) == 1)
    }

    @Test("one that needs itself is an error")
    func recursion() throws {
        let holder = Holder()
        let lazy = LazyValue { try holder.lazy.withLock { $0 }?.value.text ?? "" }
        holder.lazy.withLock { $0 = lazy }
        let error = try #require(throws: TemplateError.self) { try lazy.value }
        #expect(error.kind == .recursion)
        holder.lazy.withLock { $0 = nil }
    }

    final class Holder: Sendable { let lazy = Mutex<LazyValue?>(nil) }
}

extension LazyObject {
    fileprivate var asValue: TemplateValue { .object(self) }
}
