import CarafeRouting
import Testing

@Suite("A converter of the application's own")
struct CustomConverterTests {
    @Test("makes values of texts and texts of values")
    func both() throws {
        let routes = try Routes([Rule("/<hex:n>", endpoint: "x")], converters: ["hex": Hexadecimal()])
        #expect(routes.match("/ff") == "x n=255")
        #expect(try routes.url("x", ["n": 255]) == "/ff")
    }

    @Test("that rejects a text lets the next rule try, and its rule's methods are not allowed there")
    func rejects() throws {
        let rules = [Rule("/<hex:n>", endpoint: "x", methods: ["PUT"]), Rule("/<s>", endpoint: "y", methods: ["GET"])]
        let routes = try Routes(rules, converters: ["hex": Hexadecimal()])
        #expect(routes.match("/zz") == "y s=zz")
        #expect(routes.match("/zz", "DELETE") == "405 GET, HEAD")
        #expect(routes.match("/ff", "DELETE") == "405 GET, HEAD, PUT")
    }

    @Test("may span segments, weigh less than a string and have a value of its own type")
    func options() throws {
        struct Words: Converter {
            var spansSegments: Bool { true }
            var weight: Int { 10 }
            func value(from text: String) -> RoutingValue? { .custom(text.utf8.count) }
        }
        let rules = [Rule("/<s>", endpoint: "s"), Rule("/<words:w>", endpoint: "w")]
        let matcher = try Routes(rules, converters: ["words": Words()]).matcher
        guard case .match(let match) = matcher.match("/a/b", method: "GET") else { return _ = Issue.record("no match") }
        #expect(match["w"] == .custom(3))
        #expect(match.rule.variables.first?.kind == .custom)
        guard case .match(let light) = matcher.match("/a", method: "GET") else { return _ = Issue.record("no match") }
        #expect(light.rule.endpoint == "w")
    }

    @Test("may replace one of the standard set")
    func replaces() throws {
        let routes = try Routes([Rule("/<int:n>", endpoint: "x")], converters: ["int": Hexadecimal()])
        #expect(routes.match("/ff") == "x n=255")
    }

    @Test("gets the arguments of its rule, and those of another rule do not reach it")
    func arguments() throws {
        struct Only: Converter {
            let word: String
            func value(from text: String) -> RoutingValue? { text == word ? .string(text) : nil }
        }
        var map = RouteMap()
        map.register(converter: "only") { arguments in
            guard case .string(let word) = arguments.positional.first else { return Only(word: "") }
            return Only(word: word)
        }
        try map.add(Rule("/<only(a):w>", endpoint: "a"))
        try map.add(Rule("/<only(b):w>", endpoint: "b"))
        let matcher = try map.matcher()
        guard case .match(let match) = matcher.match("/b", method: "GET") else { return _ = Issue.record("no match") }
        #expect(match.rule.endpoint == "b")
    }
}
