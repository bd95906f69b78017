import Carafe
import CarafeTesting
import TestSupport
import Testing

@Suite("Trusted hosts", .timeLimit(.minutes(5)))
struct TrustedHostsTests {
    struct Vector: Decodable {
        var host: String
        var trusted: [String]
        var answer: Bool
    }

    private static let vectors = PythonVectors<Vector>("trusted_hosts")

    private static func status(of host: String, _ middleware: any Middleware) async throws -> Int {
        let (app, _) = smallApp()
        app.use(middleware)
        app.get("/") { "ok" }
        return try await app.test { client in try await client.get("http://\(host)/").status.code }
    }

    private static func check(_ vectors: [Vector]) async throws {
        try #require(!vectors.isEmpty)
        for vector in vectors {
            let status = try await status(of: vector.host, TrustedHosts(vector.trusted))
            #expect(status == (vector.answer ? 200 : 400), "\(vector)")
        }
    }

    @Test("are those of Werkzeug's host_is_trusted") func recorded() async throws {
        try await Self.check(Self.vectors.recorded())
    }

    @Test("are those of the installed host_is_trusted", .enabled(if: vectors.isInstalled("werkzeug")))
    func current() async throws {
        try await Self.check(Self.vectors.current(seed: "\(TestSeed.value)", count: 100))
    }

    @Test(
        "names that are not ASCII stand for what clients send (RFC 3492, RFC 5891)",
        arguments: [
            ("straße.example", "xn--strae-oqa.example"), ("Königsgäßchen.example", "xn--knigsgchen-b4a3dun.example"),
            ("BÜCHER.example", "xn--bcher-kva.EXAMPLE"), ("日本語。example", "xn--wgv71a119e.example"),
            ("münchen-ost.example:8080", "xn--mnchen-ost-9db.example:8080"), ("почта.example", "xn--80a1acny.example"),
            ("zażółć.example", "xn--za-6ja4f8n1l.example"),
        ])
    func names(listed: String, host: String) async throws {
        #expect(try await Self.status(of: host, TrustedHosts(listed)) == 200)
        #expect(try await Self.status(of: "a." + host, TrustedHosts(listed)) == 400)
    }

    @Test("the configuration's TRUSTED_HOSTS are the same, and an empty list trusts all, as in Flask")
    func configuration() async throws {
        for (listed, status) in [(["bücher.example"], 200), (["example.org"], 400), ([], 200)] {
            let (app, _) = smallApp()
            app.config.trustedHosts = listed
            app.get("/") { "ok" }
            try await app.test { client async throws in
                #expect(try await client.get("http://xn--bcher-kva.example/").status.code == status)
            }
        }
    }

    @Test("a refusal tells the host, in the form that the client asked for, before any code of the app runs")
    func refusal() async throws {
        let (app, _) = smallApp()
        app.use(TrustedHosts("example.org"))
        app.beforeRequest { _ in Issue.record("A hook has run.") }
        try await app.test { client async throws in
            let page = try await client.get("http://evil.example/")
            #expect(page.text.contains("Host &#39;evil.example&#39; is not trusted."))
            let problem = try await client.get("http://evil.example/", headers: [.accept: "application/json"])
            #expect(problem.headers[.contentType] == "application/problem+json" && problem.status == .badRequest)
        }
    }

    @Test("after ProxyHeaders the host is that which the proxy names")
    func proxied() async throws {
        let (app, _) = smallApp()
        app.use(ProxyHeaders(host: 1))
        app.use(TrustedHosts("example.org"))
        app.get("/") { "ok" }
        try await app.test { client async throws in
            let headers = ProxyHeadersTests.headers([("X-Forwarded-Host", "example.org")])
            #expect(try await client.get("http://inner:8000/", headers: headers).status == .ok)
            #expect(try await client.get("http://inner:8000/").status == .badRequest)
        }
    }

    @Test("a list without a host is reported at the start", arguments: [[], [""], ["."]])
    func empty(hosts: [String]) async {
        let (app, _) = smallApp()
        app.use(TrustedHosts(hosts))
        #expect(await app.problems().map(\.message) == ["TrustedHosts names no host, and would refuse every request."])
    }
}
