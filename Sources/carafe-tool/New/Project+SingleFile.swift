/// All of the app in one file.
extension Project {
    var singleFileFiles: [(String, String)] {
        [
            ("Sources/main.swift", singleFileApp),
            ("Tests/\(name)Tests/AppTests.swift", singleFileTests),
        ]
    }

    private var singleFileApp: String {
        """
        import Carafe

        func makeApp(environment: ConfigEnvironment = .process) -> App {
            let app = App("\(name)", environment: environment)

            app.get("/") {
                HTML("<!doctype html><title>\(name)</title><h1>Hello, World!</h1>")
            }

            app.get("/hello/<name>") { (name: String) in
                HTML("<!doctype html><title>\\(name)</title><h1>Hello, \\(name)!</h1>")
            }

            return app
        }

        await makeApp().main()

        """
    }

    private var singleFileTests: String {
        """
        import Carafe
        import CarafeTesting
        import Testing

        @testable import \(name)

        @Test("everybody is greeted by name")
        func greeting() async throws {
            try await makeApp(environment: .none).test { client in
                let page = try await client.get("/hello/Ada")
                #expect(page.text.contains("Hello, Ada!"))
            }
        }

        """
    }
}
