import Carafe
import CarafeTesting
import Testing

@Suite("The guest book")
struct GuestBookTests {
    func makeApp() -> App {
        let app = App("guests", root: "/nonexistent", environment: .none)
        app.config.secretKey = "for tests"
        app.post("/sign") { (request: Request, form: Form<[String: String]>) in
            request.session["name"] = form.value["name"] ?? "nobody"
            request.flash("Thank you.")
            return redirect(to: "/book")
        }
        app.get("/book") { request in
            let name: String? = request.session["name"]
            return ["last": name ?? "nobody"]
        }
        return app
    }

    @Test("a guest who signs stands in the book")
    func signing() async throws {
        try await makeApp().test { client in
            let response = try await client.post("/sign", .form(["name": "Ada"]), followRedirects: true)
            #expect(response.status == .ok)
            #expect(response.history.first?.status == .seeOther)
            let book: [String: String] = try response.json()
            #expect(book == ["last": "Ada"])
            let flashes = try await client.flashes()
            #expect(flashes.map(\.text) == ["Thank you."])
        }
    }

    @Test("a guest of yesterday is remembered")
    func remembering() async throws {
        try await makeApp().test { client in
            try await client.session { $0["name"] = "Grace" }
            let response = try await client.get("/book")
            #expect(response.text.contains("Grace"))
        }
    }
}

/// The snippets of docs/guide/testing.md.
enum TestingPage {
    static func multipart(_ client: TestClient) async throws -> TestResponse {
        let photo = TestPart.file("photo", filename: "duck.txt", "quack")
        let response = try await client.post("/photos", .multipart([.field("title", "A duck"), photo]))
        return response
    }

    static func stream(_ client: TestClient) async throws {
        try await client.stream(.get, "/clock") { response in
            for try await line in response.lines {
                #expect(line == "event: tick")
                break
            }
        }
    }

    static func command(_ app: App) async throws {
        let result = try await app.runCommand(["routes", "--sort", "rule"])
        #expect(result.exitCode == 0)
        #expect(result.output.contains("Endpoint"))
    }
}
