import Carafe
import CarafeTesting
import Testing

@Suite("Request ids")
struct RequestIDsTests {
    private static let field = HTTPField.Name("X-Request-ID")!

    private static func app(_ ids: RequestIDs, _ further: any Middleware...) -> (App, LogLines) {
        let (app, log) = smallApp()
        app.use(ids)
        for middleware in further { app.use(middleware) }
        app.get("/") { (request: Request) in request.id }
        app.get("/later") { (request: Request) async throws in
            await Task.yield()
            return Request.current?.id ?? "none"
        }
        return (app, log)
    }

    @Test("the response tells the id that the app knows, another one for each request", arguments: ["/", "/later"])
    func told(path: String) async throws {
        try await Self.app(RequestIDs()).0.test { client async throws in
            var seen: Set<String> = []
            for _ in 0..<3 {
                let response = try await client.get(path, headers: [Self.field: "client"])
                #expect(response.headers[values: Self.field] == [response.text])
                #expect(response.text != "client" && seen.insert(response.text).inserted)
            }
        }
    }

    @Test(
        "where it is asked to, it takes the client's, if that can do no harm",
        arguments: [
            ("0a1b-2c3d", true), ("Root=1-67891233-abcdef012345678912345678", true), ("a b", false), ("a\"b", false),
            ("a,b", false), ("é", false), (String(repeating: "x", count: 128), true),
            (String(repeating: "x", count: 129), false), ("", false),
        ])
    func taken(id: String, isTaken: Bool) async throws {
        try await Self.app(RequestIDs(fromClient: true)).0.test { client async throws in
            let response = try await client.get("/", headers: [Self.field: id])
            #expect((response.headers[Self.field] == id) == isTaken && response.headers[Self.field] == response.text)
        }
    }

    @Test("what other middleware answers has it as well, and so has the log")
    func everywhere() async throws {
        let (app, _) = Self.app(RequestIDs(fromClient: true), ProxyHeaders(), TrustedHosts("localhost"))
        app.get("/log") { (request: Request) in "\(request.logger[metadataKey: "request"] ?? "none")" }
        try await app.test { client async throws in
            let headers: Headers = [Self.field: "a-1"]
            #expect(try await client.get("http://evil.example/", headers: headers).headers[Self.field] == "a-1")
            var proxied = headers
            proxied[HTTPField.Name("X-Forwarded-For")!] = "192.0.2.1"
            #expect(try await client.get("/log", headers: proxied).text == "a-1")
            #expect(try await client.get("/missing", headers: headers).headers[Self.field] == "a-1")
        }
    }

    @Test("the field may have another name") func name() async throws {
        let name = HTTPField.Name("X-Correlation-ID")!
        try await Self.app(RequestIDs(fromClient: true, field: name)).0.test { client async throws in
            #expect(try await client.get("/", headers: [name: "a"]).headers[name] == "a")
        }
    }
}
