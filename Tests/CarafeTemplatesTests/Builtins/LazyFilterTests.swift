import Testing

@testable import CarafeTemplates

@Suite("Filters that make their elements while they are read")
struct LazyFilterTests {
    /// Counts how many of its values were asked for, and fails at the fourth.
    private final class Counter: TemplateIterator {
        var count = 0

        override func next() throws -> TemplateValue? {
            count += 1
            guard count < 4 else { throw TemplateError(.valueError, "the fourth value") }
            return .int(count)
        }
    }

    @Test(
        "ask for no more elements than are read, and fail where the failing one is reached",
        arguments: [
            ("map", ["abs"]), ("select", []), ("reject", ["none"]), ("unique", []), ("batch", [1]),
            ("selectattr", [.none]), ("rejectattr", [.none, "none"]),
        ] as [(String, [TemplateValue])])
    func onDemand(name: String, arguments: [TemplateValue]) throws {
        let calls = FilterCalls()
        let counter = Counter()
        let source = TemplateValue.object(TemplateGenerator(name: "counter", counter))
        let filter = try #require(BuiltinFilters.all[name])
        let elements = try filter(source, TemplateArguments(arguments), calls.context).makeIterator()
        #expect(counter.count == 0)
        _ = try elements.next()
        #expect(counter.count <= 2)
        _ = try elements.next()
        #expect(counter.count <= 3)
        #expect(message { while try elements.next() != nil {} } == "ValueError: the fourth value")
        #expect(try elements.next() == nil)
    }

    @Test("give each element once")
    func once() throws {
        let calls = FilterCalls()
        let upper = try calls.filter("map", ["a", "b"], "upper")
        #expect(try calls.filter("list", upper).representation == "['A', 'B']")
        #expect(try calls.filter("list", upper).representation == "[]")
    }

    @Test("look for the filter that they call when there is an element for it")
    func unknownFilter() throws {
        let calls = FilterCalls()
        let unknown = try calls.filter("map", ["a"], "nope")
        #expect(message { _ = try calls.filter("list", unknown) } == "TemplateRuntimeError: No filter named 'nope'.")
        #expect(try calls.filter("list", calls.filter("map", [], "nope")).representation == "[]")
    }

    @Test("end in an error where too many of them are around one another")
    func nesting() throws {
        let calls = FilterCalls()
        var value: TemplateValue = ["a"]
        for _ in 0..<100_000 { value = try calls.filter("select", value) }
        let nested = value
        #expect(message { _ = try nested.elements() }.hasPrefix("RecursionError"))
    }

    @Test("do not keep alive the variables of the template in which they are kept")
    func contextIsFreed() throws {
        weak var context: TemplateContext?
        var kept: TemplateValue = .none
        do {
            let calls = FilterCalls(autoescape: true)
            context = calls.context
            kept = try calls.filter("map", ["<", "b"], "join")
            #expect(try kept.makeIterator().next()?.text == "<")
        }
        #expect(context == nil)
        #expect(try kept.makeIterator().next()?.text == "b")
    }
}
