import CarafeHTTP
import Testing

@testable import Carafe

@Suite("Compressed siblings of static files")
struct PrecompressedTests {
    @Test(
        "the client gets the sibling that it likes best",
        arguments: [
            ("br, gzip", "BR"), ("gzip", "GZIP"), ("gzip, deflate, br, zstd", "BR"), ("br;q=0.5, gzip", "GZIP"),
            ("*", "BR"), ("br;q=0, *", "GZIP"), ("identity", "plain"), ("", "plain"), ("deflate", "plain"),
            ("br;q=0, gzip;q=0", "plain"), ("gzip;q=0.5", "GZIP"), ("identity;q=0, gzip;q=0.5", "GZIP"),
            ("x-gzip", "GZIP"), ("br;q=0.8, gzip;q=0.8, identity;q=0.1", "BR"),
            ("gzip;q=0.5, identity", "plain"),
        ])
    func negotiation(accepted: String, text: String) async throws {
        let answer = try await ask("Accept-Encoding: \(accepted)")
        #expect(answer.text == text)
        #expect(answer[.contentEncoding] == ["BR": "br", "GZIP": "gzip"][text])
        #expect(answer[.vary] == "Accept-Encoding")
        #expect(answer[.contentType] == "text/css; charset=utf-8")
    }

    @Test("without Accept-Encoding the file is sent as it is, and varies all the same")
    func none() async throws {
        let answer = try await ask()
        #expect(answer.text == "plain" && answer[.vary] == "Accept-Encoding" && answer[.contentEncoding] == nil)
    }

    @Test("each representation has its tag, which only it matches")
    func tags() async throws {
        let tags = [
            try await ask()[.eTag] ?? "", try await ask("Accept-Encoding: gzip")[.eTag] ?? "",
            try await ask("Accept-Encoding: br")[.eTag] ?? "",
        ]
        #expect(Set(tags).count == 3 && !tags.contains(""))
        #expect(try await ask("Accept-Encoding: br", "If-None-Match: \(tags[2])").status == 304)
        #expect(try await ask("Accept-Encoding: br", "If-None-Match: \(tags[2])")[.vary] == "Accept-Encoding")
        #expect(try await ask("Accept-Encoding: br", "If-None-Match: \(tags[0])").status == 200)
        #expect(try await ask("If-None-Match: \(tags[1])").status == 200)
    }

    @Test("representations of one size and time have different tags")
    func equalSizes() async throws {
        let files = try FilesFixture(["a.css": "plain", "a.css.br": "BROTL", "a.css.gz": "GZIPP"])
        let app = files.app()
        var tags: Set<String> = []
        for coding in ["identity", "br", "gzip"] {
            tags.insert(try await app.answer("GET /static/a.css", "Accept-Encoding: \(coding)")[.eTag] ?? "")
        }
        #expect(tags.count == 3 && !tags.contains(""))
    }

    @Test("a range is one of the representation that is sent")
    func ranges() async throws {
        let answer = try await ask("Accept-Encoding: gzip", "Range: bytes=0-1")
        #expect(answer.status == 206 && answer.text == "GZ" && answer[.contentRange] == "bytes 0-1/4")
        #expect(answer[.contentEncoding] == "gzip")
        let tag = try await ask()[.eTag] ?? ""
        #expect(try await ask("Accept-Encoding: gzip", "Range: bytes=0-1", "If-Range: \(tag)").text == "GZIP")
    }

    @Test("a sibling that is older than the file is passed over")
    func older() async throws {
        let files = try FilesFixture(["a.css": "plain"])
        try files.write("a.css.gz", "GZIP", time: FilesFixture.time - 1)
        let answer = try await files.app().answer("GET /static/a.css", "Accept-Encoding: gzip")
        #expect(answer.text == "plain" && answer[.vary] == nil)
    }

    @Test("a sibling without its file is served by its own name alone")
    func alone() async throws {
        let files = try FilesFixture(["a.css.gz": "GZIP"])
        #expect(try await files.app().answer("GET /static/a.css", "Accept-Encoding: gzip").status == 404)
        let answer = try await files.app().answer("GET /static/a.css.gz")
        #expect(answer[.contentEncoding] == "gzip" && answer[.contentType] == "text/css; charset=utf-8")
    }

    @Test("a sibling that leads out of the folder is passed over")
    func outside() async throws {
        let files = try FilesFixture(["a.css": "plain", "../a.css.br": "SECRET"])
        try files.link("a.css.br", to: "../a.css.br")
        #expect(try await files.app().answer("GET /static/a.css", "Accept-Encoding: br").text == "plain")
    }

    @Test(
        "what is compressed by its nature has no siblings",
        arguments: ["a.png", "a.woff2", "a.zip", "a.mp4", "a.tar.gz"])
    func compact(name: String) async throws {
        let files = try FilesFixture([name: "plain", name + ".br": "BR"])
        let answer = try await files.app().answer("GET /static/\(name)", "Accept-Encoding: br")
        #expect(answer.text == "plain" && answer[.vary] == nil)
    }

    private func ask(_ fields: String...) async throws -> Answer {
        let files = try FilesFixture(["a.css": "plain", "a.css.br": "BR", "a.css.gz": "GZIP"])
        return try await files.app().answer(try Request.parsed("GET /static/a.css", fields))
    }
}
