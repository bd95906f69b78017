import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("JSON texts")
struct JSONTextTests {
    @Test("each recorded text has Python's value or error")
    func recorded() throws {
        let texts = try RecordedText.recorded("json_texts")
        #expect(texts.count >= 1500)
        Self.check(texts)
    }

    @Test("random texts have Python's values and errors", .enabled(if: ValueExpression.hasPython))
    func random() throws {
        Self.check(try RecordedText.random("json_texts", seed: TestSeed.value &+ 1000, count: 2000))
    }

    private static func check(_ texts: [RecordedText]) {
        for text in texts {
            let answer = text.answer { try TemplateValue(json: $0) }
            #expect(isSameText(answer, text.expected), "\(text)")
        }
    }

    @Test("an error has its line")
    func line() throws {
        let error = try #require(throws: TemplateError.self) { try TemplateValue(json: "{\n \"é\": tru\n}") }
        #expect(error.message == "Expecting value: line 2 column 7 (char 8)")
        #expect(error.line == 2)
    }

    @Test(
        "what Python reads beyond the standard is an error",
        arguments: ["NaN", "Infinity", "-Infinity", #""\ud800""#, #""\udc00\ud800""#, #""\ud83dx""#])
    func strict(_ text: String) {
        #expect(throws: TemplateError.self) { try TemplateValue(json: text) }
    }

    @Test("nesting is limited", arguments: [("[", "]"), ("{\"a\":", "}")])
    func depth(_ start: String, _ end: String) throws {
        func text(_ depth: Int) -> String {
            String(repeating: start, count: depth) + "1" + String(repeating: end, count: depth)
        }
        _ = try TemplateValue(json: text(128))
        #expect(throws: TemplateError.self) { try TemplateValue(json: text(129)) }
        #expect(throws: TemplateError.self) { try TemplateValue(json: text(1_000_000), depthLimit: .max) }
        _ = try TemplateValue(json: text(512), depthLimit: .max)
        #expect(throws: TemplateError.self) { try TemplateValue(json: "[]", depthLimit: -1) }
    }

    @Test("integers are exact, up to as many digits as Python reads")
    func digits() throws {
        let digits = "-" + String(repeating: "7", count: 4300)
        #expect(try TemplateValue(json: digits).representation == digits)
        #expect(throws: TemplateError.self) { try TemplateValue(json: digits + "7") }
    }

    @Test("bytes must be UTF-8; a byte order mark is skipped")
    func bytes() throws {
        #expect(try TemplateValue(json: [0xEF, 0xBB, 0xBF] + Array("[1]".utf8)).representation == "[1]")
        let error = try #require(throws: TemplateError.self) { try TemplateValue(json: Array("[\n\"".utf8) + [0xFF]) }
        #expect(error.message == "'utf-8' codec can't decode byte 0xff in position 3: invalid start byte")
        #expect(error.line == 2)
    }

    @Test("it is read in linear time")
    func linear() {
        let shapes: [Linearity.Shape] = [
            .repeated("["), .started("[", by: "1,"), .started("[", by: "\"a\\u00e9\","), .started("\"", by: "\\\""),
            .numbered("", separator: ","), .started("{", by: "\"a\":1,"), .repeated(" "), .repeated("1"),
        ]
        Linearity.expectLinear("JSON", shapes: shapes) { bytes in _ = try? TemplateValue(json: bytes) }
    }

    @Test("no bytes at all make it trap")
    func randomBytes() {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        let alphabet = Array("{}[]\",:\\u0123456789eE+-.tfn \n".utf8) + [0, 0xC3, 0xA9, 0xFF]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            _ = try? TemplateValue(json: bytes)
        }
    }
}
