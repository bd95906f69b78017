import CarafeSQL
import TestSupport
import Testing

@testable import CarafePostgreSQL

/// Text that no server should send.
struct DamagedTextTests {
    static let types: [ColumnType] = [
        .bool, .integer, .double, .numeric, .text, .bytea, .uuid, .instant, .localDateTime, .localDate, .localTime,
        .interval, .json,
        .array(of: .interval, name: "interval[]"), .array(of: .text, name: "text[]"),
        .array(of: .numeric, name: "numeric[]"),
    ]

    static let seeds = [
        "2024-01-02 03:04:05.678901+05:30:15 BC", "P1Y2M-3DT-4H5M6.789S", "-1 days +02:03:04.5",
        "{1,NULL,\"a\\\"b\",{2,{}}}",
        "[0:1]={5,6}", "-12345678901234567890.00012", "\\x00ff", "\\001\\377", "00112233-4455-6677-8899-aabbccddeeff",
        "NaN", "",
        "9999999-99-99 99:99:99.999999+99", "9999999-99-99 BC", "P999999999999999999Y", "{{{{{{{{{{",
        "9223372036854775808",
    ]

    @Test("text of any shape is read as a value or kept as it is, and nothing traps")
    func damaged() {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        for round in 0..<6_000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let index = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.insert(.random(in: 0...255, using: &random), at: index)
                case 1 where index < bytes.count: bytes.remove(at: index)
                case 2:
                    bytes.insert(
                        contentsOf: Array(Self.seeds.randomElement(using: &random)?.utf8 ?? "".utf8), at: index)
                default: bytes.removeLast(min(bytes.count, 1))
                }
            }
            for type in Self.types {
                let value = bytes.withUnsafeBufferPointer { type.value($0) }
                if case .other(_, let text) = value { #expect(text == String(decoding: bytes, as: UTF8.self)) }
            }
        }
    }

    @Test("arrays and numbers of great length are read in time that grows with it")
    func linear() {
        for (type, piece) in [(ColumnType.array(of: .text, name: ""), "\"a\\\"\","), (.numeric, "7"), (.bytea, "\\\\")]
        {
            Linearity.expectLinear(piece, shapes: [.repeated(piece)]) { bytes in
                let text = Array("{".utf8) + bytes + Array("}".utf8)
                _ = text.withUnsafeBufferPointer { type.value($0) }
            }
        }
    }
}
