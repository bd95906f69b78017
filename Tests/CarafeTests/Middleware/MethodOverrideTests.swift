import Carafe
import CarafeTesting
import NIOCore
import Testing

@Suite("Methods in place of POST")
struct MethodOverrideTests {
    private static let header = HTTPField.Name("X-HTTP-Method-Override")!

    private static func app(_ override: MethodOverride) -> App {
        let (app, _) = smallApp()
        app.use(override)
        app.route("/", methods: [.get, .post, .put, .patch, .delete]) { (request: Request) async throws in
            let form = try await request.form()
            return "\(request.method.rawValue) \(form.fields["a"] ?? "-")"
        }
        return app
    }

    @Test(
        "the field makes a PUT, PATCH or DELETE of a POST, and nothing else of anything",
        arguments: [
            ("PUT", "PUT"), ("patch", "PATCH"), ("DELETE", "DELETE"), ("GET", "POST"), ("HEAD", "POST"),
            ("OPTIONS", "POST"), ("CONNECT", "POST"), ("", "POST"), ("DELETE, PUT", "POST"),
        ])
    func header(asked: String, method: String) async throws {
        try await Self.app(MethodOverride()).test { client async throws in
            #expect(try await client.post("/", headers: [Self.header: asked]).text == "\(method) -")
            #expect(try await client.get("/", headers: [Self.header: asked]).text == "GET -")
        }
    }

    @Test("a form's field does where it is asked to; the content stays the app's", arguments: [false, true])
    func forms(isRead: Bool) async throws {
        let method = isRead ? "DELETE" : "POST"
        try await Self.app(MethodOverride(inForms: isRead)).test(.server) { client async throws in
            #expect(try await client.post("/", .form(["_method": "delete", "a": "1"])).text == "\(method) 1")
            let large = String(repeating: "x", count: 200_000)
            #expect(
                try await client.post("/", .form(["a": large, "_method": "delete"])).text == "\(method) \(large)")
        }
    }

    @Test("the header counts first, and can be left out")
    func both() async throws {
        let content = TestContent.form(["_method": "DELETE"])
        try await Self.app(MethodOverride(inForms: true)).test { client async throws in
            #expect(try await client.post("/", content, headers: [Self.header: "PUT"]).text == "PUT -")
            #expect(try await client.post("/", .text("_method=DELETE")).text == "POST -")
        }
        try await Self.app(MethodOverride(inHeader: false, inForms: true)).test { client async throws in
            #expect(try await client.post("/", content, headers: [Self.header: "PUT"]).text == "DELETE -")
        }
    }

    @Test("a form that is too large is the app's to refuse, and one without a declared length is refused at its limit")
    func limits() async throws {
        let app = Self.app(MethodOverride(inForms: true))
        app.config.maxFormMemorySize = 100
        try await app.test(.server) { client async throws in
            let text = "_method=DELETE&a=" + String(repeating: "x", count: 200)
            #expect(try await client.post("/", .form(["a": text])).status == .contentTooLarge)
            let pieces = AsyncStream<ByteBuffer> { continuation in
                continuation.yield(ByteBuffer(string: text))
                continuation.finish()
            }
            let content = TestContent.stream(pieces, contentType: "application/x-www-form-urlencoded")
            #expect(try await client.post("/", content).status == .contentTooLarge)
        }
    }
}
