import CarafeHTTP
import Testing

@Suite("Byte ranges")
struct ByteRangesTests {
    @Test(
        "ranges resolve within the content",
        arguments: [
            ("bytes=0-499", 1000, [0..<500]), ("bytes=-1500", 1000, [0..<1000]), ("bytes=999-", 1000, [999..<1000]),
            ("bytes=0-0,-1", 10, [0..<1, 9..<10]), ("bytes=0-9223372036854775807", 5, [0..<5]),
            ("bytes=0-1,5000-5001", 10, [0..<2]),
            ("bytes=-99999999999999999999", 5, [0..<5]),
        ] as [(String, Int, [Range<Int>])])
    func resolved(_ field: String, _ length: Int, _ ranges: [Range<Int>]) {
        #expect(ByteRanges(parsing: field)?.resolved(length: length) == .ranges(ranges))
    }

    @Test(
        "ranges outside the content are unsatisfiable",
        arguments: [
            ("bytes=10-", 10), ("bytes=-0", 10), ("bytes=-1", 0), ("bytes=0-", 0), ("bytes=99999999999999999999-", 10),
        ])
    func unsatisfiable(_ field: String, _ length: Int) {
        #expect(ByteRanges(parsing: field)?.resolved(length: length) == .unsatisfiable)
        #expect(ContentRange.unsatisfiable(length: length).description == "bytes */\(length)")
    }

    @Test(
        "what is malformed, overlapping or out of order is ignored",
        arguments: [
            "bytes=9-1", "bytes=0-9,5-6", "bytes=5-6,0-1", "bytes=-1,0-1", "bytes=0-,9-", "bytes=1-2-3", "bytes=0x1-2",
            "bytes=+1-2", "bytes=٠-١", "bytes=0-1;", "octets=0-1",
            "bytes=0-9223372036854775807,9223372036854775807-9223372036854775806",
        ])
    func ignored(_ field: String) {
        #expect(ByteRanges(parsing: field) == nil)
    }

    @Test("more ranges than the limit are ignored")
    func limit() {
        let ranges = (0..<17).map { "\($0)-\($0)" }
        #expect(ByteRanges(parsing: "bytes=" + ranges.joined(separator: ",")) == nil)
        #expect(ByteRanges(parsing: "bytes=" + ranges.dropLast().joined(separator: ","))?.specifiers.count == 16)
    }

    @Test(
        "a content range never lies beyond its length",
        arguments: ["bytes 0-9/5", "bytes 0-9223372036854775807/*", "bytes 5-4/9", "items 0-1/2"])
    func contentRange(_ field: String) {
        #expect(ContentRange(parsing: field) == nil)
        #expect(ContentRange(3..<3, length: 9) == nil)
        #expect(ContentRange(-1..<3, length: nil) == nil)
    }
}
