import Carafe
import CarafeTesting
import TestSupport
import Testing

@Suite("Requests of other origins", .timeLimit(.minutes(5)))
struct CORSTests {
    struct Vector: Decodable {
        struct Policy: Decodable {
            var origins: [String], methods: [String]?, allowedHeaders: [String], exposedHeaders: [String]
            var credentials: Bool, maxAge: Int?, sendsWildcard: Bool, path: String
        }
        struct Asked: Decodable {
            var path: String, method: String, origin: String?, asksMethod: String?, asksHeaders: String?
        }
        struct Answer: Decodable {
            var status: Int, varies: Bool, fields: [String: String]
        }
        var policy: Policy, request: Asked, answer: Answer
    }

    private static let vectors = PythonVectors<Vector>("cross_origin")

    private static func app(_ cors: CORS) -> App {
        let (app, _) = smallApp()
        app.use(cors)
        app.route("/api/x", methods: [.get, .post]) { "x" }
        app.route("/other", methods: [.get, .post]) { "other" }
        app.route("/api/fails", methods: [.get, .post]) { () throws -> String in throw Abort(.conflict) }
        return app
    }

    private static func policy(_ vector: Vector.Policy) -> CORSPolicy {
        var policy = CORSPolicy(
            origins: vector.origins, allowedHeaders: vector.allowedHeaders, exposedHeaders: vector.exposedHeaders,
            allowsCredentials: vector.credentials, maxAge: vector.maxAge.map { .seconds($0) },
            sendsWildcard: vector.sendsWildcard)
        if let methods = vector.methods { policy.methods = methods.compactMap { HTTPRequest.Method(rawValue: $0) } }
        return policy
    }

    private static func headers(origin: String?, method: String? = nil, headers: String? = nil) -> Headers {
        var fields = Headers()
        fields[.origin] = origin
        fields[.accessControlRequestMethod] = method
        fields[.accessControlRequestHeaders] = headers
        return fields
    }

