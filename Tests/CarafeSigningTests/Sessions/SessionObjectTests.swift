import CarafeSigning
import Foundation
import Testing

@Suite("Session objects and values")
struct SessionObjectTests {
    @Test("members keep the order in which they came, few or many", arguments: [3, 16, 17, 40])
    func order(count: Int) {
        var object = SessionObject((0..<count).map { ("k\($0)", .int($0)) })
        object["k1"] = "changed"
        object["k0"] = nil
        object["k0"] = "again"
        #expect(object.keys == (1..<count).map { "k\($0)" } + ["k0"])
        #expect(object["k1"] == "changed" && object["k0"] == "again" && object["k\(count)"] == nil)
        #expect((2..<count).allSatisfy { object["k\($0)"] == .int($0) })
    }

    @Test("removing a member gives its value, and the others stay to be found", arguments: [3, 17, 40])
    func removal(count: Int) {
        var object = SessionObject((0..<count).map { ("k\($0)", .int($0)) })
        #expect(object.removeValue(forKey: "k1") == 1)
        #expect(object.removeValue(forKey: "k1") == nil)
        #expect(object.count == count - 1)
        #expect(object.allSatisfy { object[$0.key] == $0.value })
    }

    @Test("two spellings of a character are two keys, and two texts", arguments: [0, 20])
    func spellings(others: Int) {
        var object = SessionObject((0..<others).map { ("k\($0)", nil) })
        object["é"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == others + 2 && object["é"] == 1 && object["e\u{301}"] == 2)
        #expect(SessionValue.string("é") != .string("e\u{301}"))
        #expect(SessionValue.markup("é") != .markup("e\u{301}"))
    }

    @Test("objects are equal whatever their order, and arrays are not")
    func equality() {
        #expect(["a": 1, "b": 2] as SessionObject == ["b": 2, "a": 1])
        #expect(["a": 1] as SessionObject != ["a": 1, "b": 2])
        #expect(["a": 1, "c": 2] as SessionObject != ["a": 1, "b": 2])
        #expect([1, 2] as SessionValue != [2, 1])
    }

    private static let kinds: [SessionValue] = [
        nil, true, 1, BigInteger("99999999999999999999").map(SessionValue.bigInteger) ?? .null, 1.0, "1", [1], ["a": 1],
        .tuple([1]), .bytes([1]), .markup("1"), .uuid(UUID()), .datetime(Date(timeIntervalSince1970: 1)),
    ]

    @Test("values of two kinds are never equal, and a value equals itself")
    func kinds() {
        for (first, one) in Self.kinds.enumerated() {
            for (second, other) in Self.kinds.enumerated() { #expect((one == other) == (first == second)) }
        }
    }

    @Test("each accessor gives the values of its kind, and nil for the others")
    func accessors() {
        func kindsWith<Value>(_ accessor: (SessionValue) -> Value?) -> [Int] {
            Self.kinds.indices.filter { accessor(Self.kinds[$0]) != nil }
        }
        #expect(Self.kinds.indices.filter { Self.kinds[$0].isNull } == [0])
        #expect(kindsWith(\.bool) == [1])
        #expect(kindsWith(\.int) == [2])
        #expect(kindsWith(\.double) == [2, 4])
        #expect(kindsWith(\.string) == [5, 10])
        #expect(kindsWith(\.array) == [6, 8])
        #expect(kindsWith(\.object) == [7])
        #expect(kindsWith { $0["a"] } == [7])
        #expect(kindsWith(\.bytes) == [9])
        #expect(kindsWith(\.uuid) == [11])
        #expect(kindsWith(\.datetime) == [12])
    }

    private struct Profile: Codable, Equatable {
        var name: String
        var tags: [String]
    }

    @Test("Codable types become values, and values Codable types")
    func codable() throws {
        let profile = Profile(name: "Ada", tags: ["a/b"])
        let value = try SessionValue(encoding: profile)
        #expect(value == ["name": "Ada", "tags": ["a/b"]])
        #expect(try value.decoded(as: Profile.self) == profile)
        #expect(refusal { try value.decoded(as: [Int].self) } == .badPayload)
        #expect(refusal { try SessionValue.bytes([1]).decoded(as: String.self) } == .unserializable)
    }
}
