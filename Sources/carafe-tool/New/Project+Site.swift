/// A site: pages from templates, a style sheet, a form.
extension Project {
    var siteFiles: [(String, String)] {
        [
            ("Sources/\(name)/main.swift", Self.main),
            ("Sources/\(name)/App.swift", siteApp),
            ("templates/layout.html", siteLayout),
            ("templates/index.html", Self.siteIndex),
            ("templates/error.html", Self.siteError),
            ("static/style.css", Self.siteStyle),
            ("Tests/\(name)Tests/AppTests.swift", siteTests),
        ]
    }

    static var main: String {
        """
        import Carafe

        await makeApp().main()

        """
    }

    private var siteApp: String {
        """
        import Carafe

        /// What the form on the front page sends.
        struct Greeting: Codable {
            var name: String
        }

        /// The app: what it answers, and how it is configured.
        func makeApp(environment: ConfigEnvironment = .process) -> App {
            let app = App("\(name)", environment: environment)

            app.get("/", name: "index") { request in
                let name: String? = request.session["name"]
                return try render("index.html", ["name": name])
            }

            app.post("/greet", name: "greet") { (request: Request, form: Form<Greeting>) in
                request.session["name"] = form.value.name
                request.flash("Nice to meet you.")
                return redirect(to: try request.url(for: "index"))
            }

            app.onError(.notFound) { request, _ in
                try render("error.html", ["path": request.path]).status(.notFound)
            }

            return app
        }

        """
    }

    private var siteLayout: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{% block title %}\(name){% endblock %}</title>
          <link rel="stylesheet" href="{{ url_for('static', filename='style.css') }}">
        </head>
        <body>
          {% for message in get_flashed_messages() %}
          <p class="message">{{ message }}</p>
          {% endfor %}
          {% block content %}{% endblock %}
        </body>
        </html>

        """
    }

    private static var siteIndex: String {
        """
        {% extends "layout.html" %}
        {% block content %}
        <h1>Hello, {{ name or "World" }}!</h1>
        <form method="post" action="{{ url_for('greet') }}">
          <label>Your name <input name="name" required></label>
          <button>Greet</button>
        </form>
        {% endblock %}

        """
    }

    private static var siteError: String {
        """
        {% extends "layout.html" %}
        {% block title %}Nothing here{% endblock %}
        {% block content %}
        <h1>Nothing here</h1>
        <p>There is no page at {{ path }}. <a href="{{ url_for('index') }}">Back to the front page</a></p>
        {% endblock %}

        """
    }

    private static var siteStyle: String {
        """
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
        body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
        input, button { font: inherit; padding: 0.25rem 0.5rem; }
        .message { padding: 0.5rem 1rem; border-left: 0.25rem solid seagreen; }

        """
    }

    private var siteTests: String {
        """
        import Carafe
        import CarafeTesting
        import Testing

        @testable import \(name)

        @Suite("The site")
        struct AppTests {
            private func app() -> App {
                makeApp(environment: .variables(["CARAFE_SECRET_KEY": "for tests"]))
            }

            @Test("greets the world until it knows somebody's name")
            func greeting() async throws {
                try await app().test { client in
                    #expect(try await client.get("/").text.contains("Hello, World!"))
                    let page = try await client.post("/greet", .form(["name": "Ada"]), followRedirects: true)
                    #expect(page.text.contains("Hello, Ada!"))
                    #expect(page.text.contains("Nice to meet you."))
                }
            }

            @Test("a page that does not exist is 404, with a way back")
            func missing() async throws {
                try await app().test { client in
                    let page = try await client.get("/nowhere")
                    #expect(page.status == .notFound)
                    #expect(page.text.contains("front page"))
                }
            }
        }

        """
    }
}