    private static func check(_ vectors: [Vector]) async throws {
        try #require(!vectors.isEmpty)
        for vector in vectors {
            let asked = vector.request
            try await app(CORS([vector.policy.path: policy(vector.policy)])).test { client async throws in
                let response = try await client.request(
                    HTTPRequest.Method(rawValue: asked.method)!, asked.path,
                    headers: headers(origin: asked.origin, method: asked.asksMethod, headers: asked.asksHeaders))
                var fields: [String: String] = [:]
                for (name, value) in response.headers where name.hasPrefix("Access-Control-") {
                    fields[String(name.dropFirst("Access-Control-".count))] = value
                }
                #expect(fields == vector.answer.fields, "\(vector)")
                // Here it is told in more cases: wherever another origin would have got another answer.
                if vector.answer.varies { #expect(response.headers.vary.contains("Origin"), "\(vector)") }
                if asked.method != "OPTIONS" { #expect(response.status.code == vector.answer.status, "\(vector)") }
            }
        }
    }

    @Test("get the fields that flask-cors sends") func recorded() async throws {
        try await Self.check(Self.vectors.recorded())
    }

    @Test("get the fields that the installed flask-cors sends", .enabled(if: vectors.isInstalled("flask-cors")))
    func current() async throws {
        try await Self.check(Self.vectors.current(seed: "\(TestSeed.value)", count: 100))
    }

    @Test(
        "an origin is compared as a whole, with what it is made of",
        arguments: [
            ("https://shop.example", "https://shop.example", true),
            ("https://shop.example", "https://shop.example:443", true),
            ("https://shop.example", "https://shop.example:8443", false),
            ("https://shop.example", "http://shop.example", false),
            ("https://shop.example", "https://shop.example.evil.org", false),
            ("https://shop.example", "https://evil-shop.example", false),
            ("https://*.shop.example", "https://a.b.shop.example", true),
            ("https://*.shop.example", "https://shop.example", false),
            ("https://*.shop.example", "https://evil.org/.shop.example", false),
            ("https://*.shop.example", "https://evil.org@x.shop.example", false),
            ("https://*.shop.example", "https://evil.org#.shop.example", false),
            ("https://*.shop.example", "https://evil.org:80.shop.example", false),
            ("https://*.shop.example", "https://evil.org?.shop.example", false),
            ("https://a*z.example", "https://az.example", true),
            ("https://a*b*c.example", "https://aXbYc.example", true),
            ("https://a*b*c.example", "https://aXcYb.example", false),
            ("*", "https://whoever.example", true), ("*", "null", true), ("https://shop.example", "null", false),
            ("*", "a b", false), ("*", "https://", false), ("app://localhost", "app://localhost", true),
        ])
    func origins(listed: String, origin: String, isAllowed: Bool) async throws {
        try await Self.app(CORS(CORSPolicy(origins: [listed]))).test { client async throws in
            let response = try await client.get("/other", headers: Self.headers(origin: origin))
            #expect(response.headers[.accessControlAllowOrigin] == (isAllowed ? origin : nil))
            #expect(response.headers.vary.contains("Origin"))
        }
    }

    @Test("a preflight request is answered before any code of the app, whatever the route")
    func preflight() async throws {
        let app = Self.app(CORS(CORSPolicy(origins: ["https://a.example"], maxAge: .seconds(60))))
        app.beforeRequest { request in request.method == .options ? Response("hook", status: .unauthorized) : nil }
        try await app.test(.server) { client async throws in
            let response = try await client.options(
                "/nowhere",
                headers: Self.headers(
                    origin: "https://a.example", method: "DELETE", headers: "X-A, x-b"))
            #expect(response.status == .noContent && response.headers[.accessControlMaxAge] == "60")
            #expect(response.headers[.accessControlAllowHeaders] == "X-A, x-b")
            let plain = try await client.options("/other", headers: Self.headers(origin: "https://a.example"))
            #expect(plain.text == "hook" && plain.headers[.accessControlAllowOrigin] == "https://a.example")
            let foreign = try await client.options(
                "/other", headers: Self.headers(origin: "https://evil.example", method: "DELETE"))
            #expect(
                foreign.headers[.accessControlAllowOrigin] == nil && foreign.headers[.accessControlAllowMethods] == nil)
        }
    }

    @Test("errors have the fields too: of hooks, of routing, and those that nobody expected", arguments: [false, true])
    func errors(debug: Bool) async throws {
        struct Broken: Error {}
        let (app, _) = smallApp(debug: debug)
        app.use(CORS())
        app.get("/broken") { () throws -> String in throw Broken() }
        app.get("/later") { () async throws -> String in throw Broken() }
        try await app.test { client async throws in
            for (path, status) in [("/broken", 500), ("/later", 500), ("/missing", 404)] {
                let response = try await client.get(path, headers: Self.headers(origin: "https://a.example"))
                #expect(response.status.code == status)
                #expect(response.headers[.accessControlAllowOrigin] == "https://a.example")
            }
        }
    }

    @Test("the most particular path's policy holds, and other paths have none")
    func paths() async throws {
        let cors = CORS([
            "/api/*": CORSPolicy(origins: ["https://a.example"]), "/api/x": CORSPolicy(origins: ["https://b.example"]),
        ])
        try await Self.app(cors).test { client async throws in
            func origin(_ path: String, _ origin: String) async throws -> String? {
                try await client.get(path, headers: Self.headers(origin: origin)).headers[.accessControlAllowOrigin]
            }
            #expect(try await origin("/api/x", "https://b.example") == "https://b.example")
            #expect(try await origin("/api/x", "https://a.example") == nil)
            #expect(try await origin("/%61pi/fails", "https://a.example") == "https://a.example")
            #expect(try await origin("/other", "https://a.example") == nil)
        }
    }

    @Test("a response's own field stays, and Vary keeps what it has")
    func own() async throws {
        let (app, _) = smallApp()
        app.use(CORS(CORSPolicy(origins: ["https://a.example"])))
        app.get("/own") { Response(headers: [.accessControlAllowOrigin: "https://own.example"]) }
        app.get("/vary") { Response(headers: [.vary: "Cookie, origin"]) }
        try await app.test { client async throws in
            let headers = Self.headers(origin: "https://a.example")
            let own = try await client.get("/own", headers: headers)
            #expect(own.headers[values: .accessControlAllowOrigin] == ["https://own.example"])
            #expect(try await client.get("/vary", headers: headers).headers[.vary] == "Cookie, origin")
        }
    }

    @Test("pages of public addresses may not ask a private network unless told", arguments: [false, true])
    func privateNetwork(isAllowed: Bool) async throws {
        try await Self.app(CORS(CORSPolicy(allowsPrivateNetwork: isAllowed))).test { client async throws in
            var headers = Self.headers(origin: "https://a.example", method: "GET")
            headers[HTTPField.Name("Access-Control-Request-Private-Network")!] = "true"
            let response = try await client.options("/other", headers: headers)
            #expect(response.headers[HTTPField.Name("Access-Control-Allow-Private-Network")!] == "\(isAllowed)")
        }
    }

    @Test(
        "what browsers would refuse, or what matches nothing, is reported at the start",
        arguments: [
            (["*"], true, "any page could act as its visitor"), (["https://*"], true, "any page could act"),
            (["*://*:*"], true, "any page could act"), (["https://a.example/"], false, "is no origin"),
            (["a.example"], false, "is no origin"), (["https://a.example", "https://*"], true, "any page could act"),
        ])
    func problems(origins: [String], credentials: Bool, message: String) async {
        let (app, _) = smallApp()
        app.use(CORS(CORSPolicy(origins: origins, allowsCredentials: credentials)))
        let problems = await app.problems()
        #expect(problems.count == 1 && problems.allSatisfy { $0.message.contains(message) && !$0.hint.isEmpty })
    }

    @Test("a pattern of paths begins with a slash or an asterisk") func pattern() async {
        let (app, _) = smallApp()
        app.use(CORS(["api/*": CORSPolicy()]))
        #expect(await app.problems().map(\.message) == ["'api/*' is no pattern of paths."])
    }
}
