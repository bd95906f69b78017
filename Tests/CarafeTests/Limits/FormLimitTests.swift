import Carafe
import CarafeTesting
import Testing

@Suite("How much a form may hold")
struct AppFormLimitTests {
    static func app() -> App {
        let (app, _) = smallApp()
        app.config.maxFormMemorySize = 100
        app.config.maxFormParts = 5
        app.post("/") { (form: Form<[String: String]>) in "\(form.value.count) \(form.files.count)" }
        app.post("/async") { (request: Request) async throws in
            let form = try await request.form()
            return "\(form.fields.count) \(form.files.count)"
        }
        return app
    }

    static func fields(_ count: Int) -> [TestPart] { (0..<count).map { .field("\($0)", "x") } }

    @Test("as many fields and bytes as the configuration allows are read", arguments: ["/", "/async"])
    func within(path: String) async throws {
        try await Self.app().test { client in
            #expect(try await client.post(path, .multipart(Self.fields(5))).text == "5 0")
            #expect(try await client.post(path, .form(["a": String(repeating: "x", count: 98)])).text == "1 0")
            let file = try await client.post(
                path, .multipart([.file("f", filename: "f", [UInt8](repeating: 0, count: 1_000))]))
            #expect(file.text == "0 1")
        }
    }

    @Test("more of either is 413", arguments: ["/", "/async"])
    func beyond(path: String) async throws {
        try await Self.app().test { client async throws in
            for content in [
                TestContent.multipart(Self.fields(6)), .form(["a": String(repeating: "x", count: 99)]),
                .form(Parameters((0..<6).map { ("\($0)", "") })),
                .multipart([.field("a", String(repeating: "x", count: 100))]),
            ] {
                #expect(try await client.post(path, content).status == .contentTooLarge)
            }
        }
    }

    @Test("an app that sets nothing has Werkzeug's limits")
    func defaults() {
        let (app, _) = smallApp()
        #expect(app.config.maxFormMemorySize == 500_000)
        #expect(app.config.maxFormParts == 1_000)
        #expect(app.config.maxContentLength == 16 * 1024 * 1024)
    }
}
