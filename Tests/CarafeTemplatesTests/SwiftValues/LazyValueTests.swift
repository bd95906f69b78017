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
