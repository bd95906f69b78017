import Carafe
import Foundation
import Testing

/// What `Encodable` promises, compared with Foundation's encoder.
@Suite("The contract of Encodable")
struct JSONContractTests {
    private func expectSame(_ value: some Encodable, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let foundation = JSONEncoder()
        foundation.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let expected = String(decoding: try foundation.encode(value), as: UTF8.self)
        #expect(try JSONWriter(sortsKeys: true).string(from: value) == expected, sourceLocation: sourceLocation)
    }

    private enum Shape: Encodable {
        case point
        case circle(radius: Double)
        case line(Int, Int, label: String?)
    }

    private enum Color: String, Codable, CodingKeyRepresentable, CaseIterable { case red, green }
    private enum Level: Int, Codable { case low = 1, high }
    private enum Plain: Codable { case only }
    private struct Empty: Encodable {}
    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) throws {}
    }

    @Test("enums, dictionaries, optionals and collections")
    func standardTypes() throws {
        try expectSame([Shape.point, .circle(radius: 1.5), .line(1, 2, label: nil), .line(1, 2, label: "x")])
        try expectSame([Color.red: 1, .green: 2])
        try expectSame([1: "a", 2: "b"])
        try expectSame([Level.low: "a"])
        try expectSame([Optional(1), nil, 3])
        try expectSame(["a": Optional("x"), "b": nil])
        try expectSame(Color.allCases)
        try expectSame([Level.high])
        try expectSame([Plain.only])
        try expectSame(Set([1]))
        try expectSame(1...3)
        try expectSame([[Int]]())
        try expectSame([[1], [], [2, 3]])
        try expectSame([["a": [true, false]], [:]])
        try expectSame(["e": Empty()])
        try expectSame(["n": Nothing()])
        try expectSame([Nothing(), Nothing()])
        try expectSame(Optional<Int>.none)
        try expectSame("fragment")
        try expectSame(["1": Data([1, 2])])
        try expectSame([URL(string: "https://example.org/é")])
        try expectSame(["d": Decimal(string: "-0.000000000000000000012345")])
    }

    private class Animal: Encodable {
        var name = "Rex"
        var legs: Int? = 4
    }

    private final class Shared: Animal {
        var tricks = ["sit"]
        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(tricks, forKey: .tricks)
            try super.encode(to: encoder)
            try container.encode(true, forKey: .good)
        }
        private enum Keys: CodingKey { case tricks, good }
    }

    private final class Apart: Animal {
        var key: Keys?
        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            if let key { try super.encode(to: container.superEncoder(forKey: key)) }
            try super.encode(to: container.superEncoder())
            try container.encode("last", forKey: .last)
        }
        enum Keys: CodingKey { case last, base }
    }

    private final class InArray: Animal {
        override func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try super.encode(to: container.superEncoder())
            _ = container.superEncoder()
            try container.encode(container.count)
        }
    }

    @Test("classes share their encoder with their superclass, or give it one of its own")
    func inheritance() throws {
        try expectSame(Shared())
        try expectSame([Shared(), Shared()])
        let apart = Apart()
        try expectSame(apart)
        apart.key = .base
        try expectSame([apart])
        try expectSame(InArray())
    }

    /// Encodes with a closure.
    private struct Custom: Encodable {
        let body: @Sendable (any Encoder) throws -> Void
        func encode(to encoder: any Encoder) throws { try body(encoder) }
    }

    private enum Keys: CodingKey { case a, b, c, d, y, z }

    @Test("containers that are used in turn get what is theirs")
    func interleaved() throws {
        let columns = Custom { encoder in
            var container = encoder.container(keyedBy: Keys.self)
            var xs = container.nestedUnkeyedContainer(forKey: .a)
            var names = container.nestedUnkeyedContainer(forKey: .b)
            var object = container.nestedContainer(keyedBy: Keys.self, forKey: .c)
            for index in 0..<5 {
                try xs.encode(index)
                try names.encode("name \(index)")
                try object.encode([Color.red: index], forKey: [.a, .b, .c, .d, .y][index])
            }
            var deep = xs.nestedContainer(keyedBy: Keys.self)
            var deeper = deep.nestedUnkeyedContainer(forKey: .a)
            try names.encode(["x": Shape.line(1, 2, label: "l")])
            try deeper.encode(xs.count)
            try container.encode("d", forKey: .d)
            try deeper.encode(names.count)
            try deep.encode([1, 2], forKey: .b)
            try deeper.encodeNil()
        }
        try expectSame(columns)
        try expectSame([columns, columns])
        try expectSame(["a": columns, "b": columns])
    }

    @Test("super encoders that are used late get their place, with an object, an array, a value or nothing")
    func lateSuperEncoders() throws {
        let value = Custom { encoder in
            var container = encoder.container(keyedBy: Keys.self)
            let object = container.superEncoder(forKey: .a)
            let array = container.superEncoder(forKey: .b)
            let single = container.superEncoder(forKey: .c)
            _ = container.superEncoder(forKey: .d)
            try container.encode(1, forKey: .y)
            try Animal().encode(to: object)
            try [[1], [2]].encode(to: array)
            try "single".encode(to: single)
            try container.encode(2, forKey: .z)
        }
        try expectSame(value)
        try expectSame([value, value])
    }

    @Test("a container or an encoder that outlives its value is refused and harms nothing")
    func finished() {
        final class Kept: @unchecked Sendable { var container: (any UnkeyedEncodingContainer)? }
        let kept = Kept()
        let inner = Custom { kept.container = $0.unkeyedContainer() }
        let outer = Custom { encoder in
            var container = encoder.unkeyedContainer()
            try container.encode(inner)
            try kept.container?.encode(1)
        }
        let error = #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: outer) }
        #expect(error?.kind == .misuse)
        #expect(throws: JSONEncodingError.self) { try kept.container?.encode(2) }
    }

    @Test("two values, or two kinds of container, in one place are errors")
    func misuse() {
        let twice = Custom { encoder in
            var container = encoder.singleValueContainer()
            try container.encode(1)
            try container.encode(2)
        }
        let both = Custom { encoder in
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(1, forKey: .a)
            _ = encoder.unkeyedContainer()
        }
        for value in [twice, both] {
            let error = #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: [value]) }
            #expect(error?.kind == .misuse)
            #expect(error?.path == "[0]")
        }
        #expect(throws: JSONEncodingError.self) { try JSONWriter().string(from: Nothing()) }
    }

    @Test("an error that the value itself overcomes leaves nothing behind")
    func overcome() throws {
        let value = Custom { encoder in
            var object = encoder.container(keyedBy: Keys.self)
            try? object.encode([Double.nan], forKey: .a)
            try? object.encode(Double.nan, forKey: .b)
            var array = object.nestedUnkeyedContainer(forKey: .c)
            try? array.encode(["a": ["b": Double.infinity]])
            try array.encode(array.count)
            try object.encode(1, forKey: .d)
            try? array.encode(Date(timeIntervalSince1970: .nan))
            try array.encode(array.count)
        }
        #expect(try JSONWriter().string(from: value) == #"{"c":[0,1],"d":1}"#)
    }

    @Test("an encoder tells its coding path")
    func codingPath() throws {
        final class Seen: @unchecked Sendable { var paths: [[String]] = [] }
        let seen = Seen()
        let value = Custom { encoder in
            var object = encoder.container(keyedBy: Keys.self)
            var array = object.nestedUnkeyedContainer(forKey: .a)
            try array.encode(1)
            let here = Custom { seen.paths.append($0.codingPath.map(\.stringValue)) }
            try array.encode(here)
            try object.encode(["k\"": here], forKey: .b)
            try array.encode(here)
        }
        _ = try JSONWriter().string(from: ["root": value])
        #expect(seen.paths == [["root", "a", "Index 1"], ["root", "b", "k\""], ["root", "a", "Index 2"]])
    }
}
