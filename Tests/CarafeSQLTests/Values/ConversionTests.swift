import CarafeSQL
import Foundation
import Testing

@Suite struct ConversionTests {
    @Test("integers come from every number that holds them exactly, and from nothing else")
    func integers() {
        #expect(Int(sqlValue: .double(5)) == 5)
        #expect(Int(sqlValue: .double(5.5)) == nil)
        #expect(Int(sqlValue: .double(1e300)) == nil)
        #expect(Int(sqlValue: .double(.nan)) == nil)
        #expect(Int(sqlValue: .decimal(Decimal(5))) == 5)
        #expect(Int(sqlValue: .decimal(Decimal(string: "5.5") ?? 0)) == nil)
        #expect(Int(sqlValue: .text("5")) == nil && Int(sqlValue: .bool(true)) == nil)
        #expect(UInt64(sqlValue: UInt64.max.sqlValue) == .max)
        #expect(Int8(sqlValue: .integer(128)) == nil)
    }

    @Test(
        "decimals are read whole or not at all",
        arguments: [
            ("1.10", "1.1"), ("-0.5", "-0.5"), ("1e3", "1000"),
            ("12345678901234567890.123456789", "12345678901234567890.123456789"),
            ("", nil), ("1.1x", nil), (".", nil), ("1e", nil), ("--1", nil), ("1-1", nil), ("NaN", nil), ("0x10", nil),
            ("1 ", nil),
            (String(repeating: "9", count: 60), nil),
        ] as [(String, String?)])
    func decimals(_ text: String, _ expected: String?) {
        #expect(Decimal(sqlValue: .text(text)) == expected.flatMap { Decimal(string: $0) })
    }

    @Test("a real becomes the decimal that it stands for")
    func reals() {
        #expect(Decimal(sqlValue: .double(1.1))?.description == "1.1")
        #expect(Decimal(sqlValue: .double(0.1 + 0.2))?.description == "0.30000000000000004")
        #expect(Decimal(sqlValue: .double(.infinity)) == nil)
    }

    @Test("identifiers are read with and without hyphens, and from bytes")
    func identifiers() {
        let uuid = UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF")
        for text in ["00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-AABBCCDDEEFF"] {
            #expect(UUID(sqlValue: .text(text)) == uuid)
        }
        #expect(
            UUID(sqlValue: .blob([0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255])) == uuid)
        for text in ["", "0011", "0011223344556677889 9aabbccddeeff", "00112233445566778899aabbccddeefg"] {
            #expect(UUID(sqlValue: .text(text)) == nil)
        }
    }

    @Test("arrays come from arrays and from JSON; bytes are no array")
    func arrays() {
        #expect([Int](sqlValue: .array([.integer(1), .integer(2)])) == [1, 2])
        #expect([String](sqlValue: .json(#"["a","b"]"#)) == ["a", "b"])
        #expect([[Int?]](sqlValue: .text("[[1,null],[]]")) == [[1, nil], []])
        #expect([Int](sqlValue: .text("[1.5]")) == nil)
        #expect([Int](sqlValue: .text("{}")) == nil && [Int](sqlValue: .text("no")) == nil)
        #expect([UInt8](sqlValue: .blob([1, 2])) == [1, 2])
        #expect(([] as [Int]).sqlValue == .array([]) && ([] as [UInt8]).sqlValue == .blob([]))
    }

    @Test("deep JSON is refused, and does not exhaust the stack")
    func deep() {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect([Int](sqlValue: .text(text)) == nil)
        #expect(SQLJSON<[Int]>(sqlValue: .text(text)) == nil)
    }

    @Test("a value that cannot be written as JSON is no value")
    func unencodable() {
        struct Broken: Encodable {
            func encode(to encoder: any Encoder) throws { throw CancellationError() }
        }
        #expect(throws: DatabaseError.self) { try SQLJSON(Broken()).sqlValue.checkEncodable() }
        #expect(throws: (any Error).self) { let _: SQL = try "SELECT \(json: Broken())" }
    }
}
