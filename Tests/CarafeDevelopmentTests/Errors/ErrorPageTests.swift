import Carafe
import CarafeDevelopment
import CarafeHTTP
import CarafeTesting
import Testing

@Suite("The error page")
struct ErrorPageTests {
    private func page(
        _ path: String, headers: Headers = browserFields, _ content: TestContent? = nil
    ) async throws -> TestResponse {
        try await FailingApp().app.test { client async throws in
            if let content { return try await client.post(path, content, headers: headers) }
            return try await client.get(path, headers: headers)
        }
    }

    @Test("tells the error's type, message and hint, escaped")
    func error() async throws {
        let page = try await page("/pay/7")
        #expect(page.status == .internalServerError)
        #expect(page.text.contains("<h1>7 € were &lt;refused&gt;.</h1>"))
        #expect(page.text.contains(#"<p class="kind">PaymentFailed</p>"#))
        #expect(page.text.contains("Ask for another card."))
    }

    @Test("shows where the error was thrown, with the line marked")
    func source() async throws {
        let page = try await page("/pay/7")
        #expect(page.text.contains("pay(_:)"))
        #expect(page.text.contains(#"<span class="here">"#))
        #expect(page.text.contains("throw PaymentFailed(amount: amount)"))
        #expect(page.text.contains("calls, with those of libraries"))
    }

    @Test("shows the functions that waited")
    func waiting() async throws {
        let text = try await page("/wait", headers: [.accept: "text/plain"]).text
        let pay = try #require(text.firstRange(of: "in static FailingApp.pay(_:)"))
        let waiting = try #require(text.firstRange(of: "in static FailingApp.waitAndPay()"))
        #expect(pay.lowerBound < waiting.lowerBound)
        #expect(text.contains("(waiting)"), "\(text)")
    }

    @Test("tells the errors that caused it")
    func chain() async throws {
        let page = try await page("/chain")
        #expect(page.text.contains("<h1>The order could not be placed.</h1>"))
        #expect(page.text.contains("caused by <b>PaymentFailed</b>: 1 € were &lt;refused&gt;."))
        #expect(page.text.contains("throw PaymentFailed(amount: amount)"))
    }

    @Test("shows the way through templates with what could be seen there")
    func template() async throws {
        let page = try await page("/page").text
        #expect(page.contains(#"<p class="kind">UndefinedError</p>"#))
        let part = try #require(page.firstRange(of: "part.html:1"))
        let block = try #require(page.firstRange(of: "page.html:4"))
        #expect(part.lowerBound < block.lowerBound)
        #expect(page.contains("{{ missing.name }}"))
        #expect(page.contains("<dt>double</dt><dd>6</dd>"))
        #expect(page.contains("<dt>items</dt><dd>[3, 4]</dd>"))
        #expect(page.contains("<dt>title</dt><dd>&#39;Shop&#39;</dd>"))
    }

