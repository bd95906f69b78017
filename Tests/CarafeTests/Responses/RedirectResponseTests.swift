import Carafe
import CarafeTesting
import Testing

@Suite("The redirects that handlers make")
struct RedirectResponseTests {
    @Test(
        "the status is 303 after POST and 302 after everything else",
        arguments: [
            (HTTPRequest.Method.get, 302), (.head, 302), (.post, 303), (.put, 302), (.patch, 302), (.delete, 302),
        ])
    func status(method: HTTPRequest.Method, code: Int) async throws {
        let (app, _) = smallApp()
        app.route("/", methods: [.get, .post, .put, .patch, .delete]) { redirect(to: "/next") }
        app.route("/async", methods: [.get, .post, .put, .patch, .delete]) { () async in redirect(to: "/next") }
        try await app.test { client async throws in
            #expect(try await client.request(method, "/").status.code == code)
            #expect(try await client.request(method, "/async").status.code == code)
        }
    }

    @Test("a status that is given is sent", arguments: [301, 302, 303, 307, 308])
    func given(code: Int) async throws {
        let (app, _) = smallApp()
        app.post("/") { redirect(to: "/next", status: .init(code: code)) }
        try await app.test { client in
            let response = try await client.post("/")
            #expect(response.status.code == code && response.location == "/next")
        }
    }

    @Test(
        "the location is made a URI, and the page escapes it",
        arguments: [
            ("/a b?q=ü", "/a%20b?q=%C3%BC"), ("https://example.com/%20", "https://example.com/%20"),
            ("/\"><script>", "/%22%3E%3Cscript%3E"),
        ])
    func location(given: String, sent: String) async throws {
        let (app, _) = smallApp()
        app.get("/") { redirect(to: given) }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.location == sent)
            #expect(response.text.contains("<a href=\"\(sent)\">\(sent)</a>"))
        }
    }

    @Test("a line break in a location adds no field", arguments: ["/a\r\nX-Evil: 1", "/a\nX-Evil: 1", "/a\u{0}"])
    func injection(given: String) async throws {
        let (app, _) = smallApp()
        app.get("/") { redirect(to: given) }
        try await app.test(.server) { client in
            let response = try await client.get("/")
            #expect(response.status == .found)
            #expect(!response.headers.contains(where: { $0.name == "X-Evil" }))
        }
    }
}
