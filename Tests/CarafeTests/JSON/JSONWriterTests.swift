import Carafe
import Foundation
import NIOCore
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    private struct Post: Encodable {
        var id = 1
        var postTitle = "Hello"
        var note: String?
        var avatarURL = "a"
    }

    private struct One<Value: Encodable>: Encodable {
        var value: Value
    }

    @Test("members keep their order, and nil members are left out")
    func members() throws {
        #expect(try JSONWriter().string(from: Post()) == #"{"id":1,"postTitle":"Hello","avatarURL":"a"}"#)
    }

    @Test("keys are sorted by code point when asked for, and twice the same key keeps the last")
    func sorted() throws {
        let writer = JSONWriter(sortsKeys: true)
        #expect(try writer.string(from: Post()) == #"{"avatarURL":"a","id":1,"postTitle":"Hello"}"#)
        let keys: JSONValue = ["\u{1F600}": 1, "\u{FFFD}": 2, "\"": 3, "b": ["z": 1, "a": []], "!": 4]
        #expect(try writer.string(from: keys) == #"{"!":4,"\"":3,"b":{"a":[],"z":1},"\#u{FFFD}":2,"\#u{1F600}":1}"#)
        struct Twice: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(1, forKey: .a)
                try container.encode(2, forKey: .b)
                try container.encode(3, forKey: .a)
            }
            enum Keys: CodingKey { case a, b }
        }
        #expect(try writer.string(from: Twice()) == #"{"a":3,"b":2}"#)
        #expect(try JSONWriter().string(from: Twice()) == #"{"a":1,"b":2,"a":3}"#)
    }

    @Test("indented text looks like Python's with an indent of 2")
    func indented() throws {
        let value: JSONValue = ["b": [1, [:], []], "a": nil]
        #expect(
            try JSONWriter(sortsKeys: true, isIndented: true).string(from: value)
                == "{\n  \"a\": null,\n  \"b\": [\n    1,\n    {},\n    []\n  ]\n}")
    }

    @Test("snake case spells the keys of structures, never those of dictionaries")
    func snakeCase() throws {
        let writer = JSONWriter(keys: .snakeCase)
        #expect(try writer.string(from: Post()) == #"{"id":1,"post_title":"Hello","avatar_url":"a"}"#)
        #expect(try writer.string(from: One(value: ["someKey": 1])) == #"{"value":{"someKey":1}}"#)
        #expect(
            try writer.string(from: ["someKey": Post()])
                == #"{"someKey":{"id":1,"post_title":"Hello","avatar_url":"a"}}"#)
    }

    @Test("text for HTML has nothing that ends a script or an attribute")
    func html() throws {
        #expect(
            try JSONWriter(escapesHTML: true).string(from: "</script>&'é\u{2028}\u{2029}")
                == #""\u003c/script\u003e\u0026\u0027é\u2028\u2029""#)
    }

    @Test("integers of every width keep all of their digits")
    func integers() throws {
        struct Integers: Encodable {
            var a = Int8.min, b = Int16.min, c = Int32.min, d = Int64.min, e = Int128.min
            var f = UInt8.max, g = UInt16.max, h = UInt32.max, i = UInt64.max, j = UInt128.max, k = UInt.max
        }
        #expect(
            try JSONWriter().string(from: Integers())
                == "{\"a\":-128,\"b\":-32768,\"c\":-2147483648,\"d\":-9223372036854775808,"
                + "\"e\":-170141183460469231731687303715884105728,\"f\":255,\"g\":65535,\"h\":4294967295,"
                + "\"i\":18446744073709551615,\"j\":340282366920938463463374607431768211455,\"k\":18446744073709551615}"
        )
        #expect(
            try JSONWriter().string(from: [0, 9, 10, 99, 100, -1, 1_000_000_007]) == "[0,9,10,99,100,-1,1000000007]")
    }

    @Test("dates, decimals, data, UUIDs and URLs have their forms, alone, in members and in arrays")
    func foundationTypes() throws {
        let date = Date(timeIntervalSince1970: 1_704_164_645)
        let decimal = try #require(Decimal(string: "12345678901234567890.123456789"))
        let uuid = try #require(UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"))
        let url = try #require(URL(string: "https://example.org/a?b=c"))
        func all(_ value: some Encodable, _ text: String, _ writer: JSONWriter = JSONWriter()) throws {
            #expect(try writer.string(from: value) == text)
            #expect(try writer.string(from: One(value: value)) == "{\"value\":\(text)}")
            #expect(try writer.string(from: [value]) == "[\(text)]")
            #expect(try writer.string(from: Optional(value)) == text)
        }
        try all(date, #""2024-01-02T03:04:05Z""#)
        try all(date, #""Tue, 02 Jan 2024 03:04:05 GMT""#, JSONWriter(dates: .http))
        try all(date, "1704164645", JSONWriter(dates: .secondsSince1970))
        try all(date.addingTimeInterval(0.5), "1704164645.5", JSONWriter(dates: .secondsSince1970))
        try all(decimal, "12345678901234567890.123456789")
        try all(decimal, #""12345678901234567890.123456789""#, JSONWriter(decimals: .string))
        try all(uuid, #""e621e1f8-c36c-495a-93fc-0c247a3e6e5f""#)
        try all(url, #""https://example.org/a?b=c""#)
        try all(Data([1, 2, 3, 255]), #""AQID/w==""#)
        try all(Float(0.1), "0.1")
    }

    @Test("recorded: what flask.jsonify makes of dates, decimals and UUIDs")
    func flask() throws {
        struct Answer: Encodable {
            var when = Date(timeIntervalSince1970: 1_704_164_645)
            var price = Decimal(125) / 100
            var id = UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")
            var name = "é"
        }
        #expect(
            try JSONWriter.flask.string(from: Answer())
                == #"{"id":"e621e1f8-c36c-495a-93fc-0c247a3e6e5f","name":"\u00e9","price":"1.25","#
                + #""when":"Tue, 02 Jan 2024 03:04:05 GMT"}"#)
    }

    @Test(
        "what JSON cannot say is an error that names the place",
        arguments: [Double.nan, .infinity, -.infinity])
    func invalid(value: Double) {
        let error = #expect(throws: JSONEncodingError.self) {
            try JSONWriter().string(from: ["posts": [One(value: [0, value])]])
        }
        #expect(error?.kind == .invalidValue)
        #expect(error?.path == "posts[0].value[1]")
        #expect(error?.message == "posts[0].value[1]: JSON has no form for \(value)")
        for text in [try? JSONWriter().string(from: value), try? JSONWriter().string(from: Float(value))] {
            #expect(text == nil)
        }
        let float = #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: One(value: Float(value))) }
        #expect(float?.path == "value")
    }

    @Test("a date beyond the year 9999 and a decimal that is none are errors")
    func invalidTypes() {
        #expect(throws: JSONEncodingError.self) {
            try JSONWriter().string(from: Date.distantFuture.addingTimeInterval(1e12))
        }
        #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: Date(timeIntervalSince1970: .nan)) }
        #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: [Decimal.nan]) }
    }

    @Test("an error leaves the buffer as it was")
    func untouched() {
        var buffer = ByteBuffer(string: "before")
        #expect(throws: JSONEncodingError.self) { try JSONWriter().encode([1, .nan], into: &buffer) }
        #expect(String(buffer: buffer) == "before")
    }

    @Test("a value that contains itself is an error, whatever containers it uses", arguments: Endless.Way.allCases)
    func endless(way: Endless.Way) {
        let error = #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: Endless(way: way)) }
        #expect(error?.kind == .tooDeep)
    }

    struct Endless: Encodable {
        enum Way: CaseIterable { case keyed, unkeyed, single, nested, optional }
        var way: Way
        func encode(to encoder: any Encoder) throws {
            switch way {
            case .keyed:
                var container = encoder.container(keyedBy: Keys.self)
                try container.encode(self, forKey: .a)
            case .unkeyed:
                var container = encoder.unkeyedContainer()
                try container.encode(self)
            case .single:
                var container = encoder.singleValueContainer()
                try container.encode(self)
            case .nested:
                var container = encoder.container(keyedBy: Keys.self)
                var nested = container.nestedUnkeyedContainer(forKey: .a)
                try nested.encode(self)
            case .optional:
                var container = encoder.unkeyedContainer()
                try container.encode(Optional(self))
            }
        }
        enum Keys: CodingKey { case a }
    }

    @Test("128 levels are written, 129 are not")
    func nestingLimit() throws {
        func nested(_ depth: Int) -> JSONValue { (1..<depth).reduce([]) { value, _ in [value] } }
        struct Erased: Encodable {
            var value: JSONValue
            func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
        }
        #expect(try JSONWriter().string(from: nested(128)).utf8.count == 256)
        #expect(try JSONWriter().string(from: Erased(value: nested(128))).utf8.count == 256)
        #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: nested(129)) }
        #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: Erased(value: nested(129))) }
        #expect(throws: JSONEncodingError.self) { try JSONWriter(nestingLimit: 1).string(from: [["a"]]) }
        #expect(throws: JSONEncodingError.self) { try JSONWriter(nestingLimit: 1).string(from: [[1]]) }
    }

    @Test("long texts grow the output", arguments: [999, 1_000, 1_001, 100_000])
    func growth(length: Int) throws {
        let text = String(repeating: "a", count: length)
        #expect(try JSONWriter().string(from: [text, text]) == "[\"\(text)\",\"\(text)\"]")
        let quotes = String(repeating: "\"", count: length)
        #expect(try JSONWriter().string(from: quotes).utf8.count == 2 * length + 2)
    }
}
