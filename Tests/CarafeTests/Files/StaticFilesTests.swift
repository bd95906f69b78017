import Foundation
import Testing

@testable import Carafe

@Suite("Static files")
struct StaticFilesTests {
    @Test("a file is sent with its type, its version and the wish to be asked for it again")
    func headers() async throws {
        let files = try FilesFixture(["css/site.css": "body {}"])
        let answer = try await files.app().answer("GET /static/css/site.css")
        #expect(answer.status == 200)
        #expect(answer.text == "body {}")
        #expect(answer[.contentType] == "text/css; charset=utf-8")
        #expect(answer[.contentDisposition] == "inline; filename=site.css")
        #expect(answer[.lastModified] == FilesFixture.date)
        #expect(answer[.cacheControl] == "no-cache")
        #expect(answer[.acceptRanges] == "bytes")
        #expect(answer.headers.etag?.isWeak == false)
        #expect(answer[.vary] == nil && answer[.contentEncoding] == nil && answer[.expires] == nil)
    }

    @Test("SEND_FILE_MAX_AGE_DEFAULT lets clients keep files for so long")
    func maxAge() async throws {
        let files = try FilesFixture(["a.txt": "a"])
        let answer = try await files.app(["CARAFE_SEND_FILE_MAX_AGE_DEFAULT": "60"]).answer("GET /static/a.txt")
        #expect(answer[.cacheControl] == "public, max-age=60")
        #expect(answer[.expires] != nil)
    }

    @Test("HEAD says the same as GET")
    func head() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let get = try await files.app().answer("GET /static/a.txt")
        let head = try await files.app().answer("HEAD /static/a.txt")
        #expect(head.status == 200 && head.headers.map(\.value) == get.headers.map(\.value))
        #expect(head.body.length == 5 && head.text.isEmpty)
    }

    @Test("other methods are 405", arguments: ["POST", "PUT", "DELETE", "PATCH"])
    func methods(method: String) async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let answer = try await files.app().answer("\(method) /static/a.txt")
        #expect(answer.status == 405)
    }

    @Test("an empty file is sent, also where a range of it is asked for")
    func empty() async throws {
        let files = try FilesFixture(["empty.txt": ""])
        let answer = try await files.app().answer("GET /static/empty.txt", "Range: bytes=0-0")
        #expect(answer.status == 200 && answer.text.isEmpty)
    }

    @Test(
        "a name is percent-decoded once",
        arguments: ["a%20b.txt": "a b.txt", "%C3%A9.txt": "é.txt", "a%2525.txt": "a%25.txt"])
    func names(sent: String, name: String) async throws {
        let files = try FilesFixture([name: name])
        #expect(try await files.app().answer("GET /static/\(sent)").text == name)
    }

    @Test("the static folder may have another place and another path")
    func places() async throws {
        let files = try FilesFixture(["a.txt": "app", "../theme/a.txt": "theme"])
        let app = App("files", root: files.root, staticFolder: "theme", staticPath: "/assets/", environment: .none)
        #expect(try await app.answer("GET /assets/a.txt").text == "theme")
        #expect(try await app.answer("GET /static/a.txt").status == 404)
    }

    @Test("a blueprint has a static folder of its own, below its prefix")
    func blueprints() async throws {
        let files = try FilesFixture(["a.txt": "app", "../admin/files/a.txt": "admin"])
        let admin = Blueprint("admin", staticFolder: "admin/files")
        let app = files.app()
        app.register(admin, prefix: "/admin")
        #expect(try await app.answer("GET /admin/files/a.txt").text == "admin")
        #expect(try await app.answer("GET /static/a.txt").text == "app")
        #expect(try await app.answer("GET /admin/files/../../static/a.txt").status == 404)
    }

    @Test("no static folder, and none that exists, is 404")
    func missing() async throws {
        let files = try FilesFixture()
        let without = App("files", root: files.root, staticFolder: nil, environment: .none)
        let missing = App("files", root: files.root, staticFolder: "nowhere", environment: .none)
        #expect(try await without.answer("GET /static/a.txt").status == 404)
        #expect(try await missing.answer("GET /nowhere/a.txt").status == 404)
    }
}
