import Foundation
import Testing

@testable import Carafe

@Suite("Addresses that name a file's content")
struct ContentHashTests {
    @Test("url(for: \"static\") names the content, and under that address the file is kept for ever")
    func immutable() async throws {
        let files = try FilesFixture(["a.css": "one"])
        let app = files.app()
        let address = try await Self.address(app, "a.css")
        #expect(address.hasPrefix("/static/a.css?v=") && address.utf8.count == "/static/a.css?v=".utf8.count + 16)
        let answer = try await app.answer("GET \(address)")
        #expect(answer[.cacheControl] == "public, max-age=31536000, immutable" && answer[.expires] == nil)
    }

    @Test(
        "under any other address the file is asked for each time",
        arguments: ["", "?v=", "?v=0000000000000000", "?V=x", "?v=%00"])
    func other(query: String) async throws {
        let files = try FilesFixture(["a.css": "one"])
        #expect(try await files.app().answer("GET /static/a.css\(query)")[.cacheControl] == "no-cache")
    }

    @Test("the address changes with the content, not with the time, and then the old one is not kept for ever")
    func changes() async throws {
        let files = try FilesFixture(["a.css": "one"])
        let app = files.app()
        let first = try await Self.address(app, "a.css")
        try files.write("a.css", "one", time: FilesFixture.time + 10)
        #expect(try await Self.address(app, "a.css") == first)
        try files.write("a.css", "two", time: FilesFixture.time + 10)
        #expect(try await Self.address(app, "a.css") != first)
        #expect(try await app.answer("GET \(first)")[.cacheControl] == "no-cache")
    }

    @Test(
        "what is no file of the folder has no hash",
        arguments: ["missing.css", "../secret.txt", ".env", "dir", "out.txt", ""])
    func none(name: String) async throws {
        let files = try FilesFixture(["dir/a.css": "a", "../secret.txt": "SECRET", ".env": "SECRET"])
        try files.link("out.txt", to: "../secret.txt")
        #expect(StaticFiles(folder: files.folder, maxAge: nil).contentHash(of: name) == nil)
    }

    @Test("content of many pieces counts from its first byte to its last")
    func pieces() throws {
        let text = String(repeating: "0123456789abcdef", count: 20_000)
        let files = try FilesFixture(["a": text, "b": text, "c": text + "!", "d": "!" + text.dropFirst()])
        let folder = StaticFiles(folder: files.folder, maxAge: nil)
        let hashes = ["a", "b", "c", "d"].map { folder.contentHash(of: $0) }
        #expect(hashes[0] == hashes[1] && Set(hashes).count == 3)
    }

    @Test("a file that is too large to be read is named by its time and size")
    func large() throws {
        let files = try FilesFixture(["a": "0123456789", "b": "9876543210", "c": "01234567890"])
        let folder = StaticFiles(folder: files.folder, maxAge: nil, hashLimit: 4)
        #expect(folder.contentHash(of: "a") == folder.contentHash(of: "b"))
        #expect(folder.contentHash(of: "a") != folder.contentHash(of: "c"))
    }

    @Test("the compressed sibling is kept for ever as well")
    func compressed() async throws {
        let files = try FilesFixture(["a.css": "one", "a.css.gz": "GZIP"])
        let app = files.app()
        let answer = try await app.answer("GET \(try await Self.address(app, "a.css"))", "Accept-Encoding: gzip")
        #expect(answer.text == "GZIP" && answer[.cacheControl] == "public, max-age=31536000, immutable")
    }

    /// What a page of the app would write.
    private static func address(_ app: App, _ name: String) async throws -> String {
        let request = try Request.parsed("GET /")
        _ = await (try app.compile()).respond(to: request).response
        return try request.url(for: "static", ["filename": name])
    }
}
