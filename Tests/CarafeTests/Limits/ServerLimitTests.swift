import Carafe
import CarafeTesting
import Testing

@Suite("The limits that an app sets for its server")
struct ServerLimitTests {
    @Test("a request target past its limit is 414", arguments: [TestTransport.inMemory, .server])
    func target(transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.serverConfiguration.limits.target = 20
        app.get("/<path:rest>") { (rest: String) in rest }
        try await app.test(transport) { client in
            let fitting = try await client.get("/" + String(repeating: "a", count: 19))
            #expect(fitting.status == .ok)
            let long = try await client.get("/" + String(repeating: "a", count: 20))
            #expect(long.status == .uriTooLong)
        }
    }

    @Test("more files than the app's forms may have are 413")
    func files() async throws {
        let (app, _) = smallApp()
        app.formLimits.files = 1
        app.post("/") { (form: Form<[String: String]>) in "\(form.files.count)" }
        try await app.test { client in
            let parts = (0..<2).map { TestPart.file("f\($0)", filename: "f", [0]) }
            let one = try await client.post("/", .multipart([parts[0]]))
            #expect(one.text == "1")
            let two = try await client.post("/", .multipart(parts))
            #expect(two.status == .contentTooLarge)
        }
    }

    @Test("the limits on forms and the configuration say the same")
    func formLimits() {
        let (app, _) = smallApp()
        app.formLimits.fieldBytes = 10
        app.formLimits.parts = 2
        #expect(app.config.maxFormMemorySize == 10 && app.config.maxFormParts == 2)
        app.config.maxFormParts = 3
        #expect(app.formLimits.parts == 3)
    }
}
