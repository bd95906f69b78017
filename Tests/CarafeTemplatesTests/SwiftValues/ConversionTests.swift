import FoundationEssentials
import Testing

@testable import CarafeTemplates

@Suite("Values of Swift go into templates")
struct ConversionTests {
    enum Color: String, Encodable { case red, blue }
    enum Level: Int, Encodable { case low = 1, high = 9 }
    enum Shape: Encodable { case dot, circle(radius: Int) }
    struct Name: RawRepresentable, Encodable { var rawValue: String }

    @Test(
        "numbers, text and collections are Python's",
        arguments: [
            (true, "True"), (Int8(-3), "-3"), (UInt64.max, "18446744073709551615"), (Int128.min + 1, "-\(Int128.max)"),
            (1.5, "1.5"), (Float(0.1), "0.1"), (Float.infinity, "inf"), ("a'b", "\"a'b\""), ("abc".prefix(2), "'ab'"),
            ("é" as Character, "'é'"), ("x" as Unicode.Scalar, "'x'"), ([1, 2], "[1, 2]"),
            ([1, 2, 3].prefix(2), "[1, 2]"),
            (ContiguousArray(["a"]), "['a']"), ([[1], []], "[[1], []]"), ([1, nil], "[1, None]"),
            (Set([3, 1, 2]), "[1, 2, 3]"), (["b": 1, "a": 2], "{'a': 2, 'b': 1}"),
            ([2: "b", 1: "a"], "{1: 'a', 2: 'b'}"),
            (["a": [1.0]], "{'a': [1.0]}"), (0..<3, "range(0, 3)"), (1...3, "range(1, 4)"), (Color.blue, "'blue'"),
            (Level.high, "9"), ([Color.red], "['red']"), (Shape.dot, "{'dot': {}}"),
            (Shape.circle(radius: 2), "{'circle': {'radius': 2}}"), (Name(rawValue: "n"), "'n'"),
            ([Color.red: 1], "{'red': 1}"), (["x": nil as Int?], "{'x': None}"), (TemplateValue.int(7), "7"),
            ([TemplateValue.none, 1], "[None, 1]"),
        ] as [(any Encodable & Sendable, String)])
    func scalars(_ value: any Encodable & Sendable, _ expected: String) throws {
        #expect(try TemplateValue(converting: value).representation == expected)
    }

    @Test("nil is None, at any depth of optionals")
    func nilValue() throws {
        let values: [String: (any Encodable & Sendable)?] = ["a": nil, "b": .some(.none as Int??), "c": 3 as Int?]
        let converted = try values.mapValues { try TemplateValue(converting: $0).representation }
        #expect(converted == ["a": "None", "b": "None", "c": "3"])
    }

    @Test(
        "values of Foundation have Python's text",
        arguments: [
            (URL(string: "https://example.org/a?b=c"), "'https://example.org/a?b=c'"),
            (UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"), "'e621e1f8-c36c-495a-93fc-0c247a3e6e5f'"),
            (Decimal(string: "19.99"), "19.99"), (Decimal(20), "20"), (Decimal(string: "-0.5"), "-0.5"),
            (Decimal(string: "123456789012345678901234567890"), "123456789012345678901234567890"),
            (Data([0x61, 0xFF]), "b'a\\xff'"),
            (
                Date(timeIntervalSince1970: 1_709_622_489.25),
                "datetime.datetime(2024, 3, 5, 7, 8, 9, 250000, tzinfo=datetime.timezone.utc)"
            ),
            (
                Date(timeIntervalSince1970: -0.000001),
                "datetime.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=datetime.timezone.utc)"
            ),
        ] as [((any Encodable & Sendable)?, String)])
    func foundation(_ value: (any Encodable & Sendable)?, _ expected: String) throws {
        #expect(try TemplateValue(converting: value).representation == expected)
    }

    @Test("dates that Python has not are errors", arguments: [Double.nan, .infinity, -1e300, 1e11 * 3, -1e11])
    func dates(_ seconds: Double) {
        #expect(throws: TemplateError.self) { try TemplateValue(converting: Date(timeIntervalSince1970: seconds)) }
    }

    struct Post: Codable, TemplateValueConvertible {
        var title: String
        var templateValue: TemplateValue { ["title": .string(title), "length": .int(title.unicodeScalars.count)] }
    }

    @Test("a type that says what templates see keeps its JSON")
    func convertible() throws {
        let value = try TemplateValue(converting: Post(title: "Hi"))
        #expect(try value.representation == "{'title': 'Hi', 'length': 2}")
        #expect(String(decoding: try JSONEncoder().encode(Post(title: "Hi")), as: UTF8.self) == #"{"title":"Hi"}"#)
    }

    @Test("a list of such a type converts an element when it is reached")
    func convertibleList() throws {
        let value = try TemplateValue(converting: [Post(title: "a"), Post(title: "b")])
        guard case .object(let list) = value else { throw TestFailure("not a lazy list") }
        #expect(try list.item(1)?.representation == "{'title': 'b', 'length': 1}")
    }

    struct Broken: TemplateValueConvertible {
        struct Failure: Error {}
        var templateValue: TemplateValue { get throws { throw Failure() } }
        func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
    }

    @Test("what the program's code throws is the cause of the error")
    func errors() throws {
        let error = try #require(throws: TemplateError.self) { try TemplateValue(converting: Broken()) }
        #expect(error.underlying is Broken.Failure)
    }

    @Test("types are looked up by many threads at once")
    func concurrency() async throws {
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let values: [any Encodable & Sendable] = [
                        Shape.circle(radius: number), [number: Color.red], Level.low, Name(rawValue: "n"),
                        Set([Int16(3)]), [UInt8(1): Int32(number)],
                    ]
                    return try values.map { try TemplateValue(converting: $0).representation }.joined(separator: " ")
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts.contains("{'circle': {'radius': 7}} {7: 'red'} 1 'n' [3] {1: 7}"))
        #expect(texts.count == 64)
    }
}

/// A test that could not go on.
struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
