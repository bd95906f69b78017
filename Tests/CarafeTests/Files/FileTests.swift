import CarafeHTTP
import Foundation
import NIOCore
import Testing

@testable import Carafe

@Suite("File responses")
struct FileTests {
    @Test("a path without a folder is trusted, relative to the app's root")
    func trusted() async throws {
        let files = try FilesFixture(["../report.txt": "report"])
        #expect(try await Self.answer(files, File("report.txt")).text == "report")
        #expect(try await Self.answer(files, File(files.root + "/report.txt")).text == "report")
        #expect(try await Self.answer(files, File("static/../report.txt")).text == "report")
    }

    @Test(
        "a path with a folder stays inside",
        arguments: ["../secret.txt", "/etc/passwd", ".env", "out.txt", "missing", ""])
    func inFolder(path: String) async throws {
        let files = try FilesFixture(["a.txt": "hello", "../secret.txt": "SECRET", ".env": "SECRET"])
        try files.link("out.txt", to: "../secret.txt")
        #expect(try await Self.answer(files, File("a.txt", in: "static")).text == "hello")
        #expect(try await Self.answer(files, File(path, in: "static")).status == 404)
    }

    @Test(
        "an attachment has the name that it is given",
        arguments: [
            ("report.pdf", "attachment; filename=report.pdf"), ("a b.pdf", "attachment; filename=\"a b.pdf\""),
            ("a\"b.pdf", "attachment; filename=\"a\\\"b.pdf\""),
            ("é.pdf", "attachment; filename=e.pdf; filename*=UTF-8''%C3%A9.pdf"),
            ("a\r\nX: y.pdf", "attachment"), ("a\0.pdf", "attachment"),
        ])
    func names(name: String, disposition: String) async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let answer = try await Self.answer(files, File("static/a.txt", asAttachment: true, downloadName: name))
        #expect(answer[.contentDisposition] == disposition)
        #expect(answer[.contentType] == "application/pdf" && answer.headers.count < 10)
    }

    @Test(
        "a content type is what it is given; text gets a charset",
        arguments: [
            "text/csv": "text/csv; charset=utf-8", "text/csv; charset=latin-1": "text/csv; charset=latin-1",
            "application/x-thing": "application/x-thing", "image/svg+xml": "image/svg+xml; charset=utf-8",
        ])
    func types(given: String, sent: String) async throws {
        let files = try FilesFixture(["a.bin": "hello"])
        #expect(try await Self.answer(files, File("static/a.bin", contentType: given))[.contentType] == sent)
    }

    @Test("a content type with a line break is refused, not sent")
    func injectedType() throws {
        let files = try FilesFixture(["a.bin": "hello"])
        let file = File(files.folder + "/a.bin", contentType: "text/plain\r\nX: y")
        #expect(throws: (any Error).self) { try file.response(for: Request.parsed("GET /"), root: "/", maxAge: nil) }
        #expect(files.openFiles == 0)
    }

    @Test("a compressed file is unpacked by the browser, unless it is to be saved")
    func encodings() async throws {
        let files = try FilesFixture(["a.tar.gz": "GZIP"])
        #expect(try await Self.answer(files, File("static/a.tar.gz"))[.contentEncoding] == "gzip")
        #expect(try await Self.answer(files, File("static/a.tar.gz", asAttachment: true))[.contentEncoding] == nil)
    }

    @Test(
        "how long it is kept is said per file, then by the configuration",
        arguments: [
            (nil, "no-cache"), (0, "no-cache, max-age=0"), (60, "public, max-age=60"), (-5, "no-cache, max-age=0"),
        ])
    func maxAge(seconds: Int?, sent: String) async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        #expect(try await Self.answer(files, File("static/a.txt", maxAge: seconds))[.cacheControl] == sent)
    }

    @Test("its tag, its time and its conditions can be left out")
    func options() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let file = File("static/a.txt", etag: false, lastModified: false, conditional: false)
        let answer = try await Self.answer(files, file, "If-None-Match: *", "Range: bytes=0-1")
        #expect(answer.status == 200 && answer.text == "hello")
        #expect(answer[.eTag] == nil && answer[.lastModified] == nil && answer[.acceptRanges] == nil)
    }

    @Test("conditions and ranges count for a GET route's HEAD, and not for POST")
    func methods() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let app = files.app()
        app.post("/") { File("static/a.txt") }
        #expect(try await app.answer("POST /", "If-None-Match: *", "Range: bytes=0-1").status == 200)
    }

    // MARK: - Sending

    @Test("a file is handed on as an open file, not as its bytes")
    func open() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        try await {
            let answer = try await files.app().answer("GET /static/a.txt", "Range: bytes=1-3")
            guard case .file(let file) = answer.body.storage else { throw CocoaError(.fileReadUnknown) }
            #expect(file.offset == 1 && file.length == 3 && files.openFiles == 1)
        }()
        #expect(files.openFiles == 0)
    }

    @Test("a file as large as a disk is answered at once")
    func sparse() async throws {
        let files = try FilesFixture(["big.bin": ""])
        try #require(truncate(files.folder + "/big.bin", 1 << 40) == 0)
        let head = try await files.app().answer("HEAD /static/big.bin")
        #expect(head.body.length == 1 << 40)
        let part = try await files.app().answer("GET /static/big.bin", "Range: bytes=-4")
        #expect(part.text == "\0\0\0\0" && part[.contentRange] == "bytes 1099511627772-1099511627775/1099511627776")
    }

    @Test("a file that is replaced while it is sent is sent as it was")
    func replaced() async throws {
        let files = try FilesFixture(["a.txt": "old one"])
        let response = try File(files.folder + "/a.txt").response(for: Request.parsed("GET /"), root: "/", maxAge: nil)
        try FileManager.default.removeItem(atPath: files.folder + "/a.txt")
        try files.write("a.txt", "new")
        #expect(String(buffer: try await response.body.collect()) == "old one")
    }

    @Test("a file that is cut short while it is sent is broken off, never padded")
    func truncated() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let response = try File(files.folder + "/a.txt").response(for: Request.parsed("GET /"), root: "/", maxAge: nil)
        try #require(truncate(files.folder + "/a.txt", 2) == 0)
        guard case .file(let file) = response.body.storage else { throw CocoaError(.fileReadUnknown) }
        #expect(file.isTruncated && response.body.length == 5)
        await #expect(throws: ContentInterrupted.self) { try await response.body.collect() }
    }

    @Test("a file that grows while it is sent is sent to its former end")
    func grown() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        let response = try File(files.folder + "/a.txt").response(for: Request.parsed("GET /"), root: "/", maxAge: nil)
        try files.write("a.txt", "hello, world")
        #expect(try await response.body.collect().readableBytes == 5)
    }

    private static func answer(_ files: FilesFixture, _ file: File, _ fields: String...) async throws -> Answer {
        let app = files.app()
        app.get("/") { file }
        return try await app.answer(try Request.parsed("GET /", fields))
    }
}
