import CarafeRouting
import Testing

@Suite("Values of variables")
struct RoutingValueTests {
    @Test("are equal where kind and value are; strings byte by byte")
    func equality() {
        #expect(RoutingValue.int(1) != .bool(true))
        #expect(RoutingValue.int(1) != .double(1))
        #expect(RoutingValue.string("\u{E9}") != .string("e\u{301}"))
        #expect(RoutingValue.custom(1) == .custom(1))
        #expect(RoutingValue.custom(1) != .custom("1"))
        #expect(RoutingValue.custom(RoutingValueTests()) != .custom(RoutingValueTests()))
    }

    @Test("are written as Python writes them")
    func text() {
        #expect(
            [RoutingValue.bool(true), .bool(false), .int(-5), .double(1.5)].map(\.text) == [
                "True", "False", "-5", "1.5",
            ])
    }

    @Test("hold a UUID as sixteen bytes")
    func uuid() throws {
        let text = "00112233-4455-6677-8899-AABBCCDDEEFF"
        let uuid = try #require(RoutingUUID(text))
        #expect(uuid.bytes == (0..<16).map { UInt8($0 * 0x11) })
        #expect(uuid.description == text.lowercased())
        #expect(RoutingUUID("00112233445566778899aabbccddeeff") == nil)
    }
}
