import Foundation
import Testing

@testable import CarafeTemplates

@Suite("What types encode by hand")
struct ValueEncoderTests {
    class Animal: Encodable {
        let name = "Rex"
        enum Key: CodingKey { case name }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(name, forKey: .name)
        }
    }

    final class Dog: Animal, @unchecked Sendable {
        enum DogKey: CodingKey { case breed, owner }
        override func encode(to encoder: any Encoder) throws {
            try super.encode(to: encoder)
            var container = encoder.container(keyedBy: DogKey.self)
            try container.encode("Collie", forKey: .breed)
            try super.encode(to: container.superEncoder(forKey: .owner))
            try super.encode(to: container.superEncoder())
        }
    }

    struct Nested: Encodable {
        enum Key: CodingKey { case deep, list, twice, none }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            var deep = container.nestedContainer(keyedBy: Key.self, forKey: .deep)
            try deep.encode(1, forKey: .list)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try list.encode(1)
            try list.encodeNil()
            var inner = list.nestedUnkeyedContainer()
            try inner.encode(inner.count)
            var named = list.nestedContainer(keyedBy: Key.self)
            try named.encode(true, forKey: .none)
            try "last".encode(to: list.superEncoder())
            try container.encode(1, forKey: .twice)
            try container.encode(2, forKey: .twice)
            try container.encodeNil(forKey: .none)
            // Written after its place was taken.
            try deep.encode(2, forKey: .deep)
        }
    }

    /// Encodes itself as whatever it holds, as type-erasing wrappers do.
    struct Erased: Encodable, Sendable {
        let value: any Encodable & Sendable
        func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }

    struct Single: Encodable {
        let value: Int?
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if let value { try container.encode(value) } else { try container.encodeNil() }
        }
    }

    struct Empty: Encodable {}

    @Test(
        "containers of every kind become lists, dictionaries and values",
        arguments: [
            (Dog(), "{'name': 'Rex', 'breed': 'Collie', 'owner': {'name': 'Rex'}, 'super': {'name': 'Rex'}}"),
            (
                Nested(),
                "{'deep': {'list': 1, 'deep': 2}, 'list': [1, None, [0], {'none': True}, 'last'], "
                    + "'twice': 2, 'none': None}"
            ),
            (Single(value: 3), "3"), (Single(value: nil), "None"), ([Single(value: 1)], "[1]"), (Empty(), "{}"),
        ] as [(any Encodable & Sendable, String)])
    func containers(_ value: any Encodable & Sendable, _ expected: String) throws {
        #expect(try TemplateValue(converting: value).representation == expected)
    }

    /// Has other names each time, in another order, or the same one twice.
    struct Varying: Encodable {
        let names: [String]
        struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            for (number, name) in names.enumerated() { try container.encode(number, forKey: Key(stringValue: name)) }
        }
    }

    @Test(
        "values of a type may have different names",
        arguments: [
            (["a", "b", "c"], "{'a': 0, 'b': 1, 'c': 2}"), (["a", "b"], "{'a': 0, 'b': 1}"), ([], "{}"),
            (["a", "c", "b"], "{'a': 0, 'c': 1, 'b': 2}"), (["a", "b", "a"], "{'a': 2, 'b': 1}"),
            (["a", "b", "c", "d"], "{'a': 0, 'b': 1, 'c': 2, 'd': 3}"),
            (["\u{E9}", "e\u{301}"], "{'\u{E9}': 0, 'e\u{301}': 1}"),
        ])
    func varying(_ names: [String], _ expected: String) throws {
        _ = try TemplateValue(converting: Varying(names: ["a", "b", "c"])).representation
        guard case .object(let object) = try TemplateValue(converting: Varying(names: names)) else {
            throw TestFailure("no object")
        }
        for (number, name) in names.enumerated().reversed() where name != "a" {
            #expect(try object.attribute(name)?.representation == "\(number)")
            #expect(try object.item(.string(name))?.representation == "\(number)")
        }
        #expect(try object.attribute("z") == nil && object.item("z") == nil)
        #expect(try object.representation == expected)
    }

    @Test("types with many properties find each of them")
    func many() throws {
        let names = (0..<100).map { "name\($0)" }
        for _ in 0..<2 {
            guard case .object(let object) = try TemplateValue(converting: Varying(names: names)) else {
                throw TestFailure("no object")
            }
            #expect(try object.attribute("name99")?.representation == "99")
            #expect(try object.attribute("name100") == nil)
        }
    }

    /// Reads another one while it is encoded.
    struct Chained: Encodable {
        let number: Int
        enum Key: CodingKey { case number, rest }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(number, forKey: .number)
            if number > 0 {
                let rest = try TemplateValue(converting: Chained(number: number - 1))
                try container.encode(rest.representation, forKey: .rest)
            }
        }
    }

    @Test("values are encoded one after another and inside one another, each by itself")
    func repeated() throws {
        for _ in 0..<3 {
            let values = try (0..<3).map { try TemplateValue(converting: Chained(number: $0)) }
            let dogs = try (0..<3).map { _ in try TemplateValue(converting: Dog()).representation }
            #expect(Set(dogs).count == 1)
            #expect(try values[0].representation == "{'number': 0}")
            #expect(try values[1].representation == #"{'number': 1, 'rest': "{'number': 0}"}"#)
            #expect(try values[2].representation.hasPrefix(#"{'number': 2, 'rest': '{\'number\': 1, "#))
        }
    }

    /// Keeps what it was given to encode itself.
    struct Keeping: Encodable {
        final class Kept {
            var encoders: [any Encoder] = []
            var containers: [KeyedEncodingContainer<Key>] = []
        }
        enum Key: CodingKey { case number }
        let number: Int
        nonisolated(unsafe) let kept: Kept
        let keepsEncoder: Bool

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(number, forKey: .number)
            if keepsEncoder { kept.encoders.append(encoder) } else { kept.containers.append(container) }
        }
    }

    @Test("what a value writes after it was encoded is in no other value", arguments: [true, false])
    func late(_ keepsEncoder: Bool) throws {
        let kept = Keeping.Kept()
        func text(_ number: Int) throws -> String {
            try TemplateValue(converting: Keeping(number: number, kept: kept, keepsEncoder: keepsEncoder))
                .representation
        }
        for number in 0..<4 {
            #expect(try text(number) == "{'number': \(number)}")
            for encoder in kept.encoders {
                var container = encoder.container(keyedBy: Keeping.Key.self)
                try container.encode(-1, forKey: .number)
            }
            for index in kept.containers.indices { try kept.containers[index].encode(-1, forKey: .number) }
        }
        #expect(kept.encoders.count + kept.containers.count == 4)
    }

    @Test("a wrapper is what it wraps, whatever the one before it has wrapped")
    func erased() throws {
        let values: [any Encodable & Sendable] = [Dog(), 3, "text", [1], Empty(), ["k": 1], Single(value: nil)]
        for value in values {
            let wrapped = try TemplateValue(converting: Erased(value: value))
            #expect(try wrapped.representation == TemplateValue(converting: value).representation)
        }
        let text = try TemplateValue(converting: Erased(value: "x"))
        #expect(try text.text == "x")
        #expect(try text.isEqual(to: "x"))
        #expect(try !TemplateValue(converting: Erased(value: 0)).isTrue)
    }

    struct Failing: Encodable {
        struct Failure: Error {}
        var isKeyed: Bool
        enum Key: CodingKey { case a }
        func encode(to encoder: any Encoder) throws {
            if isKeyed {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(1, forKey: .a)
            }
            throw Failure()
        }
    }

    @Test("an error of encode(to:) is the cause of a template's", arguments: [true, false])
    func errors(_ isKeyed: Bool) throws {
        let error = try #require(throws: TemplateError.self) {
            try TemplateValue(converting: Failing(isKeyed: isKeyed)).representation
        }
        #expect(error.underlying is Failing.Failure)
    }

    @Test("EncodingErrors tell their own words")
    func encodingErrors() throws {
        struct Odd: Encodable {
            func encode(to encoder: any Encoder) throws {
                throw EncodingError.invalidValue(1, .init(codingPath: [], debugDescription: "is odd"))
            }
        }
        let error = try #require(throws: TemplateError.self) { try TemplateValue(converting: Odd()) }
        #expect(error.message == "is odd")
    }

    final class Endless: Encodable, Sendable {
        enum Key: CodingKey { case next }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(self, forKey: .next)
        }
    }

    @Test("a value that holds itself is read as deep as a template goes; printing it is an error")
    func endless() throws {
        var value = try TemplateValue(converting: Endless())
        for _ in 0..<1000 {
            guard case .object(let object) = value else { throw TestFailure("no object") }
            value = try #require(try object.attribute("next"))
        }
        #expect(throws: TemplateError.self) { try value.representation }
    }

    @Test("values of templates are data for any encoder")
    func encoding() throws {
        let object = try TemplateValue(converting: Nested())
        let value: TemplateValue = [
            "none": .none, "list": .tuple([1, 2.5, true]), "markup": .markup("<b>"), "range": (0..<2).templateValue,
            "object": object, "big": .integer(BigInteger(UInt64.max)), "lazy": LazyValue { 3 }.templateValue,
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        #expect(
            json == #"{"big":18446744073709551615,"lazy":3,"list":[1,2.5,true],"markup":"<b>","none":null,"#
                + #""object":{"deep":{"deep":2,"list":1},"list":[1,null,[0],{"none":true},"last"],"none":null,"#
                + #""twice":2},"range":[0,1]}"#)
        let decoded = try JSONDecoder().decode(TemplateValue.self, from: Data(json.utf8))
        #expect(try decoded.item("object")?.isEqual(to: object) == true)
        #expect(try decoded.item("big")?.text == "18446744073709551615")
    }

    @Test("functions are no data")
    func functions() {
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([TemplateFunction { 1 }.templateValue]) }
    }
}
