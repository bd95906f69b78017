import Carafe
import NIOCore
import Testing

@Suite("JSON as Python reads and writes it")
struct JSONDifferentialTests {
    private static let values: [JSONValue] = {
        var random = JSONRandom(seed: 1)
        return (0..<400).map { _ in random.value() }
    }()

    @Test(
        "Python reads what is written, and writes the same bytes",
        .enabled(if: JSONOracle.hasPython),
        arguments: [
            ("compact", JSONWriter()), ("ascii", JSONWriter(escapesNonASCII: true)),
            ("sorted", JSONWriter(sortsKeys: true)), ("indented", JSONWriter(isIndented: true)),
        ])
    func sameBytes(mode: String, writer: JSONWriter) throws {
        let texts = try Self.values.map { Array(try writer.string(from: $0).utf8) }
        let answers = try JSONOracle.answers(mode, texts)
        try #require(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) {
            #expect(text == answer, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test("Flask's provider writes the same bytes", .enabled(if: JSONOracle.hasFlask))
    func flask() throws {
        let texts = try Self.values.prefix(20).map { Array(try JSONWriter.flask.string(from: $0).utf8) }
        let answers = try JSONOracle.answers("flask", texts)
        try #require(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) { #expect(text == answer) }
    }

    @Test(
        "broken texts are refused where Python refuses them, and read alike where not",
        .enabled(if: JSONOracle.hasPython))
    func brokenTexts() throws {
        var random = JSONRandom(seed: 2)
        let texts = try (0..<4_000).map { _ in
            random.mutated(
                Array(
                    try JSONWriter(escapesNonASCII: .random(using: &random)).string(from: random.value(depth: 2)).utf8))
        }
        let answers = try JSONOracle.answers("compact", texts)
        try #require(answers.count == texts.count)
        #expect(answers.count(where: { $0 == nil }) > 1_000)
        for (text, answer) in zip(texts, answers) {
            let value = try? JSONReader().decode(JSONValue.self, from: ByteBuffer(bytes: text))
            let ours = try value.map { Array(try JSONWriter().string(from: $0).utf8) }
            #expect(ours == answer, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test(
        "recorded: strings, as json.dumps writes them with and without ensure_ascii",
        arguments: [
            ("", #""""#, #""""#),
            ("plain", #""plain""#, #""plain""#),
            ("\"\\/", #""\"\\/""#, #""\"\\/""#),
            ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#, #""\b\t\n\f\r""#),
            ("\u{0}\u{1F}", #""\u0000\u001f""#, #""\u0000\u001f""#),
            ("\u{7F}\u{80}", "\"\u{7F}\u{80}\"", #""\u007f\u0080""#),
            ("é€😀", "\"é€😀\"", #""\u00e9\u20ac\ud83d\ude00""#),
            ("\u{2028}\u{10FFFF}", "\"\u{2028}\u{10FFFF}\"", #""\u2028\udbff\udfff""#),
            ("0123456\"89abcdef\\", #""0123456\"89abcdef\\""#, #""0123456\"89abcdef\\""#),
        ])
    func recordedStrings(string: String, plain: String, ascii: String) throws {
        #expect(Array(try JSONWriter().string(from: string).utf8) == Array(plain.utf8))
        #expect(try JSONWriter(escapesNonASCII: true).string(from: string) == ascii)
    }

    @Test(
        "recorded: floats, as Python's repr writes them",
        arguments: [
            (1.0, "1.0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (1e16, "1e+16"), (1e22, "1e+22"),
            (123456789012345680, "1.2345678901234568e+17"), (0.0001, "0.0001"), (0.00001, "1e-05"),
            (Double.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (2.0 / 3, "0.6666666666666666"), (100, "100.0"),
        ] as [(Double, String)])
    func recordedFloats(value: Double, text: String) throws {
        #expect(try JSONWriter().string(from: value) == text)
        #expect(try JSONWriter().string(from: ["x": value]) == "{\"x\":\(text)}")
    }
}
