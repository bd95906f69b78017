import Carafe
import CarafeTesting
import Testing

@Suite("Security headers", .timeLimit(.minutes(5)))
struct SecurityHeadersTests {
    struct Vector: Decodable {
        var https: Bool?, frameOptions: String?, policy: [String: String]?, referrerPolicy: String?
        var permissionsPolicy: String?, reportURI: String?, reportsOnly: Bool?
        var maxAge: Int?, subdomains: Bool?, preload: Bool?
        var answer: [String: String]
        /// The options that are there, those that are null too.
        var given: [String]

        var headers: SecurityHeaders {
            var headers = SecurityHeaders()
            if given.contains("frameOptions") { headers.frameOptions = frameOptions }
            if given.contains("policy") {
                headers.contentSecurityPolicy = policy.map { policy in
                    var result = ContentSecurityPolicy()
                    for (name, value) in policy.sorted(by: { $0.key < $1.key }) { result[name] = value }
                    return result
                }
            }
            if let referrerPolicy { headers.referrerPolicy = referrerPolicy }
            if let permissionsPolicy { headers.permissionsPolicy = permissionsPolicy }
            headers.reportURI = reportURI
            headers.reportsOnly = reportsOnly ?? false
            if let maxAge { headers.strictTransportSecurity?.maxAge = .seconds(maxAge) }
            headers.strictTransportSecurity?.includesSubdomains = subdomains ?? true
            headers.strictTransportSecurity?.isPreloaded = preload ?? false
            return headers
        }
    }

    private static let vectors = PythonVectors<Vector>("security_headers")

    private static func check(_ vectors: [Vector]) async throws {
        try #require(!vectors.isEmpty)
        for vector in vectors {
            try await app(vector.headers).test { client async throws in
                let response = try await client.get(vector.https == true ? "https://localhost/" : "/")
                for name in names {
                    #expect(response.headers[HTTPField.Name(name)!] == vector.answer[name], "\(name) \(vector)")
                }
            }
        }
    }

    private static let names = [
        "X-Frame-Options", "X-Content-Type-Options", "Content-Security-Policy", "Content-Security-Policy-Report-Only",
        "Strict-Transport-Security", "Referrer-Policy", "Permissions-Policy",
    ]

    private static func app(_ headers: SecurityHeaders, debug: Bool = false) -> App {
        let (app, _) = smallApp(debug: debug)
        app.use(headers)
        app.get("/") { "ok" }
        return app
    }

    private static let frameOptions = HTTPField.Name("X-Frame-Options")!

    @Test("are Flask-Talisman's, with its defaults") func recorded() async throws {
        try await Self.check(Self.vectors.recorded())
    }

    @Test("are the installed Flask-Talisman's", .enabled(if: vectors.isInstalled("flask-talisman")))
    func current() async throws {
        try await Self.check(Self.vectors.current(seed: "1", count: 0))
    }

