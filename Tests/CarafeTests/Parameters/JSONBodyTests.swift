import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("JSON read into a type", .timeLimit(.minutes(5)))
struct JSONBodyTests {
    enum Kind: String, Codable { case note, letter }

    struct Author: Codable { var name: String }

    struct Post: Codable {
        var title: String
        var authors: [Author]?
        var kind: Kind?
        var size: Int8?
        var at: Date?
    }

    static func app() -> App {
        let (app, _) = smallApp()
        app.post("/") { (post: JSONBody<Post>) in post.value.title }
        app.post("/async") { (request: Request, post: JSONBody<Post>) async throws in post.value.title }
        app.post("/value") { (value: JSONBody<JSONValue>) in "ok" }
        app.post("/self") { (request: Request) async throws in try await request.json(as: Post.self).title }
        app.post("/forced") { (request: Request) async throws in
            try await request.json(as: Post.self, force: true).title
        }
        return app
    }

    static let paths = ["/", "/async", "/self"]

    @Test("the content fills the type, whole or in pieces", arguments: paths)
    func content(path: String) async throws {
        try await Self.app().test(.server) { client in
            let whole = try await client.post(path, .text("{\"title\": \"ü\"}", contentType: "application/json"))
            #expect(whole.text == "ü")
            let typed = try await client.post(
                path, .text("{\"title\": \"a\"}", contentType: "application/vnd.api+json; charset=utf-8"))
            #expect(typed.text == "a")
            let pieces = try await client.post(path, .pieces(["{\"tit", "le\": \"", "b\"}"], "application/json"))
            #expect(pieces.text == "b")
        }
    }

    @Test(
        "what does not fit is 400 with its place",
        arguments: [
            ("{\"authors\": []}", "title", "title: is missing"),
            ("{\"title\": 1}", "title", "title: expected a string, found a number"),
            (
                "{\"title\": \"a\", \"authors\": [{\"name\": \"x\"}, {\"name\": null}]}", "authors[1].name",
                "authors[1].name: expected a string, found null"
            ),
            ("{\"title\": \"a\", \"size\": 128}", "size", "size: "),
            ("{\"title\": \"a\", \"size\": 1.5}", "size", "size: "),
            ("{\"title\": \"a\", \"kind\": \"poem\"}", "kind", "kind: "),
            ("{\"title\": \"a\", \"at\": \"yesterday\"}", "at", "at: "),
            ("{\"title\":\n\n \"a\"", "", "line 3, column 5: "), ("", "", "line 1, column 1: "),
            ("{\"title\": \"a\"} x", "", "line 1, column 16: "),
        ])
    func misfits(json: String, place: String, message: String) async throws {
        try await Self.app().test { client in
            for path in Self.paths {
                let response = try await client.post(path, .text(json, contentType: "application/json"))
                let problem: [String: JSONValue] = try response.json()
                #expect(response.status == .badRequest)
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(problem["path"] ?? .string("") == .string(place))
                guard case .string(let detail)? = problem["detail"] else { throw Abort(.badRequest) }
                #expect(detail.hasPrefix(message))
            }
        }
    }

    @Test(
        "content of another type is 415",
        arguments: [
            ("text/plain", "{\"title\": \"a\"}"), ("", "{\"title\": \"a\"}"),
            ("application/x-www-form-urlencoded", "title=a"),
            ("multipart/form-data; boundary=x", "--x--"),
        ])
    func otherType(type: String, text: String) async throws {
        try await Self.app().test { client in
            for path in Self.paths {
                let headers: Headers = type.isEmpty ? [:] : [.contentType: type]
                let response = try await client.post(
                    path, .bytes(text.utf8, contentType: nil), headers: headers)
                #expect(response.status == .unsupportedMediaType)
            }
            let forced = try await client.post("/forced", .bytes("{\"title\": \"a\"}".utf8, contentType: nil))
            #expect(forced.text == "a")
        }
    }

    @Test("nesting deeper than 128 is 400 and harms nobody", arguments: [(128, 200), (129, 400), (100_000, 400)])
    func nesting(depth: Int, status: Int) async throws {
        let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        try await Self.app().test { client in
            let response = try await client.post("/value", .text(json, contentType: "application/json"))
            #expect(response.status.code == status)
        }
    }
}
