import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Native values")
struct NativeConcatenationTests {
    @Test("each recorded text is Python's value")
    func recorded() throws {
        let texts = try RecordedText.recorded("native_texts")
        #expect(texts.count >= 1500)
        Self.check(texts)
    }

    @Test("random texts are Python's values", .enabled(if: ValueExpression.hasPython))
    func random() throws {
        Self.check(try RecordedText.random("native_texts", seed: TestSeed.value &+ 1000, count: 2000))
    }

    private static func check(_ texts: [RecordedText]) {
        for text in texts {
            let answer = text.answer { try NativeConcatenation.value(of: [.string($0)]) }
            #expect(isSameText(answer, text.expected), "\(text)")
        }
    }

    @Test(
        "one part is itself, several are joined",
        arguments: [
            ([], "None"), ([1.5], "1.5"), ([[1]], "[1]"), (["a"], "'a'"), (["[1]"], "[1]"),
            ([.markup("<b>")], "Markup('<b>')"),
            ([.markup("1")], "1"), ([1, 2], "12"), (["1", .none], "'1None'"),
            (["[", 1, ", ", .string("'x'"), "]"], "[1, 'x']"),
            (["a", .markup("<b>")], "'a<b>'"), ([" 1"], "' 1'"), (["1\n"], "1"),
        ] as [([TemplateValue], String)])
    func parts(_ parts: [TemplateValue], _ expected: String) throws {
        #expect(try NativeConcatenation.value(of: parts).representation == expected)
    }

    @Test(
        "what has no counterpart stays text",
        arguments: ["{1, 2}", "1j", "...", "set()", "'\\ud800'", "'\\N{DASH}'", String(repeating: "9", count: 4301)])
    func noCounterpart(_ text: String) throws {
        let value = try NativeConcatenation.value(of: [.string(text)])
        #expect(try value.isEqual(to: .string(text)))
    }

    @Test("as many brackets may be open as in Python", arguments: [(200, true), (201, false), (1_000_000, false)])
    func depth(_ depth: Int, _ isList: Bool) throws {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let value = try NativeConcatenation.value(of: [.string(text)])
        #expect(value.typeName == (isList ? "list" : "str"))
    }

    @Test("output is limited")
    func limit() {
        var limits = TemplateLimits()
        limits.outputSize = 10
        #expect(throws: TemplateError.self) { try NativeConcatenation.value(of: ["123456", "123456"], limits: limits) }
    }

    @Test("it is read in linear time")
    func linear() {
        let shapes: [Linearity.Shape] = [
            .started("[", by: "1,"), .started("'", by: "\\n"), .repeated("'a' "), .repeated("\n"), .repeated("#"),
            .started("(", by: "\\\n"), .started("{", by: "1:1,"), .repeated("1_1"), .started("b'", by: "\\x00"),
            .repeated("-"),
        ]
        Linearity.expectLinear("literal", shapes: shapes) { bytes in
            _ = try? NativeConcatenation.value(of: [.string(String(decoding: bytes, as: UTF8.self))])
        }
    }
}
