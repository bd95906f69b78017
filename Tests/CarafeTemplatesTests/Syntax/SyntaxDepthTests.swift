import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Templates nested too deeply are an error, never a crash")
struct SyntaxDepthTests {
    /// What can stand inside itself, as what comes before and what comes after the inside.
    static let nests: [(String, String)] = [
        ("(", ")"), ("[", "]"), ("{a: ", "}"), ("a(", ")"), ("a(b=", ")"), ("a(*", ")"), ("a[", "]"), ("a[b:", "]"),
        ("(a, ", ")"),
        ("-", ""), ("not ", ""), ("a if b else ", ""), ("a if ", " else b"), ("a|f(", ")"), ("a is f(", ")"),
        ("a is f [", "]"),
        ("a is not f {b: ", "}"), ("a or b and not c == d + e ~ f * g ** (", ")"), ("(a if b else c ~ ", ")"),
    ]

    @Test("expressions inside one another", arguments: nests)
    func nested(_ start: String, _ end: String) {
        for count in [300, 2000] {
            let inside = String(repeating: start, count: count) + "a" + String(repeating: end, count: count)
            expectTooDeep("{{ \(inside) }}")
            expectTooDeep("{% set x = \(inside) %}")
            expectTooDeep("{% if a %}{% for x in (\(inside)) %}{% endfor %}{% endif %}")
        }
    }

    @Test(
        "chains of operations, which hold one another",
        arguments: [
            "+ b", "- b", "* b", "** b", "and b", "or b", ".b", "[0]", "()", "|f", "if b", "and not b", "is f is f",
            "(1)", ".0", "|f(1)",
        ])
    func chained(_ link: String) {
        let message = Self.message("{{ a\(String(repeating: " " + link, count: 1000)) }}")
        // Tests cannot follow one another at all.
        #expect(message == "You cannot chain multiple tests with is" || message == Self.tooDeep)
    }

    @Test(
        "tags inside one another",
        arguments: ["if a", "for a in b", "block a", "macro a()", "call a()", "filter a", "with"])
    func tags(_ tag: String) {
        expectTooDeep(String(repeating: "{% \(tag) %}", count: 2000))
    }

    @Test("targets inside one another")
    func targets() {
        expectTooDeep("{% set \(String(repeating: "(", count: 1000))a\(String(repeating: ",)", count: 1000)) = b %}")
        expectTooDeep(
            "{% for \(String(repeating: "(", count: 1000))a\(String(repeating: ",)", count: 1000)) in b %}{% endfor %}")
    }

    @Test("as many as the limit are read; flat lists may be as long as they like")
    func allowed() {
        let parentheses = "{{ \(String(repeating: "(", count: 190))a\(String(repeating: ")", count: 190)) }}"
        #expect(Self.message(parentheses, stack: 8 << 20) == nil)
        #expect(Self.message("{{ a\(String(repeating: " + b", count: 190)) }}") == nil)
        #expect(Self.message("{{ a\(String(repeating: " ~ b", count: 3000)) }}") == nil)
        #expect(Self.message("{{ [\(String(repeating: "a, ", count: 3000))] }}") == nil)
        #expect(Self.message("{{ a\(String(repeating: " < b", count: 3000)) }}") == nil)
        let branches = String(repeating: "{% elif a %}", count: 3000)
        #expect(Self.message("{% if a %}\(branches){% endif %}") == nil)
        let tags = String(repeating: "{% if a %}", count: 190) + String(repeating: "{% endif %}", count: 190)
        #expect(Self.message(tags, stack: 8 << 20) == nil)
    }

    static let tooDeep = "more than 200 expressions or tags inside one another"

    private func expectTooDeep(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(Self.message(source) == Self.tooDeep, "\(source.prefix(60))", sourceLocation: sourceLocation)
    }

    /// The message of the error that `source` is, parsed on a stack as small as threads of a server may have.
    private static func message(_ source: String, stack: Int = 512 << 10) -> String? {
        final class Result: @unchecked Sendable { var message: String? }
        // The thread writes it, and is done before it is read.
        let result = Result()
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            var parser = TemplateParser(source: source)
            do {
                _ = try parser.parse()
            } catch {
                result.message = (error as? TemplateError)?.message
            }
            done.signal()
        }
        thread.stackSize = stack
        thread.start()
        done.wait()
        return result.message
    }
}
