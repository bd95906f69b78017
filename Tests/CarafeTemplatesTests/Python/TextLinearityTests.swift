import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Time of text's methods", .serialized)
struct TextLinearityTests {
    private static let shapes: [Linearity.Shape] = [
        .repeated("a"), .repeated("Σ' "), .started("a", by: "b"),
    ]

    private static let methods: [(name: String, body: @Sendable (String) throws -> Void)] = [
        ("find", { _ = PythonText.find("aaaaaaaaaaaaaaaaaaaaab", in: $0) }),
        ("rfind", { _ = PythonText.find("baaaaaaaaaaaaaaaaaaaaa", in: $0, backwards: true) }),
        ("count", { _ = PythonText.count("aaaaaaaaab", in: $0) }),
        ("replace", { _ = try PythonText.replace("a", by: "é", in: $0, limits: TemplateLimits()) }),
        ("split", { _ = PythonText.split($0, by: "a") }),
        ("split at blanks", { _ = PythonText.split($0) }),
        ("rsplit", { _ = PythonText.splitFromEnd($0, by: "ab") }),
        ("strip", { _ = PythonText.strip($0) }),
        ("splitlines", { _ = PythonText.splitLines($0) }),
        ("lower", { _ = PythonText.lowercase($0) }),
        ("title", { _ = PythonText.title($0) }),
    ]

    @Test("grows with the length of the text alone", arguments: methods.indices)
    func linear(index: Int) {
        let method = Self.methods[index]
        Linearity.expectLinear(method.name, shapes: Self.shapes) { bytes in
            try? method.body(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(
        "takes a template that reads text code point by code point linear time",
        arguments: [
            "{% for c in s %}{{ c }}{% endfor %}", "{% for i in range(n) %}{{ s[i] }}{% endfor %}",
            "{% for i in range(n) %}{{ s[n - 1 - i] }}{{ s[i:i + 2] }}{% endfor %}",
            "{% for i in range(n) %}{{ s[i] == t[i] and s|length }}{% endfor %}",
        ])
    func scalars(source: String) throws {
        var options = TemplateOptions()
        options.limits.rangeLength = 1 << 20
        let template = try TemplateEnvironment(options: options).template(source: source)
        Linearity.expectLinear("template", shapes: [.repeated("é日a")]) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            let count = text.unicodeScalars.count
            _ = try? template.render(values: [
                "s": .string(text), "t": .string(text + "b"), "n": .int(count),
            ])
        }
    }

    @Test("finds the code points of a long text", arguments: ["é", "a日b🎈", "a", "\u{0}\u{7FF}"])
    func positions(piece: String) throws {
        let text = String(repeating: piece, count: 700)
        let scalars = Array(text.unicodeScalars)
        #expect(try TemplateValue.string(text).length() == scalars.count)
        for index in [0, 1, 63, 64, 65, 127, 600, scalars.count - 1, -1, -scalars.count] {
            let expected = String(scalars[index < 0 ? index + scalars.count : index])
            #expect(try TemplateValue.string(text).item(.int(index))?.text == expected)
        }
        #expect(try TemplateValue.string(text).item(.int(scalars.count)) == nil)
        for (start, stop) in [(0, 3), (60, 70), (500, 5000), (64, 64), (-5, scalars.count)] {
            let first = start < 0 ? start + scalars.count : start
            var expected = String.UnicodeScalarView()
            expected.append(contentsOf: scalars[first..<min(max(stop, first), scalars.count)])
            let slice = try TemplateValue.string(text).slice(.int(start), .int(stop), .none)
            #expect(try isSameText(slice.text, String(expected)))
        }
    }

    @Test(
        "formats are read in linear time",
        arguments: ["{", "{{", "{:{}}", "{0[a", "%%", "%(a)s", "{:"])
    func formats(piece: String) {
        let context = PythonCallAnswer.context
        Linearity.expectLinear("format", shapes: [.repeated(piece), .started("%(", by: piece)]) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? StringFormat.format(text, isMarkup: false, .none, in: context)
            _ = try? PrintfFormat.format(text, isMarkup: false, .dict(TemplateDict(["a": 1])), in: context)
        }
    }
}
