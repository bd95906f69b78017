import Testing

@testable import CarafeTemplates

@Suite("Errors in templates say where they are")
struct SyntaxErrorPlaceTests {
    @Test(
        "the line, its text and the column",
        arguments: [
            ("a\n{{ b c }}\nd", 2, "{{ b c }}", 6), ("{{ é$ }}", 1, "{{ é$ }}", 5),
            ("\r\n\r\n  {% foo %}", 3, "  {% foo %}", 6),
            ("{{ a\n  b }}", 2, "  b }}", 3), ("x{# a", 1, "x{# a", 2), ("x{% raw %}a", 1, "x{% raw %}a", 2),
            ("{{ f(\n1,\nx=1, 2) }}", 1, "{{ f(", 5),
            ("{{ '\\xz' }}", 1, "{{ '\\xz' }}", 4), ("{% from a import _b %}", 1, "{% from a import _b %}", 18),
            ("{% set a, 1 = b %}", 1, "{% set a, 1 = b %}", 9),
            ("{% call a %}", 1, "{% call a %}", 4), ("{{ a", 1, "{{ a", nil),
        ] as [(String, Int, String, Int?)])
    func place(_ source: String, _ line: Int, _ text: String, _ column: Int?) {
        var parser = TemplateParser(source: source, name: "a.html", filename: "/t/a.html")
        let error = #expect(throws: TemplateError.self) { try parser.parse() }
        #expect(error?.template == "a.html")
        #expect(error?.filename == "/t/a.html")
        #expect(error?.line == line)
        #expect(error?.sourceLine == text)
        #expect(error?.column == column)
    }

    @Test("errors come in the order of the source: a tag's before that of the text behind it")
    func order() {
        var parser = TemplateParser(source: "{% foo %}{{ $ }}")
        let error = #expect(throws: TemplateError.self) { try parser.parse() }
        #expect(error?.message == "Encountered unknown tag 'foo'.")
    }

    @Test("integers that Python would not read are refused with its words")
    func longIntegers() {
        var parser = TemplateParser(source: "{{ 1\(String(repeating: "_0", count: 4300)) }}")
        let error = #expect(throws: TemplateError.self) { try parser.parse() }
        #expect(error?.kind == .valueError)
        #expect(
            error?.message == "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; "
                + "use sys.set_int_max_str_digits() to increase the limit")
        var longest = TemplateParser(
            source: "{{ 1\(String(repeating: "0", count: 4299)) }}{{ 0x\(String(repeating: "f", count: 9000)) }}")
        #expect(throws: Never.self) { try longest.parse() }
    }

    @Test("an expression on its own is all there may be")
    func expression() throws {
        #expect(
            SyntaxDump.expression(try TemplateParser.parseExpression("a + 1")) == "(add@1 (name@1 a) (constant@1 1))")
        let error = #expect(throws: TemplateError.self) { try TemplateParser.parseExpression("a b") }
        #expect(error?.message == "chunk after expression")
    }
}
