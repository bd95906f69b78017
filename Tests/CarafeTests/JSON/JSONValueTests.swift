import Carafe
import Foundation
import NIOCore
import Testing

@Suite("Any JSON value")
struct JSONValueTests {
    private let sample: JSONValue = [
        "id": 1, "tags": ["a", 2.5, nil, true], "name": "x\(1)", "empty": [:],
    ]

    @Test("literals are written in their order")
    func literals() throws {
        #expect(try JSONWriter().string(from: sample) == #"{"id":1,"tags":["a",2.5,null,true],"name":"x1","empty":{}}"#)
    }

    @Test("members and elements are found, and what is not there is nil")
    func access() {
        #expect(sample["tags"]?[1]?.double == 2.5)
        #expect(sample["tags"]?[3]?.bool == true)
        #expect(sample["tags"]?[4] == nil)
        #expect(sample["tags"]?[-1] == nil)
        #expect(sample["tags"]?["a"] == nil)
        #expect(sample["name"]?.string == "x1")
        #expect(sample["id"]?.int == 1)
        #expect(sample["id"]?.string == nil)
        #expect(sample["other"] == nil)
        #expect(sample.object?.map(\.key) == ["id", "tags", "name", "empty"])
    }

    @Test("any value is read back as it was written, in its order")
    func roundTrip() throws {
        var random = JSONRandom(seed: 4)
        for writer in [
            JSONWriter(), JSONWriter(escapesNonASCII: true), JSONWriter(isIndented: true, escapesHTML: true),
        ] {
            for _ in 0..<300 {
                let value = random.value()
                let text = try writer.string(from: value)
                let read = try JSONReader().decode(JSONValue.self, from: ByteBuffer(string: text))
                #expect(read == value)
                #expect(try writer.string(from: read) == text)
            }
        }
    }

    @Test("inside of other types it goes the way of Codable, with the same result")
    func codable() throws {
        struct Erased: Codable, Equatable {
            var value: JSONValue
            init(_ value: JSONValue) { self.value = value }
            init(from decoder: any Decoder) throws { value = try JSONValue(from: decoder) }
            func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
        }
        var random = JSONRandom(seed: 5)
        for _ in 0..<150 {
            let value = random.value(depth: 3)
            let text = try JSONWriter().string(from: [value])
            #expect(try JSONWriter().string(from: [Erased(value)]) == text)
            let read = try JSONReader().decode([Erased].self, from: ByteBuffer(string: text))
            #expect(read == [Erased(value)])
        }
    }

    @Test("large integers keep their digits as far as 128 bits go, then they are doubles")
    func largeIntegers() throws {
        func read(_ text: String) throws -> JSONValue { try JSONReader().decode(from: ByteBuffer(string: text)) }
        #expect(try read("9223372036854775807") == .int(.max))
        #expect(try read("9223372036854775808") == .largeInt(9_223_372_036_854_775_808))
        #expect(try read("-170141183460469231731687303715884105728") == .largeInt(.min))
        #expect(try read("170141183460469231731687303715884105728") == .double(0x1p127))
        #expect(try read("1.0") == .double(1))
        #expect(try read("-0") == .int(0))
    }

    @Test("an object keeps its order through changes, few members or many", arguments: [3, 8, 9, 50])
    func objects(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["k\(index)"] = .int(index) }
        object["k1"] = "changed"
        object["k0"] = nil
        object["none"] = nil
        object["last"] = true
        #expect(object.map(\.key) == (1..<count).map { "k\($0)" } + ["last"])
        #expect(object["k1"] == "changed")
        #expect(object["k0"] == nil)
        #expect(object.count == count)
    }

    @Test("keys are told apart by their scalars, and equality does not ask for the order")
    func keys() {
        var object = JSONObject()
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == 2)
        let (left, right): (JSONValue, JSONValue) = (["a": 1, "b": 2], ["b": 2, "a": 1])
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": 3])
    }
}
