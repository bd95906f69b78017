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

@Suite("What the guide on responses says")
struct ResponsesPageTests {
    static let answers: [(declare: @Sendable (App) -> Void, path: String, status: Int, type: String?, text: String?)] =
        [
            (ResponsesPage.responses, "/teapot", 418, "text/plain; charset=utf-8", "Short and stout"),
            (
                ResponsesPage.html, "/list", 200, "text/html; charset=utf-8",
                "<ul><li>bread</li><li>&lt;butter&gt;</li></ul>"
            ),
            (ResponsesPage.json, "/posts/1", 200, "application/json", #"{"id":1,"title":"Hello"}"#),
            (ResponsesPage.json, "/posts/2", 404, nil, nil),
            (ResponsesPage.json, "/health", 200, "application/json", #"{"status":"ok","checks":{"database":true}}"#),
            (ResponsesPage.json, "/flasky", 200, "application/json", #"{"id":1,"title":"Gr\u00fc\u00dfe"}"#),
            (ResponsesPage.files, "/report", 404, nil, nil),
            (ResponsesPage.files, "/uploads/../secret", 404, nil, nil),
            (ResponsesPage.redirects, "/old", 301, nil, nil),
            (ResponsesPage.cookies, "/theme/dark", 200, nil, "Now dark."),
            (ResponsesPage.stream, "/numbers.csv", 200, "text/csv; charset=utf-8", "1,1\r\n2,4\r\n3,9\r\n"),
            (
                ResponsesPage.events, "/clock", 200, "text/event-stream",
                (1...3).map { "event: tick\nid: \($0)\ndata: \($0)\n\n" }.joined()
            ),
            (ResponsesPage.ownResponse, "/table.csv", 200, "text/csv; charset=utf-8", "a,b\r\n1,2\r\n"),
            (ResponsesPage.afterThisRequest, "/greeting", 200, nil, "Hello"),
        ]

    @Test("a response of the guide is what it says", arguments: answers.indices)
    func answer(_ index: Int) async throws {
        let (declare, path, status, type, text) = Self.answers[index]
        try await app(declare).test { (client) async throws in
            let response = try await client.get(path)
            #expect(response.status.code == status, "\(path)")
            if let type { #expect(response.headers[.contentType] == type) }
            if let text { #expect(response.text == text) }
        }
    }

    @Test("files, redirects, cookies and fields are as the guide says")
    func others() async throws {
        let app = app {
            ResponsesPage.responses($0)
            ResponsesPage.redirects($0)
            ResponsesPage.cookies($0)
            ResponsesPage.afterThisRequest($0)
        }
        try await app.test { (client) async throws in
            #expect(try await client.delete("/posts/1").status == .noContent)
            #expect(try await client.post("/logout").status == .seeOther)
            _ = try await client.get("/theme/dark")
            #expect(client.cookie("theme") == "dark")
            #expect(try await client.get("/greeting").headers[.contentLanguage] == "en")
        }
    }

    @Test("a file of the root is sent, as an attachment where asked")
    func files() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        for (folder, name) in [
            ("reports", "2024.pdf"), ("uploads", "a.txt"), ("uploads", ".hidden"), ("static", "s.css"),
        ] {
            let folder = root.appending(path: folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(name.utf8).write(to: folder.appending(path: name))
        }
        let app = App("docs", root: root.path, environment: .none)
        ResponsesPage.files(app)
        app.get("/style") { request in try request.url(for: "static", ["filename": "s.css"]) }
        try await app.test { (client) async throws in
            let report = try await client.get("/report")
            #expect(report.text == "2024.pdf")
            #expect(report.headers[.contentDisposition] == "attachment; filename=report.pdf")
            #expect(try await client.get("/uploads/a.txt").text == "a.txt")
            #expect(try await client.get("/uploads/.hidden").status == .notFound)
            let address = try await client.get("/style").text
            #expect(address.contains("/static/s.css?v="))
            #expect(try await client.get(address).headers[.cacheControl]?.contains("immutable") == true)
            #expect(try await client.get("/static/s.css").headers[.cacheControl]?.contains("no-cache") == true)
        }
    }
}

@Suite("What the guide on errors says")
struct ErrorsPageTests {
    @Test("errors become the responses that the guide shows")
    func errors() async throws {
        let app = app {
            ErrorsPage.abort($0)
            ErrorsPage.ownError($0)
        }
        try await app.test { (client) async throws in
            #expect(try await client.get("/posts/100").status == .notFound)
            let gone = try await client.get("/posts/13", headers: [.accept: "application/json"])
            #expect(try Documents.text("docs/guide/errors.md").contains("```json\n\(gone.text)\n```"))
            let conflict = try await client.post("/order/tea")
            #expect(conflict.status == .conflict)
            #expect(conflict.text.contains("There is no tea left."))
        }
    }

    @Test("error handlers write the responses that the guide shows")
    func handlers() async throws {
        let app = app(ErrorsPage.handlers)
        app.logger.logLevel = .critical
        try await app.test { (client) async throws in
            #expect(try await client.get("/<b>").text == "<h1>Nothing at /&lt;b&gt;</h1>")
            let unpaid = try await client.get("/pay")
            #expect(unpaid.status.code == 402)
            #expect(unpaid.text == "The payment failed: no money")
            let broken = try await client.get("/break")
            #expect(broken.status == .internalServerError)
            #expect(broken.text.contains("Our fault"))
        }
    }
}

/// What nobody expects.
struct CancelledOrder: Error {}
