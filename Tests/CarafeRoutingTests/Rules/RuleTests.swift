import CarafeRouting
import Testing

@Suite("A rule")
struct RuleTests {
    @Test("has its variables in their order, each with converter, arguments and kind")
    func variables() throws {
        var map = RouteMap()
        let rule = try map.add(Rule("/<a>/<int(2, max=-1):b>.<uuid:c>", endpoint: "x", defaults: ["z": 1, "d": 2]))
        #expect(rule.variables.map(\.name) == ["a", "b", "c"])
        #expect(rule.variables.map(\.converter) == ["default", "int", "uuid"])
        #expect(rule.variables.map(\.kind) == [.string, .int, .uuid])
        #expect(rule.variables[1].arguments == ConverterArguments(positional: [.int(2)], named: ["max": .int(-1)]))
        #expect(rule.arguments == ["a", "b", "c", "d", "z"])
    }

    @Test(
        "reads arguments as Python writes them",
        arguments: [
            ("1, -2", [.int(1), .int(-2)]), ("1.5, -2.5, 1e3", [.double(1.5), .double(-2.5), .double(1000)]),
            ("True, False, None", [.bool(true), .bool(false), .none]),
            ("a, b_c, d.e, é", [.string("a"), .string("b_c"), .string("d.e"), .string("é")]),
            ("'a, b', \"it's\", '>'", [.string("a, b"), .string("it's"), .string(">")]),
            (" 1 ,\t2 , ", [.int(1), .int(2)]), ("'1', ''", [.string("1"), .string("")]),
            ("99999999999999999999", [.string("99999999999999999999")]), ("-a", [.string("-a")]), ("", []),
        ] as [(String, [ConverterArgument])])
    func arguments(text: String, expected: [ConverterArgument]) throws {
        var map = RouteMap()
        map.register(converter: "mine") { _ in Hexadecimal() }
        let rule = try map.add(Rule("/<mine(\(text)):a>", endpoint: "x"))
        #expect(rule.variables.first?.arguments == ConverterArguments(positional: expected))
    }

    @Test("has its methods in uppercase and sorted, with HEAD beside GET; none stand for all")
    func methods() throws {
        var map = RouteMap()
        #expect(
            try map.add(Rule("/", endpoint: "x", methods: ["post", "Get", "x-y"])).methods == [
                "GET", "HEAD", "POST", "X-Y",
            ])
        #expect(try map.add(Rule("/", endpoint: "x", methods: [])).methods == [])
        #expect(try map.add(Rule("/", endpoint: "x")).methods == nil)
    }

    @Test("can be mounted below a path, on a subdomain and with a prefix before its endpoint")
    func factories() {
        let rules = [Rule("/", endpoint: "index"), Rule("/<int:id>", endpoint: "post")]
        #expect(rules.submounted(at: "/blog").map(\.path) == ["/blog/", "/blog/<int:id>"])
        #expect(rules.submounted(at: "/<lang>//").map(\.path) == ["/<lang>/", "/<lang>/<int:id>"])
        #expect(rules.submounted(at: "").map(\.path) == ["/", "/<int:id>"])
        #expect(rules.onSubdomain("<user>").map(\.subdomain) == ["<user>", "<user>"])
        #expect(rules.prefixingEndpoints(with: "blog.").map(\.endpoint) == ["blog.index", "blog.post"])
    }
}
