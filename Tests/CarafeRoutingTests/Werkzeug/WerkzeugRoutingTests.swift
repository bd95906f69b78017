import CarafeRouting
import Testing

@Suite("Werkzeug's routing")
struct WerkzeugRoutingTests {
    @Test("each recorded answer of Werkzeug, with our repairs, is ours too")
    func recorded() throws {
        let maps = try WerkzeugMap.recorded()
        #expect(maps.map(\.cases.count).reduce(0, +) > 400)
        try Self.expectSame(maps)
    }

    @Test("Werkzeug itself answers as recorded", .enabled(if: WerkzeugMap.isWerkzeugInstalled))
    func recordedIsCurrent() throws {
        #expect(try WerkzeugMap.run(["record"]) == WerkzeugMap.recordedText())
    }

    @Test("random maps, requests and URLs get Werkzeug's answers", .enabled(if: WerkzeugMap.isWerkzeugInstalled))
    func random() throws {
        let seed = UInt32.random(in: 0...UInt32.max)
        let maps = try WerkzeugMap.decode(WerkzeugMap.run([String(seed), "150"]))
        #expect(maps.map(\.cases.count).reduce(0, +) == 2700)
        try Self.expectSame(maps, "seed \(seed)")
    }

    /// Strings are compared as bytes; `==` would take canonically equivalent ones for the same.
    private static func expectSame(_ maps: [WerkzeugMap], _ origin: String = "recorded") throws {
        for map in maps {
            let matcher = try map.matcher()
            for asked in map.cases {
                let answer = map.answer(asked, by: matcher)
                let isSame = answer.map { Array($0.utf8) } == asked.out.map { Array($0.utf8) }
                #expect(isSame, "\(origin): \(answer) for \(asked) in \(map.rules.map(\.rule.path))")
            }
        }
    }
}
