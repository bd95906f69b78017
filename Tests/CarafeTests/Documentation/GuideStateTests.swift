import Carafe
import CarafeTesting
import Foundation
import Testing

/// An app for a page's snippets.
private func app(_ declare: (App) throws -> Void) rethrows -> App {
    let app = App("docs", root: "/nonexistent", environment: .none)
    app.config.secretKey = "for tests"
    try declare(app)
    return app
}

@Suite("What the guide on hooks and sessions says")
struct SessionsPageTests {
    @Test("hooks run as the guide says")
    func hooks() async throws {
        let app = app {
            SessionsPage.hooks($0)
            SessionsPage.g($0)
        }
        try await app.test { (client) async throws in
            let whoami = try await client.get("/whoami")
            #expect(whoami.text == "You are nobody.")
            #expect(whoami.headers[.xContentTypeOptions] == "nosniff")
            #expect(try await client.get("/whoami", authorization: .bearer("x")).text == "You are somebody.")
            #expect(try await client.get("/admin/").location == "/login")
            try await client.session { $0["user"] = "ada" }
            #expect(try await client.get("/admin/").text == "Secrets")
        }
    }

    @Test("a signal's receiver hears of responses until it is disconnected")
    func signals() async throws {
        let app = App("docs", root: "/nonexistent", environment: .none)
        app.get("/busy") { HTTPResponse.Status.serviceUnavailable }
        let (count, connection) = SessionsPage.signals(app)
        try await app.test { (client) async throws in
            _ = try await client.get("/busy")
            #expect(count() == 1)
            connection.disconnect()
            _ = try await client.get("/busy")
            #expect(count() == 1)
        }
    }

    @Test("a session remembers until it is cleared")
    func sessions() async throws {
        try await app(SessionsPage.sessions).test { (client) async throws in
            let login = try await client.post("/login", .form(["name": "Ada"]), followRedirects: true)
            #expect(login.text == "Visit 1 of Ada.")
            #expect(try await client.get("/visits").text == "Visit 2 of Ada.")
            let logout = try await client.post("/logout", followRedirects: true)
            #expect(logout.text == "Visit 1 of a stranger.")
        }
    }

    @Test("a flashed message is shown once")
    func flashes() async throws {
        try await app(SessionsPage.flashes).test { (client) async throws in
            let page = try await client.post("/save", followRedirects: true)
            #expect(page.text == "<ul><li class=\"good\">Saved.</li></ul>")
            #expect(try await client.get("/messages").text == "<ul></ul>")
        }
    }

    @Test("a store of one's own keeps sessions on the server")
    func store() async throws {
        let app = try app {
            SessionsPage.sessions($0)
            try SessionsPage.store($0)
        }
        try await app.test { (client) async throws in
            #expect(try await client.get("/visits").text == "Visit 1 of a stranger.")
            #expect(try await client.get("/visits").text == "Visit 2 of a stranger.")
            #expect(client.cookie("session")?.utf8.count ?? 0 < 140)
            _ = try await client.post("/logout")
            #expect(client.cookie("session") == nil)
        }
    }
}

@Suite("What the guide on configuration says")
struct ConfigurationPageTests {
    @Test("values are read, and the environment wins over them")
    func values() async throws {
        try await app(ConfigurationPage.values).test { (client) async throws in
            #expect(try await client.get("/mail").text == "localhost:25")
        }
        let environment = ["CARAFE_MAIL_SERVER": "mail.example.com", "FLASK_MAIL_PORT": "587"]
        let outer = App("docs", root: "/nonexistent", environment: .variables(environment))
        ConfigurationPage.values(outer)
        try await outer.test { (client) async throws in
            #expect(try await client.get("/mail").text == "mail.example.com:587")
        }
    }

    @Test("a JSON file sets values")
    func jsonFile() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try Data(#"{"MAIL_SERVER": "mail.example.com"}"#.utf8).write(to: root.appending(path: "config.json"))
        let app = App("docs", root: root.path, environment: .none)
        try ConfigurationPage.jsonFile(app)
        #expect(try app.config.string("MAIL_SERVER") == "mail.example.com")
    }

    @Test("a command of one's own runs from the command line")
    func command() async throws {
        let result = try await app(ConfigurationPage.command).runCommand(["seed", "20"])
        #expect(result.exitCode == 0)
        #expect(result.output.contains("docs: 20 posts"))
    }

    @Test("the guide shows every option of the command line")
    func options() async throws {
        let help = try await app { _ in }.runCommand(["serve", "--help"]).output
        let guide = try Documents.text("docs/guide/configuration.md")
        let options = help.matches(of: /--[a-z-]+/).map { String($0.output) }
        #expect(options.contains("--graceful-timeout"))
        for option in options where option != "--help" { #expect(guide.contains(option), "\(option)") }
    }

    @Test("logging and extensions of the guide work")
    func others() async throws {
        let app = app {
            ConfigurationPage.logging($0)
            ConfigurationPage.ownExtension($0)
        }
        app.logger.logLevel = .critical
        try await app.test { (client) async throws in
            #expect(try await client.get("/work").text == "done")
            #expect(try await client.get("/health").text == "ok")
        }
    }
}

@Suite("What the guides on testing and on Flask say")
struct FlaskPageTests {
    @Test("streams and commands are tested as the guide shows")
    func testing() async throws {
        try await app(ResponsesPage.events).test { (client) async throws in try await TestingPage.stream(client) }
        try await TestingPage.command(app(RoutingPage.routes))
    }

    @Test("the session of a Flask app is read")
    func session() async throws {
        let app = App("docs", root: "/nonexistent", environment: .none)
        app.config.secretKey = "dev"
        app.config.permanentSessionLifetime = 100 * 365 * 24 * 3600
        FlaskPage.session(app)
        try await app.test { (client) async throws in
            #expect(try await client.get("/api/me").status == .unauthorized)
            // What Flask 3.1 made of {"user_id": 42} on 14 November 2023.
            client.setCookie("session", "eyJ1c2VyX2lkIjo0Mn0.ZVPxAA.hjhtQRGPO7UK57j5dSOtrXVGqbs")
            #expect(try await client.get("/api/me").text == #"{"user_id":42}"#)
        }
    }

    @Test("a password of a Werkzeug hash logs in")
    func password() async throws {
        // generate_password_hash("lovelace", "pbkdf2:sha256:1000") of Werkzeug 3.1.
        let hash =
            "pbkdf2:sha256:1000$vlSxIO7clTu5AmNX$eac58317e16facc7202e34652bbf71bd7d39cb1321bcbd6b904f57754c667918"
        try await app { FlaskPage.password($0, storedHash: hash) }.test { (client) async throws in
            #expect(try await client.post("/api/login", .form(["password": "lovelace"])).status == .noContent)
            #expect(try await client.post("/api/login", .form(["password": "babbage"])).status == .forbidden)
        }
    }

    @Test("a signed token is read again")
    func token() throws { #expect(try FlaskPage.token() == 5) }
}
