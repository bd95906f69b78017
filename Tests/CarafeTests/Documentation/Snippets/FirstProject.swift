import Carafe
import CarafeTesting
import Testing

/// The project that docs/guide.md makes from an empty folder.
@Suite("The guide's first project")
struct FirstProject {
    func makeApp() -> App {
        let app = App("hello")
        app.get("/") { "Hello, World!" }
        app.get("/hello/<name>") { (name: String) in HTML("<h1>Hello, \(name)!</h1>") }
        return app
    }

    func main() async {
        await makeApp().main()
    }

    @Test("the front page greets")
    func frontPage() async throws {
        try await makeApp().test { client in
            let response = try await client.get("/")
            #expect(response.status == .ok)
            #expect(response.text == "Hello, World!")
        }
    }
}
