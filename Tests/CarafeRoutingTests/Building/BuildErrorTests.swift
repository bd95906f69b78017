import CarafeRouting
import Testing

@Suite("A URL that cannot be built")
struct BuildErrorTests {
    private static func error(_ endpoint: String, _ values: BuildValues = [:], method: String? = nil) throws
        -> BuildError?
    {
        let routes = try Routes([
            Rule("/posts/<int:id>", endpoint: "posts.show", methods: ["GET"]), Rule("/posts", endpoint: "posts.list"),
            Rule("/", endpoint: "index"), Rule("/<any(b, a):w>", endpoint: "word"),
        ])
        do { _ = try routes.url(endpoint, values, method: method) } catch { return error }
        return nil
    }

    @Test("suggests the nearest endpoint")
    func endpoint() throws {
        let error = try Self.error("posts.shwo", ["id": 1, "a": 2])
        #expect(
            error?.description == "Could not build url for endpoint 'posts.shwo' with values ['a', 'id']. "
                + "Did you mean 'posts.show' instead?")
        #expect(error?.kind == .noRule)
        #expect(error?.endpoint == "posts.shwo")
    }

    @Test("names the values that are missing and the methods that there are")
    func values() throws {
        #expect(
            try Self.error("posts.show")?.description
                == "Could not build url for endpoint 'posts.show'. Did you forget to specify values ['id']?")
        #expect(
            try Self.error("posts.show", ["id": 1], method: "POST")?.description
                == "Could not build url for endpoint 'posts.show' ('POST') with values ['id']. "
                + "Did you mean to use methods ['GET', 'HEAD']?")
    }

    @Test("names a value that the converter cannot write")
    func unwritable() throws {
        let error = try Self.error("posts.show", ["id": "abc"])
        #expect(
            error?.description == "Could not build url for endpoint 'posts.show': 'abc' is no integer. "
                + "Give a value that the rule's converter can write.")
        #expect(error?.kind == .unwritableValue)
        #expect(
            try Self.error("word", ["w": "c"])?.message
                == "Could not build url for endpoint 'word': 'c' is not one of 'a', 'b'.")
        #expect(
            try Self.error("word", ["w": ["a", "b"]])?.message
                == "Could not build url for endpoint 'word': 'w' has several values, and a path has room for one.")
    }

    @Test("says that a scheme makes a URL absolute")
    func scheme() throws {
        let routes = try Routes("/")
        let error = #expect(throws: BuildError.self) {
            try routes.matcher.url(for: "/", in: routes.binding, scheme: "https", external: false)
        }
        #expect(
            error?.description
                == "When specifying 'scheme', 'external' must be true. Leave 'external' out, or set it to true.")
        #expect(error?.kind == .schemeNotExternal)
    }

    @Test("suggests nothing where there are no rules")
    func empty() throws {
        let error = #expect(throws: BuildError.self) { try Routes([]).url("x") }
        #expect(error?.description == "Could not build url for endpoint 'x'.")
    }
}
