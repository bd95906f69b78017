import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("What filters bear")
struct FilterLimitTests {
    private static let hostile: [TemplateValue] = [
        .int(.max), .int(.min), -1, 0, .double(.nan), .double(.infinity), .double(-1e308),
        .bigInt(BigInteger("1" + String(repeating: "0", count: 40)) ?? BigInteger(0)),
        "", "\u{0}\r\n", .markup("<"), [], [[], [[]]], [:], ["": [:]], .tuple([]), .none, true,
        "e\u{301}\u{1F468}\u{200D}\u{1F469}",
    ]

    /// All arguments that some filter takes, each as bad as can be.
    @Test("no argument of any filter or test traps", arguments: BuiltinFilters.all.keys.sorted())
    func hostileArguments(name: String) throws {
        var limits = TemplateLimits()
        (limits.valueSize, limits.rangeLength) = (1 << 16, 1000)
        let calls = FilterCalls(limits: limits)
        let cyclic = TemplateList([1])
        cyclic.mutate { $0.append(.list(cyclic)) }
        defer { cyclic.mutate { $0 = [] } }
        var answers = 0
        for value in Self.hostile.suffix(13) + ["a b", [3, 1], .list(cyclic)] {
            for first in Self.hostile {
                for second in Self.hostile.prefix(6) {
                    let result = try? calls.filter(name, value, first, second)
                    if case .object = result { _ = try? result?.elements() }
                    answers += 1
                }
                _ = try? BuiltinTests.all[name]?(value, TemplateArguments([first]), calls.context)
            }
        }
        #expect(answers > 1500)
    }

    @Test(
        "a result past the limit of a value's size is refused before it is made",
        arguments: [
            ("center", "x", [.int(.max)]), ("indent", "a\nb", [.int(1 << 30)]),
            ("replace", "aaaa", ["a", "0123456789abcdef0"]),
            ("batch", [1], [.int(1 << 40), 0]), ("slice", [1], [.int(1 << 40)]), ("tojson", [[1]], [.int(1 << 40)]),
            ("join", ["a", "b"], [.string(String(repeating: "x", count: 100))]),
            ("format", "%999999999d", [1]),
            ("wordwrap", "a b c", [1, true, .string(String(repeating: "x", count: 60))]),
            ("sum", [["a"]], [.none, .list(Array(repeating: 1, count: 64))]),
            ("pprint", .list(Array(repeating: "0123456789", count: 9)), []),
            ("urlize", "http://a.com http://b.com", []),
            ("xmlattr", ["a": .string(String(repeating: "&", count: 30))], []),
            ("urlencode", [["a", .string(String(repeating: "%", count: 30))]], []),
        ] as [(String, TemplateValue, [TemplateValue])])
    func sizes(name: String, value: TemplateValue, arguments: [TemplateValue]) throws {
        var limits = TemplateLimits()
        (limits.valueSize, limits.rangeLength) = (64, 1000)
        let calls = FilterCalls(limits: limits)
        let filter = try #require(BuiltinFilters.all[name])
        let problem = message {
            let result = try filter(value, TemplateArguments(arguments), calls.context)
            if case .object = result { _ = try result.elements() }
        }
        #expect(problem.hasPrefix("TemplateLimitError") || problem.hasPrefix("OverflowError"), "\(problem)")
    }

    @Test("lipsum ends at the limit")
    func lipsum() {
        var limits = TemplateLimits()
        limits.valueSize = 1000
        let calls = FilterCalls(limits: limits)
        #expect(message { _ = try calls.global("lipsum", .int(.max)) }.hasPrefix("TemplateLimitError"))
        #expect(
            message { _ = try calls.global("lipsum", 1, true, .int(1 << 60), .int(.max)) }.hasPrefix(
                "TemplateLimitError"))
        #expect(message { _ = try calls.global("lipsum", .int(.max), true, 0, 1) }.hasPrefix("TemplateLimitError"))
    }

    @Test("containers nested deeply end in an error, not in an overflow of the stack", arguments: ["tojson", "pprint"])
    func depth(name: String) throws {
        var value: TemplateValue = []
        for _ in 0..<100_000 { value = [value] }
        let nested = value
        #expect(message { _ = try FilterCalls().filter(name, nested) }.hasPrefix("RecursionError"))
    }

    @Test("containers that hold themselves are circular to JSON and named by pprint")
    func cycles() throws {
        let calls = FilterCalls()
        let list = TemplateList([1])
        list.mutate { $0.append(["again": .list(list)]) }
        defer { list.mutate { $0 = [] } }
        #expect(message { _ = try calls.filter("tojson", .list(list)) } == "ValueError: Circular reference detected")
        let text = try calls.filter("pprint", .list(list)).text
        #expect(text.hasPrefix("[1, {'again': <Recursion on list with id="))
    }

    @Test(
        "time grows with the text only",
        arguments: [
            ("striptags", ["<", "<!--", "<!<!----", "&amp", "&#1", "--"]),
            ("urlize", [")", "&lt;", "www.", "a@b.", "http://[::", ":"]),
            ("wordwrap", ["-", "a-", "--a", "a", "a "]), ("title", ["\u{3A3}-"]), ("pprint", ["a ", "'"]),
            ("tojson", ["\u{E9}"]),
            ("int", ["1_"]), ("float", ["1_"]), ("batch", ["ab"]), ("select", ["a"]), ("map", ["a"]),
            ("indent", ["\n"]),
        ] as [(String, [String])])
    func linearity(name: String, pieces: [String]) throws {
        let calls = FilterCalls()
        let filter = try #require(BuiltinFilters.all[name])
        let arguments: [String: [TemplateValue]] = ["batch": [2], "wordwrap": [5], "map": ["upper"]]
        Linearity.expectLinear(name, shapes: pieces.map { .repeated($0) }) { bytes in
            let value = try? filter(
                .string(String(decoding: bytes, as: UTF8.self)), TemplateArguments(arguments[name] ?? []), calls.context
            )
            if case .object = value { _ = try? value?.elements() }
        }
    }
}
