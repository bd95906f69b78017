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
