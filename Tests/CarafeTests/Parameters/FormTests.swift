import Carafe
import CarafeTesting
import NIOCore
import Testing

@Suite("A form read into a type", .timeLimit(.minutes(5)))
struct FormTests {
    struct Login: Decodable {
        var username: String
        var age: Int?
        var remember: Bool
        var roles: [String]
    }

    static func app() -> App {
        let (app, _) = smallApp()
        let text: @Sendable (Form<Login>) -> String = { form in
            "\(form.value.username) \(form.value.age ?? -1) \(form.value.remember) \(form.value.roles) \(form.files.count)"
        }
        app.post("/") { (form: Form<Login>) in text(form) }
        app.post("/async") { (request: Request, form: Form<Login>) async throws in text(form) }
        app.post("/upload") { (upload: Upload) async throws in
            "\(upload.filename) \(String(buffer: try await upload.read()))"
        }
        app.post("/both") { (form: Form<Login>, upload: Upload) in
            "\(form.value.username) \(upload.filename) \(form.file("photo")?.filename ?? "none")"
        }
        return app
    }

    static let paths = ["/", "/async"]

    @Test("urlencoded and multipart forms fill the properties", arguments: paths)
    func fields(path: String) async throws {
        try await Self.app().test { client in
            let simple = try await client.post(path, .form(["username": "ada", "age": "36", "remember": "on"]))
            #expect(simple.text == "ada 36 true [] 0")
            let parts = try await client.post(
                path,
                .multipart([
                    .field("username", "ü"), .field("roles", "a"), .field("roles", "b"),
                    .file("photo", filename: "a.png", [1]),
                ]))
            #expect(parts.text == "ü -1 false [\"a\", \"b\"] 1")
        }
    }

    @Test("a form that arrives in pieces over a socket is waited for", arguments: paths)
    func pieces(path: String) async throws {
        let content = TestContent.pieces(["username=a", "da&age=", "36"], "application/x-www-form-urlencoded")
        try await Self.app().test(.server) { client async throws in
            #expect(try await client.post(path, content).text == "ada 36 false [] 0")
        }
    }

    @Test("an empty field of an optional number is none", arguments: paths)
    func empty(path: String) async throws {
        try await Self.app().test { client async throws in
            #expect(try await client.post(path, .form(["username": "", "age": ""])).text == " -1 false [] 0")
        }
    }

    @Test(
        "what does not fit is 400 with the field's name",
        arguments: [
            ("age=1", "The form has no value for &#39;username&#39;."),
            ("username=a&age=x", "The form&#39;s value for &#39;age&#39; cannot be used: it must be a whole number"),
            ("username=a&remember=perhaps", "&#39;remember&#39; cannot be used: it must be true or false"),
            ("", "The form has no value for &#39;username&#39;."),
        ])
    func misfits(form: String, message: String) async throws {
        try await Self.app().test { client in
            for path in Self.paths {
                let response = try await client.post(
                    path, .text(form, contentType: "application/x-www-form-urlencoded"))
                #expect(response.status == .badRequest)
                #expect(response.text.contains(message))
            }
        }
    }

    @Test("a request without content has no fields", arguments: paths)
    func none(path: String) async throws {
        try await Self.app().test { client in
            let response = try await client.post(path)
            #expect(response.status == .badRequest)
            #expect(response.text.contains("username"))
        }
    }

    @Test("content of another type is 415", arguments: ["/", "/async", "/upload", "/both"])
    func otherType(path: String) async throws {
        try await Self.app().test { client in
            for type in ["application/json", "text/plain", "multipart/mixed; boundary=x"] {
                let response = try await client.post(
                    path, .text("username=a", contentType: type), headers: [.accept: "text/html"])
                #expect(response.status == .unsupportedMediaType)
                #expect(response.text.contains("The request&#39;s content is no form"))
            }
        }
    }

    @Test("a malformed multipart form is 400", arguments: paths)
    func malformed(path: String) async throws {
        try await Self.app().test { client in
            let unended = try await client.post(
                path,
                .text(
                    "--x\r\nContent-Disposition: form-data; name=\"a\"", contentType: "multipart/form-data; boundary=x")
            )
            #expect(unended.status == .badRequest)
            let unbounded = try await client.post(path, .text("--x--", contentType: "multipart/form-data"))
            #expect(unbounded.status == .badRequest)
        }
    }

    @Test("an upload is the first file that was chosen")
    func upload() async throws {
        try await Self.app().test { client in
            let files = try await client.post(
                "/upload",
                .multipart([.file("a", filename: "", [UInt8]()), .file("b", filename: "b.txt", "text")]))
            #expect(files.text == "b.txt text")
            let none = try await client.post("/upload", .multipart([.field("a", "1")]))
            #expect(none.status == .badRequest)
            #expect(none.text.contains("The form has no file."))
            let both = try await client.post(
                "/both", .multipart([.field("username", "ada"), .file("photo", filename: "p.png", [1])]))
            #expect(both.text == "ada p.png p.png")
        }
    }
}
