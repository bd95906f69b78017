import Carafe
import CarafeDevelopment
import CarafeHTTP
import CarafeTesting
import HTTPTypes
import Testing

@Suite("The console of the error page")
struct ConsoleTests {
    /// An app that has failed, its client, and the id of the error.
    private func failed(
        at path: String = "/pay/7?page=2", _ declare: (App) -> Void = { _ in },
        _ body: (TestClient, _ id: String, Workbench) async throws -> Void
    ) async throws {
        let app = FailingApp(declare)
        try await app.app.test { client async throws in
            let answer = try await client.get(path, headers: [.accept: "text/plain"])
            let path = try #require(answer.errorPath)
            let id = String(decoding: path.utf8.dropFirst("/__carafe/errors/".utf8.count), as: UTF8.self)
            try await body(client, id, try #require(app.workbench))
        }
    }

    private func unlock(_ client: TestClient, _ pin: String, headers: Headers = [:]) async throws -> TestResponse {
        try await client.post("/__carafe/console/unlock", .json(["pin": pin]), headers: headers)
    }

    private func ask(
        _ client: TestClient, _ expression: String, error id: String, scope: Int? = nil, headers: Headers = [:]
    ) async throws -> TestResponse {
        let question: JSONValue = [
            "error": .string(id), "scope": scope.map(JSONValue.int) ?? .null, "expression": .string(expression),
        ]
        return try await client.post("/__carafe/console", .json(question), headers: headers)
    }

    @Test(
        "evaluates expressions against the request, the session, g and the configuration",
        arguments: [
            ("request.method", "'GET'"), ("request.args.page|int + 1", "3"), ("session.user", "'ada'"),
            ("session['user']|upper", "'ADA'"), ("g.plan", "'free'"), ("config.MAIL_SERVER", "'mail.example'"),
            ("config.get('MAIL_PASSWORD')", "'********'"), ("url_for('pay', amount=3)", "'/pay/3'"),
            ("nothing", "undefined"), ("[1, 2]|sum", "3"), ("'a'.upper()", "'A'"),
        ])
    func values(expression: String, expected: String) async throws {
        try await failed { client, id, workbench async throws in
            #expect(try await unlock(client, workbench.consoleKey.pin).status == .ok)
            let answer = try await ask(client, expression, error: id)
            #expect(try answer.json(as: JSONValue.self)["value"] == .string(expected), "\(answer.text)")
        }
    }

    @Test("sees the names of each step of the way through templates")
    func scopes() async throws {
        try await failed(at: "/page") { client, id, workbench async throws in
            _ = try await unlock(client, workbench.consoleKey.shownPIN)
            #expect(try await ask(client, "double * 7", error: id, scope: 0).text.contains("42"))
            #expect(try await ask(client, "double", error: id).text.contains("undefined"))
            #expect(try await ask(client, "double", error: id, scope: 99).text.contains("undefined"))
        }
    }

    @Test(
        "changes nothing, calls nothing of the program's and cannot run away",
        arguments: [
            "session.pop('user')", "session.update({'a': 1})", "items.append(1)", "g.pop('plan')", "shout('a')",
            "'a'.__class__", "range(100000000)|list", "'a' * 100000000", "1 +", "[].append(1)",
        ])
    func sandboxed(expression: String) async throws {
        let app = { (app: App) in
            app.templateGlobal("shout") { (text: String) in text + "!" }
            app.get("/shout") { request in
                try request.render(
                    string: "{{ nothing.name.first }}",
                    ["shout": TemplateFunction("shout") { (text: String) in text + "!" }, "items": [1]])
            }
        }
        try await failed(at: "/shout", app) { client, id, workbench async throws in
            _ = try await unlock(client, workbench.consoleKey.pin)
            let answer = try await ask(client, expression, error: id, scope: 0)
            #expect(answer.status == .ok)
            #expect(try answer.json(as: JSONValue.self)["error"] != nil, "\(answer.text)")
        }
    }

    @Test("asks for the PIN")
    func locked() async throws {
        try await failed { client, id, workbench async throws in
            #expect(try await ask(client, "1", error: id).status == .unauthorized)
            #expect(try await unlock(client, "000-000-000x").status == .forbidden)
            #expect(try await ask(client, "1", error: id).status == .unauthorized)
            let forged: Headers = [.cookie: "__carafe_console=console.aaaa.bbbb"]
            #expect(try await ask(client, "1", error: id, headers: forged).status == .unauthorized)
            let opened = try await unlock(client, workbench.consoleKey.shownPIN)
            let cookie = try #require(opened.headers[.setCookie])
            for part in ["HttpOnly", "SameSite=Strict", "Path=/__carafe/"] { #expect(cookie.contains(part)) }
            #expect(try await ask(client, "1", error: id).status == .ok)
        }
    }

    @Test("is locked by ten wrong PINs, even for the right one")
    func tries() async throws {
        try await failed { client, id, workbench async throws in
            for left in (1...9).reversed() {
                let answer = try await unlock(client, "12")
                #expect(answer.status == .forbidden)
                #expect(answer.text.contains("\(left) tr"))
            }
            #expect(try await unlock(client, "12").status.code == 423)
            #expect(try await unlock(client, workbench.consoleKey.pin).status.code == 423)
            #expect(try await ask(client, "1", error: id).status == .unauthorized)
        }
    }

    @Test("forgives wrong PINs once the right one is given")
    func forgiven() async throws {
        try await failed { client, _, workbench async throws in
            for _ in 0..<2 {
                for _ in 0..<9 { _ = try await unlock(client, "12") }
                #expect(try await unlock(client, workbench.consoleKey.pin).status == .ok)
            }
        }
    }

    @Test(
        "answers on trusted hosts alone",
        arguments: [
            ("localhost", true), ("LOCALHOST:8000", true), ("shop.localhost", true), ("127.0.0.1:8000", true),
            ("[::1]:8000", true), ("evil.example", false), ("127.0.0.1.evil.example", false), ("10.0.0.1", false),
            ("evillocalhost", false), ("tea.example", true),
        ])
    func hosts(host: String, isTrusted: Bool) async throws {
        try await failed({ $0.config.trustedHosts = ["tea.example", "localhost"] }) {
            client, _, workbench async throws in
            let answer = try await client.post(
                "http://\(host)/__carafe/console/unlock", .json(["pin": workbench.consoleKey.pin]))
            #expect((answer.status == .ok) == isTrusted, "\(answer.text)")
        }
    }

    @Test("takes JSON by POST, from no page of another site")
    func requests() async throws {
        try await failed { client, _, workbench async throws in
            let pin = workbench.consoleKey.pin
            #expect(try await unlock(client, pin, headers: [.origin: "http://evil.example"]).status == .forbidden)
            #expect(try await client.get("/__carafe/console/unlock").status == .methodNotAllowed)
            let form = try await client.post("/__carafe/console/unlock", .form(["pin": pin]))
            #expect(form.status == .unsupportedMediaType)
            #expect(try await client.post("/__carafe/console/unlock", .json([1])).status == .badRequest)
            let long = String(repeating: "1", count: 20_000)
            #expect(try await unlock(client, long).status == .contentTooLarge)
        }
    }

    @Test("knows no error that is forgotten, and no expression that is too long")
    func unknown() async throws {
        try await failed { client, id, workbench async throws in
            _ = try await unlock(client, workbench.consoleKey.pin)
            #expect(try await ask(client, "1", error: "nothing").status == .notFound)
            let long = String(repeating: "1", count: 2_001)
            #expect(try await ask(client, long, error: id).status == .badRequest)
        }
    }

    @Test("has a key that survives being handed down")
    func key() throws {
        let key = ConsoleKey()
        #expect(key.pin.utf8.count == 9 && key.pin.utf8.allSatisfy { 0x30...0x39 ~= $0 })
        #expect(key.shownPIN.utf8.count == 11)
        let copy = try #require(ConsoleKey(key.text))
        #expect(copy.text == key.text)
        #expect(ConsoleKey().text != key.text)
        for text in ["", "123456789", "12 abcdefghijklmnopqrstuvwxyzabcdefghijkl"] { #expect(ConsoleKey(text) == nil) }
    }
}
