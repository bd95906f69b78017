import CarafeRouting
import Foundation
import Testing

@Suite("Building URLs")
struct BuildingTests {
    @Test("variables are filled in and percent-encoded")
    func variables() throws {
        let routes = try Routes([
            Rule("/p/<path:a>", endpoint: "p"), Rule("/c/<a>/é", endpoint: "c"),
            Rule("/n/<int(fixed_digits=4):i>/<float:f>", endpoint: "n"), Rule("/u/<uuid:u>", endpoint: "u"),
            Rule("/w/<any(\"a b\", c):w>", endpoint: "w"),
        ])
        #expect(try routes.url("p", ["a": "a/b c?"]) == "/p/a/b%20c%3F")
        #expect(try routes.url("c", ["a": "a/b ?#é&=+"]) == "/c/a/b%20%3F%23%C3%A9&=+/%C3%A9")
        #expect(try routes.url("n", ["i": 5, "f": 1e-05]) == "/n/0005/0.00001")
        #expect(try routes.url("n", ["i": "12345", "f": 2]) == "/n/12345/2.0")
        #expect(try routes.url("u", ["u": RoutingUUID(high: 1, low: 2)]) == "/u/00000000-0000-0001-0000-000000000002")
        #expect(try routes.url("w", ["w": "a b"]) == "/w/a%20b")
    }

    @Test("values that no variable takes become the query, in their order, none left out and lists repeated")
    func query() throws {
        let routes = try Routes([Rule("/n", endpoint: "n")])
        let values: BuildValues = ["q": "a b", "x": [1, 2], "e": "é&", "none": nil, "t": true, "empty": [String]()]
        #expect(try routes.url("n", values) == "/n?q=a+b&x=1&x=2&e=%C3%A9%26&t=True")
        let sorted = try Routes([Rule("/n", endpoint: "n")], options: { $0.sortParameters = true })
        #expect(try sorted.url("n", ["b": 1, "a": ["2", "1"]]) == "/n?a=1&a=2&b=1")
        #expect(try routes.matcher.url(for: "n", ["q": 1], in: routes.binding, appendUnknown: false) == "/n")
    }

    @Test("an anchor, a scheme and external make what they say")
    func parts() throws {
        let (matcher, binding) = (
            try Routes([Rule("/x", endpoint: "x")]).matcher, URLBinding(host: "example.com", scriptRoot: "/app/")
        )
        #expect(try matcher.url(for: "x", in: binding) == "/app/x")
        #expect(try matcher.url(for: "x", in: binding, anchor: "a b#é%20") == "/app/x#a%20b#%C3%A9%20")
        #expect(try matcher.url(for: "x", in: binding, external: true) == "http://example.com/app/x")
        #expect(try matcher.url(for: "x", in: binding, scheme: "https") == "https://example.com/app/x")
        #expect(try matcher.url(for: "x", in: binding, scheme: "", external: true) == "//example.com/app/x")
    }

    @Test("a WebSocket rule gets ws or wss, as secure as the request")
    func webSockets() throws {
        let matcher = try Routes([Rule("/ws", endpoint: "ws", isWebSocket: true), Rule("/x", endpoint: "x")]).matcher
        func url(_ endpoint: String, _ scheme: String) throws -> String {
            try matcher.url(for: endpoint, in: URLBinding(host: "h", scheme: scheme), external: true)
        }
        #expect(
            try ["http", "https", "ws", "wss", ""].map { try url("ws", $0) } == [
                "ws://h/ws", "wss://h/ws", "ws://h/ws", "wss://h/ws", "ws://h/ws",
            ])
        #expect(
            try ["http", "https", "ws", "wss", ""].map { try url("x", $0) } == [
                "http://h/x", "https://h/x", "http://h/x", "https://h/x", "//h/x",
            ])
    }

    @Test("among an endpoint's rules that with the most arguments given is taken, and one of the method first")
    func choice() throws {
        let routes = try Routes([
            Rule("/a", endpoint: "x"), Rule("/a/<b>", endpoint: "x"), Rule("/m", endpoint: "m", methods: ["POST"]),
            Rule("/g", endpoint: "m", methods: ["GET"]),
        ])
        #expect(try routes.url("x") == "/a")
        #expect(try routes.url("x", ["b": 1]) == "/a/1")
        #expect(try routes.url("x", ["c": 1]) == "/a?c=1")
        #expect(try routes.url("m") == "/g")
        #expect(try routes.url("m", method: "POST") == "/m")
    }

    @Test("a path that begins with slashes stays on its host")
    func slashes() throws {
        let routes = try Routes([Rule("/<path:p>", endpoint: "p")])
        #expect(try routes.url("p", ["p": "//evil.test/x"]) == "/evil.test/x")
        #expect(try routes.url("p", ["p": "a\r\nb\0"]) == "/a%0D%0Ab%00")
    }

    @Test("what is built matches again", arguments: ["a", "a b", "é", "a%2Fb", "?#&=+;", "\u{1F600}", "..", "1"])
    func roundTrip(value: String) throws {
        let routes = try Routes("/x/<s>")
        let url = try routes.url("/x/<s>", ["s": value])
        let decoded = try #require(url.removingPercentEncoding)
        #expect(routes.match(decoded) == "/x/<s> s=\(value)")
    }
}
