import Carafe
import CarafeTesting
import TestSupport
import Testing

@Suite("What proxies say", .timeLimit(.minutes(5)))
struct ProxyHeadersTests {
    /// An app that tells what it takes for the client's.
    static func app(_ proxies: ProxyHeaders, log: Bool = false) -> App {
        let (app, _) = smallApp()
        app.use(proxies)
        app.get("/") { (request: Request) in
            "\(request.remoteAddress ?? "-") \(request.scheme) \(request.host) \(request.scriptRoot) \(request.url)"
        }
        return app
    }

    static func headers(_ lines: [(String, String)]) -> Headers {
        var headers = Headers()
        for (name, value) in lines { try? headers.append(value, for: HTTPField.Name(name)!) }
        return headers
    }

    struct Vector: Decodable {
        struct Answer: Decodable {
            var address: String, scheme: String, host: String, root: String, url: String
        }
        var hops: [String: Int]
        var lines: [String: [String]]
        var scheme: String, host: String
        var answer: Answer
    }

    private static let vectors = PythonVectors<Vector>("proxy_headers")

    private static func check(_ vectors: [Vector]) async throws {
        try #require(!vectors.isEmpty)
        for vector in vectors {
            func hops(_ name: String) -> Int { vector.hops[name] ?? 0 }
            let proxies = ProxyHeaders(
                for: hops("For"), proto: hops("Proto"), host: hops("Host"), port: hops("Port"), prefix: hops("Prefix"))
            let headers = headers(vector.lines.flatMap { name, lines in lines.map { ("X-Forwarded-\(name)", $0) } })
            try await app(proxies).test { client async throws in
                let answer = try await client.get("\(vector.scheme)://\(vector.host)/", headers: headers).text
                let expected = vector.answer
                #expect(
                    answer
                        == "\(expected.address) \(expected.scheme) \(expected.host) \(expected.root) \(expected.url)",
                    "\(vector)")
            }
        }
    }

    @Test("are read as Werkzeug's ProxyFix reads them") func recorded() async throws {
        try await Self.check(Self.vectors.recorded())
    }

    @Test("are read as the installed ProxyFix reads them", .enabled(if: vectors.isInstalled("werkzeug")))
    func current() async throws {
        try await Self.check(Self.vectors.current(seed: "\(TestSeed.value)", count: 100))
    }

    @Test(
        "a value that is none of its kind is passed over",
        arguments: [
            ("For", "unknown"), ("For", "_hidden"), ("For", "999.1.1.1"), ("For", "1.2.3.4:x"), ("For", "[1.2.3.4]"),
            ("For", "[::1"), ("For", "::1]"), ("For", "1.2.3.4:1234567"), ("For", "1.2.3.4, "), ("For", "\"1.2.3.4\""),
            ("For", "fe80::1%eth0"), ("Proto", "javascript"), ("Proto", ""), ("Proto", "https://"),
            ("Host", "evil.example/x"), ("Host", "a b"), ("Host", "user@evil.example"), ("Host", "evil.example:99999"),
            ("Host", "[::1"), ("Port", "0"), ("Port", "70000"), ("Port", "+80"), ("Port", "99999999999999999999"),
            ("Prefix", "//evil.example"), ("Prefix", "https://evil.example"), ("Prefix", "shop"), ("Prefix", "/a?b"),
            ("Prefix", "/a%2"), ("Prefix", "/a%zz"), ("Prefix", "/\\evil.example"), ("Prefix", "/a\"b"),
            ("Prefix", "/é"),
        ])
    func hostile(field: String, value: String) async throws {
        // A list's last value that is empty does not count, and what stands before it does.
        let expected = value == "1.2.3.4, " ? "1.2.3.4" : "127.0.0.1"
        try await Self.app(ProxyHeaders(for: 1, proto: 1, host: 1, port: 1, prefix: 1)).test { client async throws in
            let response = try await client.get("/", headers: Self.headers([("X-Forwarded-\(field)", value)]))
            #expect(response.text == "\(expected) http localhost  http://localhost/")
        }
    }

    @Test(
        "an address may have a port", arguments: [("192.0.2.1:4711", "192.0.2.1"), ("[2001:db8::1]:80", "2001:db8::1")])
    func ports(value: String, address: String) async throws {
        try await Self.app(ProxyHeaders()).test { client async throws in
            let text = try await client.get("/", headers: Self.headers([("X-Forwarded-For", value)])).text
            #expect(text.hasPrefix("\(address) http "))
        }
    }

    @Test("unless told, only the address and the scheme are read")
    func defaults() async throws {
        let headers = Self.headers([
            ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Port", "99"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "for=198.51.100.1"),
        ])
        try await Self.app(ProxyHeaders()).test { client async throws in
            #expect(try await client.get("/", headers: headers).text == "192.0.2.1 https localhost  https://localhost/")
        }
    }

    @Test(
        "Forwarded (RFC 7239) is read from its end",
        arguments: [
            (1, ["for=192.0.2.1;proto=https;host=example.com"], "192.0.2.1 https example.com"),
            (1, ["For=\"[2001:db8::1]:4711\"; Proto=HTTPS"], "2001:db8::1 https localhost"),
            (1, ["for=1.1.1.1, for=192.0.2.1;host=\"a.example:8080\""], "192.0.2.1 http a.example:8080"),
            (2, ["for=192.0.2.1;proto=https, for=10.0.0.1;proto=http"], "192.0.2.1 https localhost"),
            (2, ["for=192.0.2.1", "for=10.0.0.1;by=x"], "192.0.2.1 http localhost"),
            (2, ["for=192.0.2.1"], "127.0.0.1 http localhost"), (1, ["for=unknown"], "127.0.0.1 http localhost"),
            (1, ["for=_gazonk;proto=https"], "127.0.0.1 https localhost"), (1, [""], "127.0.0.1 http localhost"),
            // A quote that somebody opened further ahead closes nothing here.
            (1, ["for=\"evil, for=192.0.2.1"], "192.0.2.1 http localhost"),
            (1, ["for=evil\", for=192.0.2.1;proto=https"], "192.0.2.1 https localhost"),
            (1, ["x=\"a, for=6.6.6.6\";for=192.0.2.1"], "192.0.2.1 http localhost"),
            (1, ["x=\"\\\", for=6.6.6.6\";for=192.0.2.1"], "192.0.2.1 http localhost"),
        ])
    func forwarded(hops: Int, lines: [String], expected: String) async throws {
        let headers = Self.headers(
            lines.map { ("Forwarded", $0) } + [("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Proto", "https")])
        try await Self.app(.forwarded(hops: hops)).test { client async throws in
            let words = try await client.get("/", headers: headers).text.split(separator: " ")
            #expect(words.prefix(3).joined(separator: " ") == expected)
        }
    }

    @Test(
        "only peers that are trusted are believed",
        arguments: [
            (["127.0.0.1"], "192.0.2.1"), (["127.0.0.0/8", "unix"], "192.0.2.1"), (["10.0.0.0/8"], "127.0.0.1"),
            (["unix"], "127.0.0.1"), ([], "127.0.0.1"),
        ])
    func peers(peers: [String], address: String) async throws {
        try await Self.app(ProxyHeaders(from: peers)).test(.server) { client async throws in
            let text = try await client.get("/", headers: Self.headers([("X-Forwarded-For", "192.0.2.1")])).text
            #expect(text.hasPrefix("\(address) http "))
        }
    }

    @Test("what is told wrongly is reported at the start, with its place")
    func problems() async {
        let (app, _) = smallApp()
        app.use(ProxyHeaders(for: 0, proto: 0))
        app.use(ProxyHeaders(for: 2, proto: -1))
        app.use(ProxyHeaders(from: ["proxy.example"]))
        let problems = await app.problems()
        #expect(
            problems.map(\.message) == [
                "ProxyHeaders is told of no proxy.", "ProxyHeaders is told of no proxy.",
                "'proxy.example' is neither an address nor a network.",
            ])
        #expect(problems.allSatisfy { $0.place.contains("ProxyHeadersTests.swift:") })
    }

    @Test("the access log, sessions, streams and the content are those of the request that was received")
    func rest() async throws {
        let app = Self.app(ProxyHeaders())
        app.post("/echo") { (request: Request) async throws in
            request.session["seen"] = true
            return try await request.text() + " " + (request.remoteAddress ?? "")
        }
        app.get("/seen") { (request: Request) in "\(request.session["seen"] ?? false)" }
        try await app.test(.server) { client async throws in
            let headers = Self.headers([("X-Forwarded-For", "192.0.2.1")])
            let text = String(repeating: "x", count: 200_000)
            #expect(try await client.post("/echo", .text(text), headers: headers).text == text + " 192.0.2.1")
            #expect(try await client.get("/seen", headers: headers).text == "true")
        }
    }

    @Test(
        "an app that reads nothing of them says so once in the log",
        arguments: [("X-Forwarded-For", 1), ("Forwarded", 1), ("X-Forwarded-Proto", 0)])
    func notice(field: String, count: Int) async throws {
        let (app, log) = smallApp()
        app.get("/") { "ok" }
        try await app.test { client async throws in
            for _ in 0..<3 { _ = try await client.get("/", headers: Self.headers([(field, "for=192.0.2.1")])) }
        }
        #expect(log.containing("app.use(ProxyHeaders())").count == count)
    }

    @Test("an app that reads them does not")
    func noNotice() async throws {
        let (app, log) = smallApp()
        app.use(ProxyHeaders(from: ["10.0.0.0/8"]))
        app.get("/") { "ok" }
        try await app.test { client async throws in
            _ = try await client.get("/", headers: Self.headers([("X-Forwarded-For", "192.0.2.1")]))
        }
        #expect(log.containing("ProxyHeaders").isEmpty)
    }
}
