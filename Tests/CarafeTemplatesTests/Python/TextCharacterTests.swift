import Foundation
import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Characters")
struct TextCharacterTests {
    /// Prints a line for each twelfth character that Python's Unicode knows: its number, its classes as bits, and its cases.
    private static let script = """
        import sys, unicodedata
        names = "isalpha isdigit isdecimal isnumeric isalnum isspace isupper islower istitle isidentifier isprintable".split()
        out = []
        for n in range(int(sys.argv[1]) % 12, 0x110000, 12):
            c = chr(n)
            if unicodedata.category(c) in ("Cn", "Cs", "Co"):
                continue
            bits = sum(getattr(c, name)() << i for i, name in enumerate(names))
            bits += ("a" + c).isidentifier() << 11
            cases = [c.upper(), c.lower(), c.title(), c.swapcase(), c.casefold(), c.capitalize()]
            out.append(f"{n} {bits} " + " ".join(c.encode().hex() for c in cases))
        sys.stdout.write("\\n".join(out))
        """

    /// Characters that Unicode 15 and 16, which Swift knows, class or map otherwise than Python 3.11's Unicode 14.
    private static let changed: Set<UInt32> = [
        0x19B, 0x264, 0x295, 0x10FC, 0x200C, 0x200D, 0x30FB, 0x4E24, 0x4EAC, 0x4FE9, 0x5006, 0x62D0, 0x6D1E, 0x7695,
        0x79ED, 0x920E, 0x94A9, 0xA7D3, 0xA7D5, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69, 0xFF65, 0x12038, 0x12039, 0x12079,
        0x12226, 0x1222B, 0x1230B, 0x1230D, 0x12399,
    ]

    @Test("characters have Python's classes and cases", .enabled(if: PythonCallVector.isPythonThere))
    func all() throws {
        let lines = try Python.run(["-c", Self.script, String(TestSeed.value)]).split(separator: 0x0A)
        #expect(lines.count > 12_000)
        for line in lines {
            let fields = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            let scalar = try #require(UInt32(fields[0]).flatMap { Unicode.Scalar($0) })
            let ours = Self.classes(scalar).description + " " + Self.cases(scalar).joined(separator: " ")
            let theirs = fields.dropFirst().joined(separator: " ")
            if ours != theirs, !Self.changed.contains(scalar.value) {
                Issue.record("U+\(String(scalar.value, radix: 16)): \(ours), Python's \(theirs)")
            }
        }
    }

    private static func classes(_ scalar: Unicode.Scalar) -> Int {
        let text = String(scalar)
        let bits = [
            PythonText.isAlphabetic(text), PythonText.isDigit(text), PythonText.isDecimal(text),
            PythonText.isNumeric(text), PythonText.isAlphanumeric(text), PythonText.isSpace(text),
            PythonText.isUppercase(text), PythonText.isLowercase(text), PythonText.isTitlecase(text),
            PythonText.isIdentifier(text), PythonText.isPrintable(text), PythonText.isIdentifier("a" + text),
        ]
        return bits.enumerated().reduce(0) { $0 + ($1.element ? 1 << $1.offset : 0) }
    }

    private static func cases(_ scalar: Unicode.Scalar) -> [String] {
        let text = String(scalar)
        let cases = [
            PythonText.uppercase(text), PythonText.lowercase(text), PythonText.title(text), PythonText.swapCase(text),
            PythonText.caseFold(text), PythonText.capitalize(text),
        ]
        return cases.map { $0.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    }
}
