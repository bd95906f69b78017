import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("What a handler may return")
struct ReturnValueTests {
    struct Item: Codable, Equatable, Sendable {
        var id: Int
        var name: String?
    }

    struct CSV: ResponseConvertible {
        var rows: [[String]]

        func response(for request: Request) throws -> Response {
            Response(
                headers: [.contentType: "text/csv; charset=utf-8"],
                body: .string(rows.map { $0.joined(separator: ",") + "\n" }.joined()))
        }
    }

    static func app() -> App {
        let (app, _) = smallApp()
        app.get("/string") { "<b>" }
        app.get("/substring") { "a,b".split(separator: ",")[1] }
        app.get("/html") { HTML("<p>\("<b>")</p>") }
        app.get("/html/status") { HTML("gone").status(.gone) }
        app.get("/response") { Response("made", status: .created) }
        app.get("/status") { HTTPResponse.Status.noContent }
        app.get("/status/error") { HTTPResponse.Status.gone }
        app.get("/encodable") { Item(id: 1) }
        app.get("/encodable/async") { () async throws in Item(id: 1, name: "é\"") }
        app.get("/encodable/request") { request in Item(id: request.path.utf8.count) }
        app.get("/array") { [1, 2, 3] }
        app.get("/dictionary") { ["a": [true]] }
        app.get("/number") { 42 }
        app.get("/json") { JSON(Item(id: 2), status: .created, headers: [.location: "/items/2"]) }
        app.get("/json/type") { JSON(["a"], headers: [.contentType: "application/vnd.api+json"]) }
        app.get("/optional") { Optional("there") }
        app.get("/optional/nil") { () -> String? in nil }
        app.get("/optional/item") { () -> Item? in Item(id: 3) }
        app.get("/optional/item/nil") { () -> Item? in nil }
        app.get("/optional/async/nil") { (request: Request) async throws -> Item? in nil }
        app.get("/own") { CSV(rows: [["a", "b"], ["1", "2"]]) }
        app.get("/abort") { Abort(HTTPResponse.Status(code: 418)) }
        app.get("/abort/response") { () throws -> String in throw Abort(Response("as it is", status: .accepted)) }
        app.get("/stream") { Stream(contentType: "text/csv") { try await $0.write("a,b\n") } }
        return app
    }

    @Test(
        "it becomes a status, a content type and content",
        arguments: [
            ("/string", 200, "text/plain; charset=utf-8", "<b>"),
            ("/substring", 200, "text/plain; charset=utf-8", "b"),
            ("/html", 200, "text/html; charset=utf-8", "<p>&lt;b&gt;</p>"),
            ("/html/status", 410, "text/html; charset=utf-8", "gone"),
            ("/response", 201, "text/plain; charset=utf-8", "made"),
            ("/encodable", 200, "application/json", "{\"id\":1}"),
            ("/encodable/async", 200, "application/json", "{\"id\":1,\"name\":\"é\\\"\"}"),
            ("/encodable/request", 200, "application/json", "{\"id\":18}"),
            ("/array", 200, "application/json", "[1,2,3]"),
            ("/dictionary", 200, "application/json", "{\"a\":[true]}"),
            ("/number", 200, "application/json", "42"),
            ("/json", 201, "application/json", "{\"id\":2}"),
            ("/json/type", 200, "application/vnd.api+json", "[\"a\"]"),
            ("/optional", 200, "text/plain; charset=utf-8", "there"),
            ("/optional/item", 200, "application/json", "{\"id\":3}"),
            ("/own", 200, "text/csv; charset=utf-8", "a,b\n1,2\n"),
            ("/abort/response", 202, "text/plain; charset=utf-8", "as it is"),
            ("/stream", 200, "text/csv", "a,b\n"),
        ])
    func values(path: String, status: Int, contentType: String, text: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get(path)
            #expect(response.status.code == status)
            #expect(response.headers[.contentType] == contentType)
            #expect(response.text == text)
        }
    }

    @Test(
        "nil and error statuses become the app's error pages",
        arguments: [
            ("/optional/nil", 404), ("/optional/item/nil", 404), ("/optional/async/nil", 404), ("/status/error", 410),
            ("/abort", 418),
        ])
    func errors(path: String, status: Int) async throws {
        let app = Self.app()
        app.onError(.notFound) { _, _ in HTML("own page").status(.notFound) }
        try await app.test { client in
            let response = try await client.get(path)
            #expect(response.status.code == status)
            #expect(response.text.contains(status == 404 ? "own page" : "<h1>"))
        }
    }

    @Test("a status alone has no content")
    func status() async throws {
        try await Self.app().test { client in
            let response = try await client.get("/status")
            #expect(response.status == .noContent)
            #expect(response.text.isEmpty && response.headers[.contentType] == nil)
        }
    }

    @Test("fields given with JSON are sent")
    func fields() async throws {
        try await Self.app().test { client async throws in
            #expect(try await client.get("/json").location == "/items/2")
        }
    }

    @Test("a file is sent with its type and conditions")
    func file() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "carafe-\(UUID().uuidString).txt")
        try Data("on disk".utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let (app, _) = smallApp()
        let name = path.path(percentEncoded: false)
        app.get("/file") { File(name) }
        try await app.test { client in
            let response = try await client.get("/file")
            #expect(response.text == "on disk")
            #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(try await client.get("/file", headers: [.range: "bytes=3-"]).text == "disk")
        }
    }

    @Test("a value that cannot be written as JSON is 500 and tells the client nothing")
    func unencodable() async throws {
        let (app, log) = smallApp()
        app.get("/nan") { ["secret": Double.nan] }
        try await app.test { client in
            let response = try await client.get("/nan")
            #expect(response.status == .internalServerError)
            #expect(!response.text.contains("secret"))
            #expect(log.containing("/nan").count == 1)
        }
    }
}
