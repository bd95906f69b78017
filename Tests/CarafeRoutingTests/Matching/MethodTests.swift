import CarafeRouting
import Testing

@Suite("Methods")
struct MethodTests {
    private static func routes() throws -> Routes {
        try Routes([
            Rule("/a", endpoint: "get", methods: ["GET"]), Rule("/a", endpoint: "post", methods: ["POST"]),
            Rule("/<s>", endpoint: "put", methods: ["PUT"]), Rule("/any", endpoint: "any"),
        ])
    }

    @Test(
        "choose among the rules of a path",
        arguments: [("GET", "get"), ("HEAD", "get"), ("POST", "post"), ("PUT", "put s=a")])
    func choose(method: String, expected: String) throws {
        #expect(try Self.routes().match("/a", method) == expected)
    }

    @Test("that no rule answers get 405 with those of every rule that matches, sorted")
    func notAllowed() throws {
        let routes = try Self.routes()
        #expect(routes.match("/a", "DELETE") == "405 GET, HEAD, POST, PUT")
        #expect(routes.match("/b", "DELETE") == "405 PUT")
        #expect(routes.match("/a/b", "DELETE") == "404")
    }

    @Test("are compared byte by byte", arguments: ["get", "GET\0", "", "GETGETGETGET", "\u{212A}"])
    func bytes(method: String) throws {
        #expect(try Self.routes().match("/a", method) == "405 GET, HEAD, POST, PUT")
    }

    @Test("of more than eight bytes are told apart")
    func long() throws {
        let routes = try Routes([
            Rule("/", endpoint: "x", methods: ["PROPPATCH"]), Rule("/", endpoint: "y", methods: ["PROPPATCHES"]),
        ])
        #expect(routes.match("/", "PROPPATCH") == "x")
        #expect(routes.match("/", "PROPPATCHES") == "y")
        #expect(routes.match("/", "PROPPATC") == "405 PROPPATCH, PROPPATCHES")
    }

    @Test("that a path allows can be asked for; where every method is answered or none, there are none")
    func allowed() throws {
        let matcher = try Self.routes().matcher
        #expect(matcher.allowedMethods("/a") == ["GET", "HEAD", "POST", "PUT"])
        #expect(matcher.allowedMethods("/any") == [])
        #expect(matcher.allowedMethods("/no/where") == [])
    }

    @Test("of a rule with one slash more are not those of the path")
    func slash() throws {
        let routes = try Routes([Rule("/a/", endpoint: "x", methods: ["GET"])])
        #expect(routes.match("/a", "POST") == "404")
        #expect(routes.match("/a/", "POST") == "405 GET, HEAD")
    }

    @Test("are those of HTTP requests or of WebSocket handshakes: the other kind gets 400")
    func webSockets() throws {
        let routes = try Routes([
            Rule("/ws", endpoint: "socket", isWebSocket: true), Rule("/both", endpoint: "page"),
            Rule("/both", endpoint: "live", isWebSocket: true), Rule("/page", endpoint: "page"),
        ])
        #expect(routes.match("/ws", isWebSocket: true) == "socket")
        #expect(routes.match("/ws") == "400")
        #expect(routes.match("/page", isWebSocket: true) == "400")
        #expect(routes.match("/both") == "page")
        #expect(routes.match("/both", isWebSocket: true) == "live")
    }
}
