import FuzzEntries
import Testing

@Suite("Every parser keeps its promise on inputs that are changed at random")
struct FuzzEntryTests {
    @Test("the seeds", arguments: FuzzEntry.all.map(\.name))
    func seeds(_ name: String) throws {
        let entry = try #require(FuzzEntry.all.first { $0.name == name })
        #expect(entry.seeds.compactMap { entry.run($0) } == [])
    }

    @Test("the seeds changed, the same way each time", arguments: FuzzEntry.all.map(\.name))
    func changed(_ name: String) throws {
        let entry = try #require(FuzzEntry.all.first { $0.name == name })
        var mutator = ByteMutator(seeds: entry.seeds)
        for _ in 0..<500 {
            let input = mutator.next()
            if let broken = entry.run(input) { Issue.record("\(broken), for \(input)") }
        }
    }

    @Test("entries have names of their own and seeds")
    func names() {
        #expect(Set(FuzzEntry.all.map(\.name)).count == FuzzEntry.all.count)
        #expect(FuzzEntry.all.allSatisfy { !$0.seeds.isEmpty })
    }
}

/// Changes inputs a byte or a piece at a time; always in the same way.
private struct ByteMutator {
    let seeds: [[UInt8]]
    private var state: UInt64 = 1

    init(seeds: [[UInt8]]) { self.seeds = seeds }

    mutating func next() -> [UInt8] {
        var bytes = seeds[random(below: seeds.count)]
        for _ in 0...random(below: 4) {
            let place = random(below: bytes.count + 1)
            let end = min(bytes.count, place + random(below: 8))
            switch random(below: 5) {
            case 0: bytes.insert(UInt8(truncatingIfNeeded: random(below: 256)), at: place)
            case 1: bytes.insert(Self.marks[random(below: Self.marks.count)], at: place)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: random(below: bytes.count + 1))
            default: if place < bytes.count { bytes[place] = Self.marks[random(below: Self.marks.count)] }
            }
        }
        return bytes
    }

    /// A linear congruential generator (Knuth's MMIX), whose upper half is random enough here.
    private mutating func random(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    private static let marks = Array("\r\n\0\t \"'\\;,:=&%+-_.*/<>(){}[]$#09aA\u{7F}".utf8) + [0x80, 0xC3, 0xED, 0xFF]
}
