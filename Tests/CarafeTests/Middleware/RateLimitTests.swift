import CarafeTesting
import Synchronization
import TestSupport
import Testing

@testable import Carafe

@Suite("Rate limits", .timeLimit(.minutes(5)))
struct RateLimitTests {
    struct Vector: Decodable {
        struct Hit: Decodable {
            var time: Int, breached: String?, shown: String, remaining: Int, resetsIn: Int
        }
        var limits: String, moving: Bool, hits: [Hit]
    }

    private static let vectors = PythonVectors<Vector>("rate_limits")

    private final class Time: Sendable {
        let now = Atomic(0)
    }

    private static func check(_ vectors: [Vector]) throws {
        try #require(!vectors.isEmpty)
        for vector in vectors {
            let time = Time()
            let counts = RequestCounts(
                try RequestLimit.list(vector.limits), vector.moving ? .movingWindow : .fixedWindow, capacity: 10
            ) { time.now.load(ordering: .relaxed) }
            for hit in vector.hits {
                time.now.store(hit.time, ordering: .relaxed)
                let verdict = try #require(counts.take("client"))
                #expect(verdict.breached?.description == hit.breached, "\(hit) of \(vector)")
                #expect(
                    verdict.shown.description == hit.shown && verdict.remaining == hit.remaining, "\(hit) of \(vector)")
                #expect(abs(verdict.resetsIn - hit.resetsIn) <= 1, "\(hit) of \(vector)")
            }
        }
    }

    @Test("count as the limits library does") func recorded() throws {
        try Self.check(Self.vectors.recorded())
    }

    @Test("count as the installed limits library does", .enabled(if: vectors.isInstalled("limits")))
    func current() throws {
        try Self.check(Self.vectors.current(seed: "\(TestSeed.value)", count: 200))
    }

    private static func app(_ limits: RateLimit...) -> App {
        let (app, _) = smallApp()
        app.use(ProxyHeaders())
        for limit in limits { app.use(limit) }
        app.route("/", methods: [.get, .post]) { "ok" }
        app.get("/free") { "free" }
        return app
    }

    private static func status(_ client: TestClient, _ path: String = "/", from address: String? = nil) async throws
        -> Int
    {
        let headers = address.map { ProxyHeadersTests.headers([("X-Forwarded-For", $0)]) } ?? [:]
        return try await client.get(path, headers: headers).status.code
    }

    @Test("a client that asks too often gets 429, and is told when to come again")
    func refusal() async throws {
        try await Self.app(RateLimit("2 per hour")).test(.server) { client async throws in
            for remaining in ["1", "0"] {
                let response = try await client.get("/")
                #expect(response.text == "ok")
                #expect(response.headers[HTTPField.Name("X-RateLimit-Limit")!] == "2")
                #expect(response.headers[HTTPField.Name("X-RateLimit-Remaining")!] == remaining)
            }
            let response = try await client.get("/")
            #expect(response.status == .tooManyRequests && response.text.contains("2 per 1 hour"))
            let wait = try #require(Int(response.headers[.retryAfter] ?? ""))
            #expect(3_500...3_600 ~= wait)
            let reset = try #require(Int(response.headers[HTTPField.Name("X-RateLimit-Reset")!] ?? ""))
            #expect(abs(reset - HTTPDate.now.secondsSinceEpoch - wait) <= 2)
        }
    }

    @Test("clients are told apart by their addresses, those of IPv6 by their networks")
    func clients() async throws {
        try await Self.app(RateLimit("1 per hour")).test { client async throws in
            #expect(try await Self.status(client, from: "192.0.2.1") == 200)
            #expect(try await Self.status(client, from: "192.0.2.1") == 429)
            #expect(try await Self.status(client, from: "192.0.2.2") == 200)
            #expect(try await Self.status(client, from: "2001:db8:0:1::1") == 200)
            #expect(try await Self.status(client, from: "2001:db8:0:1:ffff::2") == 429)
            #expect(try await Self.status(client, from: "2001:db8:0:2::1") == 200)
            #expect(try await Self.status(client, from: "::ffff:192.0.2.2") == 429)
        }
    }

    @Test("a closure tells clients apart, or exempts them")
    func keys() async throws {
        let limit = RateLimit("1 per hour", sendsHeaders: false, by: { $0.query["key"] })
        try await Self.app(limit).test { client async throws in
            #expect(try await Self.status(client, "/?key=a") == 200)
            let refused = try await client.get("/?key=a")
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == nil)
            #expect(try await Self.status(client, "/?key=b") == 200)
            for _ in 0..<3 { #expect(try await Self.status(client, "/") == 200) }
        }
    }

    @Test("a limit may be for some paths and methods alone; the innermost tells its own")
    func paths() async throws {
        let app = Self.app(RateLimit("100 per hour"), RateLimit("1 per hour", on: ["/"], methods: [.post]))
        try await app.test { client async throws in
            for _ in 0..<3 { #expect(try await Self.status(client, "/free") == 200) }
            for _ in 0..<3 { #expect(try await Self.status(client, "/") == 200) }
            let first = try await client.post("/")
            #expect(first.status == .ok && first.headers[HTTPField.Name("X-RateLimit-Limit")!] == "1")
            #expect(try await client.post("/").status == .tooManyRequests)
            #expect(try await client.get("/").headers[HTTPField.Name("X-RateLimit-Remaining")!] == "91")
        }
    }

    @Test("only so many clients are remembered, those who have asked last")
    func capacity() throws {
        let counts = RequestCounts(try RequestLimit.list("1 per day"), .fixedWindow, capacity: 100)
        for number in 0..<10_000 {
            #expect(counts.take("\(number)")?.breached == nil)
            #expect(counts.take("regular")?.breached == nil || number > 0)
            #expect(counts.count <= 101)
        }
        #expect(counts.take("regular")?.breached != nil && counts.take("9999")?.breached != nil)
        #expect(counts.take("1")?.breached == nil)
    }

    @Test(
        "what is no list of limits is reported at the start",
        arguments: [
            "", "two per minute", "2 per fortnight", "0 per minute", "2 per 0 minutes", "2 per minute;", "2 minute",
            "-1/day",
            "2 per minute x", "9999999999 per day", "1 per 999999999 years", "1/day & 2/hour",
        ])
    func grammar(text: String) async {
        let app = Self.app(RateLimit(text))
        #expect(await app.problems().map(\.message) == ["'\(text)' is no list of rate limits."])
    }

    @Test("a moving window keeps a bounded number of times")
    func moving() async {
        let app = Self.app(RateLimit("1001 per day", strategy: .movingWindow))
        #expect(
            await app.problems().map(\.message) == ["The rate limit '1001 per 1 day' is too much for a moving window."])
    }
}
