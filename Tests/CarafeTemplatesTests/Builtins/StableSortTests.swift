import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Sorting")
struct StableSortTests {
    @Test("equal elements keep their order, in both directions", arguments: [0, 1, 2, 31, 63, 64, 65, 200, 1000, 4099])
    func stability(count: Int) throws {
        var random = SplitMix64(seed: UInt64(count))
        let keys = (0..<count).map { _ in Int.random(in: 0..<20, using: &random) }
        let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        #expect(try StableSort.order(count: count) { keys[$0] < keys[$1] } == expected)
        let backwards = keys.indices.sorted { (-keys[$0], $0) < (-keys[$1], $1) }
        #expect(try StableSort.order(count: count, isReversed: true) { keys[$0] < keys[$1] } == backwards)
    }

    @Test("what is in order already is compared once an element")
    func ordered() throws {
        for keys in [Array(0..<1000), Array((0..<1000).reversed())] {
            var comparisons = 0
            _ = try StableSort.order(count: keys.count) {
                comparisons += 1
                return keys[$0] < keys[$1]
            }
            #expect(comparisons == 999)
        }
    }

    @Test("an order that contradicts itself still ends, and gives every element")
    func contradiction() throws {
        var random = SplitMix64(seed: 5)
        let order = try StableSort.order(count: 500) { _, _ in Bool.random(using: &random) }
        #expect(order.sorted() == Array(0..<500))
    }
}
