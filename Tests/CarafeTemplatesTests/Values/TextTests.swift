import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Text")
struct TextTests {
    @Test(
        "a representation has Python's quotes and escapes",
        arguments: [
            ("", "''"), ("it's", "\"it's\""), ("\"", "'\"'"), ("'\"", "'\\'\"'"), ("a\nb\t\r\\", "'a\\nb\\t\\r\\\\'"),
            ("\u{0}\u{7F}\u{85}", "'\\x00\\x7f\\x85'"), ("é日🎈", "'é日🎈'"),
            ("\u{AD}\u{200B}\u{E000}", "'\\xad\\u200b\\ue000'"),
            ("\u{E0001}\u{10FFFF}", "'\\U000e0001\\U0010ffff'"), ("\u{A0}\u{3000}", "'\\xa0\\u3000'"),
            ("e\u{301}", "'e\u{301}'"),
        ])
    func representation(text: String, expected: String) throws {
        #expect(isSameText(try TemplateValue.string(text).representation, expected))
        #expect(isSameText(try TemplateValue.markup(text).representation, "Markup(\(expected))"))
    }

    @Test(
        "texts are the same where their code points are",
        arguments: [
            ("é", "e\u{301}", false), ("\u{212A}", "K", false), ("a", "a", true), ("", "", true), ("a", "ab", false),
            ("a\u{323}\u{307}", "a\u{307}\u{323}", false), ("日本語日本語日本語", "日本語日本語日本語", true),
        ])
    func sameText(a: String, b: String, expected: Bool) throws {
        #expect(isSameText(a, b) == expected)
        #expect(try TemplateValue.string(a).isEqual(to: .markup(b)) == expected)
        #expect((compareText(a, b) == 0) == expected)
    }

    @Test(
        "the order is that of code points",
        arguments: [
            ("", "a"), ("a", "b"), ("a", "aa"), ("Z", "a"), ("\u{FFFF}", "\u{10000}"), ("e\u{301}", "é"),
            ("\u{E000}", "🎈"),
        ])
    func order(less: String, more: String) throws {
        #expect(compareText(less, more) < 0)
        #expect(compareText(more, less) > 0)
        #expect(try TemplateValue.string(less).isLess(than: .markup(more)))
    }

    @Test("length, items and slices count code points", arguments: ["👩‍👩‍👧", "\r\n\r\n", "ascii text", "e\u{301}é日", ""])
    func codePoints(text: String) throws {
        let value = TemplateValue.string(text)
        let scalars = Array(text.unicodeScalars)
        #expect(try value.length() == scalars.count)
        #expect(try value.elements().count == scalars.count)
        for (index, scalar) in scalars.enumerated() {
            #expect(isSameText(try #require(try value.item(.int(index))?.text), String(scalar)))
            #expect(isSameText(try #require(try value.item(.int(index - scalars.count))?.text), String(scalar)))
        }
        #expect(try value.item(.int(scalars.count)) == nil)
        let backwards = scalars.reversed().map { String($0) }.joined()
        #expect(isSameText(try value.slice(.none, .none, -1).text, backwards))
    }

    @Test("parts are found in texts that repeat themselves as in others, in linear time")
    func search() {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        for _ in 0..<3000 {
            let text = Self.text(Int.random(in: 0..<40, using: &random), &random)
            let part = Self.text(Int.random(in: 0..<6, using: &random), &random)
            #expect(TextSearch.contains(text, part) == Self.naiveContains(text, part), "\(part) in \(text)")
        }
        let text = String(repeating: "a", count: 200_000)
        #expect(!TextSearch.contains(text, String(repeating: "a", count: 100_000) + "b"))
        #expect(TextSearch.contains(text + "b", String(repeating: "a", count: 100_000) + "b"))
    }

    private static func text(_ count: Int, _ random: inout SplitMix64) -> String {
        (0..<count).map { _ in Bool.random(using: &random) ? "a" : "b" }.joined()
    }

    private static func naiveContains(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { Array(text[$0..<($0 + part.count)]) == part }
    }

    typealias Operation = (TemplateValue, TemplateSyntax.BinaryOperator, TemplateValue)

    static let sums: [(operation: Operation, expected: String)] = [
        ((.markup("<b>"), .add, .string("<i>")), "Markup('<b>&lt;i&gt;')"),
        ((.string("<i>"), .add, .markup("<b>")), "Markup('&lt;i&gt;<b>')"),
        ((.markup("<"), .add, .markup(">")), "Markup('<>')"),
        ((.markup("<"), .multiply, .int(2)), "Markup('<<')"),
        ((.int(2), .multiply, .markup("<")), "Markup('<<')"),
        ((.markup("<"), .multiply, .bool(true)), "Markup('<')"),
        ((.string("<"), .add, .string(">")), "'<>'"),
        ((.string("<%s>"), .modulo, .string("&")), "'<&>'"),
        ((.markup("<%s>"), .modulo, .tuple([.string("&")])), "Markup('<&amp;>')"),
        ((.string("%s"), .modulo, .undefined(TemplateUndefined(.name("x")))), "''"),
    ]

    @Test("Markup escapes what is added to it or formatted by it, and keeps what is repeated", arguments: sums)
    func markup(operation: Operation, expected: String) throws {
        #expect(try operation.0.binary(operation.1, operation.2, in: .forTests).representation == expected)
    }

    static let big = TemplateValue.bigInt(BigInteger(Int.max) + BigInteger(1))
    static let tooLong: [Operation] = [
        (.string("ab"), .multiply, .int(501)), (.string("ab"), .multiply, .int(.max)),
        (.list([1]), .multiply, .int(1001)), (.tuple([1]), .multiply, .int(1001)),
        (.string(String(repeating: "a", count: 600)), .add, .string(String(repeating: "a", count: 600))),
        (.markup("&"), .add, .string(String(repeating: "<", count: 300))),
        (.int(10), .power, .int(10_000_000)), (.int(2), .power, .int(.max)), (big, .power, big),
    ]

    @Test("values that would be too long are an error", arguments: tooLong)
    func limits(operation: Operation) {
        var limits = TemplateLimits()
        limits.valueSize = 1000
        let error = #expect(throws: TemplateError.self) {
            try operation.0.binary(operation.1, operation.2, in: .forTests(limits))
        }
        #expect(error?.kind == .limit)
    }
}