    @Test("shows the request, the session, the route and the log, and no secrets")
    func tabs() async throws {
        let page = try await page(
            "/pay/7?page=2&token=query-secret",
            headers: [.accept: "text/html", .authorization: "Bearer header-secret", .cookie: "theme=dark"],
            .form(["name": "Ada", "password": "form-secret"])
        ).text
        for shown in [
            "<dt>page</dt><dd>2</dd>", "<dt>theme</dt><dd>dark</dd>", "<dt>user</dt><dd>&#39;ada&#39;</dd>",
            "<dt>plan</dt><dd>&#39;free&#39;</dd>", "<dt>Endpoint</dt><dd>pay</dd>", "<dt>amount</dt><dd>7</dd>",
            "paying 7", "mail.example", "POST /pay/7?page=2&amp;token=********",
        ] { #expect(page.contains(shown), "\(shown)") }
        for secret in [
            "query-secret", "header-secret", "form-secret", "session-secret", "mail-secret", "a secret key",
        ] { #expect(!page.contains(secret), "\(secret)") }
    }

    @Test("shows content by its type, and never a form's as it was sent")
    func content() async throws {
        let app = FailingApp { app in
            app.post("/read") { (request: Request) async throws -> String in
                _ = try await request.data()
                return try FailingApp.pay(1)
            }
            app.post("/form") { (request: Request) async throws -> String in
                _ = try await request.form()
                return try FailingApp.pay(1)
            }
        }
        try await app.app.test { client async throws in
            let json = try await client.post(
                "/read", .json(["a": "b", "password": "json-secret"] as JSONValue), headers: browserFields)
            #expect(json.text.contains("&#34;a&#34;: &#34;b&#34;"))
            #expect(!json.text.contains("json-secret"))
            let form = try await client.post(
                "/form", .form(["name": "Ada", "password": "form-secret"]), headers: browserFields)
            #expect(form.text.contains("<dt>name</dt><dd>Ada</dd>"))
            #expect(!form.text.contains("form-secret"))
        }
    }

    @Test(
        "is text for curl, problem details for what asks for JSON",
        arguments: [
            ("*/*", "text/plain; charset=utf-8"), ("application/json", "application/problem+json"),
            ("text/html", "text/html; charset=utf-8"),
        ])
    func forms(accept: String, type: String) async throws {
        let answer = try await page("/pay/7", headers: [.accept: accept])
        #expect(answer.status == .internalServerError)
        #expect(answer.headers[.contentType] == type)
        #expect(answer.text.contains("PaymentFailed"))
    }

    @Test("has the calls in its problem details")
    func problem() async throws {
        let answer = try await page("/chain", headers: [.accept: "application/json"])
        let problem = try answer.json(as: JSONValue.self)
        #expect(problem["status"] == 500)
        #expect(problem["errors"]?[1]?["type"] == "PaymentFailed")
        let frame = try #require(problem["errors"]?[1]?["frames"]?[0])
        #expect(frame["function"] == "static FailingApp.pay(_:)")
        #expect(frame["application"] == true)
        #expect(frame["line"]?.int ?? 0 > 0)
    }

    @Test("stays at an address of its own, as a page, as text, as Markdown and as JSON")
    func address() async throws {
        try await FailingApp().app.test { client async throws in
            let path = try #require(try await client.get("/pay/7", headers: browserFields).errorPath)
            let page = try await client.get(path, headers: browserFields)
            #expect(page.status == .ok)
            #expect(page.text.contains("7 € were"))
            #expect(try await client.get(path + ".txt").text.contains("PaymentFailed: 7 € were <refused>."))
            let markdown = try await client.get(path + ".md")
            #expect(markdown.text.contains("### PaymentFailed: 7 €"))
            #expect(markdown.text.contains("```swift\n"))
            #expect(try await client.get(path + ".json").json(as: JSONValue.self)["status"] == 500)
            #expect(try await client.get(path + ".exe").status == .notFound)
            #expect(try await client.get("/__carafe/errors/", headers: browserFields).text.contains(path))
        }
    }

    @Test("is kept for the last twenty errors")
    func bounded() async throws {
        try await FailingApp().app.test { client async throws in
            let first = try #require(try await client.get("/pay/0", headers: [.accept: "text/plain"]).errorPath)
            for amount in 1..<20 { _ = try await client.get("/pay/\(amount)") }
            #expect(try await client.get(first).status == .ok)
            _ = try await client.get("/pay/20")
            #expect(try await client.get(first).status == .notFound)
        }
    }

    @Test("runs under a policy of its own, whatever the app's hooks set")
    func policy() async throws {
        let app = FailingApp { app in
            app.afterRequest { _, response in response.headers[.contentSecurityPolicy] = "default-src 'none'" }
            app.get("/fine") { "fine" }
        }
        try await app.app.test { client async throws in
            let page = try await client.get("/pay/7", headers: browserFields)
            let policy = try #require(page.headers[.contentSecurityPolicy])
            let nonce = try #require(policy.firstMatch(from: "'nonce-", to: "'"))
            #expect(page.text.contains(#"<style nonce="\#(nonce)">"#))
            #expect(page.text.contains(#"<script nonce="\#(nonce)""#))
            #expect(!page.text.contains("style=\""))
            #expect(try await client.get("/fine").headers[.contentSecurityPolicy] == "default-src 'none'")
        }
    }

    @Test("comes before the app's handlers for 500, but not before those for the error's own type")
    func handlers() async throws {
        let app = FailingApp { app in
            app.onError(.internalServerError) { _, _ in Response("mine", status: .internalServerError) }
            app.onError(FailingApp.Outer.self) { _, _ in Response("handled") }
        }
        try await app.app.test { client async throws in
            #expect(try await client.get("/pay/7").text.contains("PaymentFailed"))
            #expect(try await client.get("/chain").text == "handled")
        }
    }

    @Test("is not there outside of debug mode, and nothing else of the tools")
    func production() async throws {
        let app = FailingApp(debug: false)
        try await app.app.test { client async throws in
            let page = try await client.get("/pay/7", headers: browserFields)
            #expect(page.status == .internalServerError)
            for trace in ["PaymentFailed", "__carafe", "FailingApp", ".swift"] {
                #expect(!page.text.contains(trace), "\(trace)")
            }
            #expect(try await client.get("/__carafe/errors/").status == .notFound)
            #expect(try await client.post("/__carafe/console", .json(["pin": "1"])).status == .notFound)
        }
        #expect(app.workbench == nil)
    }
}

extension String {
    /// What stands between two texts, where they first occur.
    func firstMatch(from start: String, to end: String) -> String? {
        guard let start = firstRange(of: start), let end = self[start.upperBound...].firstRange(of: end) else {
            return nil
        }
        return String(self[start.upperBound..<end.lowerBound])
    }
}