    @Test("errors have them too, and what the app has set stays")
    func everywhere() async throws {
        let app = Self.app(SecurityHeaders())
        app.get("/own") { Response(headers: [.contentSecurityPolicy: "default-src 'none'"]) }
        app.get("/broken") { () throws -> String in throw Abort(.conflict) }
        try await app.test { client async throws in
            for path in ["/missing", "/broken"] {
                #expect(try await client.get(path).headers[Self.frameOptions] == "SAMEORIGIN")
            }
            let own = try await client.get("/own")
            #expect(own.headers[values: .contentSecurityPolicy] == ["default-src 'none'"])
            #expect(own.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test("handlers and hooks change what their own responses get")
    func changes() async throws {
        var headers = SecurityHeaders()
        headers.further = [.server: "none"]
        let app = Self.app(headers)
        let widgets = Blueprint("widgets", prefix: "/widgets")
        widgets.beforeRequest { request in request.changeSecurityHeaders { $0.frameOptions = nil } }
        widgets.get("/map") { (request: Request) in
            request.changeSecurityHeaders { $0.contentSecurityPolicy?["img-src"] = "https://maps.example" }
            return "map"
        }
        app.register(widgets)
        try await app.test { client async throws in
            let map = try await client.get("/widgets/map")
            #expect(map.headers[Self.frameOptions] == nil && map.headers[.server] == "none")
            #expect(map.headers.contentSecurityPolicy?["img-src"] == "https://maps.example")
            let index = try await client.get("/")
            #expect(index.headers[Self.frameOptions] == "SAMEORIGIN")
            #expect(index.headers[.contentSecurityPolicy] == "default-src 'self'; object-src 'none'")
        }
    }

    // MARK: - Nonces

    private static func pages() -> App {
        var headers = SecurityHeaders()
        headers.nonceDirectives = ["script-src", "style-src"]
        headers.contentSecurityPolicy = ["default-src": "'self'", "style-src": "'self' https://cdn.example"]
        let app = app(headers)
        app.get("/handler") { (request: Request) in HTML(#"\#(request.cspNonce)"#) }
        app.get("/template") { try render(string: "{{ csp_nonce() }}") }
        app.get("/later") { (request: Request) async throws in
            await Task.yield()
            return request.cspNonce
        }
        app.get("/stream") { (request: Request) in
            Stream(contentType: "text/html") { writer in try await writer.write(request.cspNonce) }
        }
        app.get("/same") { Response(status: .notModified) }
        return app
    }

    @Test(
        "a page's scripts and styles run by the request's nonce",
        arguments: ["/handler", "/template", "/later", "/stream"])
    func nonces(path: String) async throws {
        try await Self.pages().test { client async throws in
            var seen: Set<String> = []
            for _ in 0..<3 {
                let response = try await client.get(path)
                let nonce = response.text
                #expect(nonce.utf8.count == 32 && seen.insert(nonce).inserted)
                let policy = try #require(response.headers.contentSecurityPolicy)
                #expect(policy["script-src"] == "'self' 'nonce-\(nonce)'")
                #expect(policy["style-src"] == "'self' https://cdn.example 'nonce-\(nonce)'")
                #expect(policy["default-src"] == "'self'")
            }
        }
    }

    @Test("a page from a cache keeps its policy: 304 has none")
    func notModified() async throws {
        try await Self.pages().test { client async throws in
            let response = try await client.get("/same")
            #expect(response.headers[.contentSecurityPolicy] == nil && response.headers[Self.frameOptions] != nil)
        }
    }

    @Test("in debug mode the error page keeps its own policy")
    func errorPage() async throws {
        struct Broken: Error {}
        let app = Self.app(SecurityHeaders(), debug: true)
        app.get("/broken") { () throws -> String in throw Broken() }
        try await app.test { client async throws in
            let response = try await client.get("/broken")
            #expect(response.status == .internalServerError)
            #expect(response.headers[values: .contentSecurityPolicy].count == 1)
        }
    }

    // MARK: - HTTPS

    @Test(
        "requests without TLS are sent to the same address with it",
        arguments: [
            ("http://a.example/x?y=1", "https://a.example/x?y=1"), ("http://a.example:80/", "https://a.example/"),
            ("http://a.example:8000/", "https://a.example:8000/"), ("http://[::1]:80/", "https://[::1]/"),
        ])
    func redirects(url: String, location: String) async throws {
        var headers = SecurityHeaders()
        headers.httpsRedirect = .permanentRedirect
        try await Self.app(headers).test { client async throws in
            let response = try await client.post(url, .text("x"))
            #expect(response.status == .permanentRedirect && response.location == location)
            #expect(response.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test("those that a proxy has served over TLS are not, and get HSTS")
    func proxied() async throws {
        let (app, _) = smallApp()
        app.use(ProxyHeaders(prefix: 1))
        var headers = SecurityHeaders()
        headers.httpsRedirect = .found
        app.use(headers)
        app.get("/") { "ok" }
        try await app.test { client async throws in
            let fields = ProxyHeadersTests.headers([("X-Forwarded-Proto", "https")])
            let response = try await client.get("/", headers: fields)
            #expect(response.text == "ok")
            #expect(response.headers[.strictTransportSecurity] == "max-age=31556926; includeSubDomains")
            let mounted = ProxyHeadersTests.headers([("X-Forwarded-Prefix", "/shop")])
            #expect(try await client.get("/", headers: mounted).location == "https://localhost/shop/")
        }
    }

    @Test("debug mode redirects nobody") func debug() async throws {
        var headers = SecurityHeaders()
        headers.httpsRedirect = .permanentRedirect
        try await Self.app(headers, debug: true).test { client async throws in
            #expect(try await client.get("/").text == "ok")
        }
    }

    @Test(
        "the session's cookie is Lax, and Secure where everyone is sent to HTTPS, unless the configuration says otherwise",
        arguments: [
            (false, [:], "; SameSite=Lax", false), (true, [:], "; SameSite=Lax", true),
            (
                true, ["CARAFE_SESSION_COOKIE_SECURE": "no", "CARAFE_SESSION_COOKIE_SAMESITE": "Strict"],
                "; SameSite=Strict", false
            ),
        ] as [(Bool, [String: String], String, Bool)])
    func cookies(redirects: Bool, variables: [String: String], sameSite: String, isSecure: Bool) async throws {
        let (app, _) = smallApp(variables)
        var headers = SecurityHeaders()
        headers.httpsRedirect = redirects ? .found : nil
        app.use(headers)
        app.get("/") { (request: Request) in
            request.session["a"] = 1
            return "ok"
        }
        try await app.test { client async throws in
            let cookie = try #require(try await client.get("https://localhost/").headers[.setCookie])
            #expect(cookie.contains(sameSite) && cookie.contains("; Secure") == isSecure)
        }
    }

    @Test("what can do nothing is reported at the start")
    func problems() async {
        let (app, _) = smallApp()
        var headers = SecurityHeaders()
        headers.reportsOnly = true
        app.use(headers)
        headers.reportsOnly = false
        headers.httpsRedirect = .ok
        app.use(headers)
        #expect(
            await app.problems().map(\.message) == [
                "SecurityHeaders only reports on its policy, and has nowhere to report to.",
                "SecurityHeaders redirects to HTTPS with 200, which is no redirect.",
            ])
    }
}
