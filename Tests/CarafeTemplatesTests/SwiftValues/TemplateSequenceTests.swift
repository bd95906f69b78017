import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Sequences of the program")
struct TemplateSequenceTests {
    struct Numbers: Sequence, Sendable {
        final class Counter: Sendable { let count = Atomic(0) }
        let counter: Counter
        func makeIterator() -> AnyIterator<Int> {
            AnyIterator { counter.count.add(1, ordering: .relaxed).newValue }
        }
    }

    @Test("an endless one is read only as far as a loop goes")
    func pulled() throws {
        let counter = Numbers.Counter()
        let value = try TemplateValue(converting: TemplateSequence(Numbers(counter: counter)))
        #expect(counter.count.load(ordering: .relaxed) == 0)
        let iterator = try value.makeIterator()
        #expect(try (0..<3).compactMap { _ in try iterator.next()?.text } == ["1", "2", "3"])
        #expect(counter.count.load(ordering: .relaxed) == 3)
    }

    @Test("each loop starts anew; there is no length")
    func loops() throws {
        let value = TemplateSequence(["a": 1].keys).templateValue
        for _ in 0..<2 { #expect(try value.elements().map { try $0.text } == ["a"]) }
        #expect(throws: TemplateError.self) { try value.length() }
        #expect(try value.isTrue)
    }

    @Test("an asynchronous one is waited for on a thread that may wait")
    func asynchronous() async throws {
        let value = TemplateSequence(
            async: AsyncStream<Int> { continuation in
                for number in 1...3 { continuation.yield(number) }
                continuation.finish()
            }
        ).templateValue
        #expect(try await withRenderThread { try value.elements().map { try $0.text } } == ["1", "2", "3"])
        #expect(throws: TemplateError.self) { try value.elements() }
    }
}
