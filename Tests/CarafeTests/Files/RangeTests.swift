import CarafeHTTP
import Testing

@testable import Carafe

@Suite("Ranges of files")
struct RangeTests {
    @Test(
        "one range is sent as a part",
        arguments: [
            ("bytes=0-1", "01", "bytes 0-1/10"), ("bytes=2-4", "234", "bytes 2-4/10"),
            ("bytes=9-", "9", "bytes 9-9/10"),
            ("bytes=8-99", "89", "bytes 8-9/10"), ("bytes=-3", "789", "bytes 7-9/10"),
            ("bytes=-99", "0123456789", "bytes 0-9/10"), ("Bytes = 0-0", "0", "bytes 0-0/10"),
            ("bytes=3-99999999999999999999999", "3456789", "bytes 3-9/10"),
        ])
    func single(range: String, text: String, contentRange: String) async throws {
        let answer = try await digits("GET", "Range: \(range)")
        #expect(answer.status == 206 && answer.text == text)
        #expect(answer[.contentRange] == contentRange)
        #expect(answer[.contentType] == "text/plain; charset=utf-8" && answer.headers.etag != nil)
        #expect(answer.body.length == text.utf8.count)
    }

    @Test(
        "a range outside of the file is 416 with the length",
        arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99-"])
    func unsatisfiable(range: String) async throws {
        let answer = try await digits("GET", "Range: \(range)")
        #expect(answer.status == 416)
        #expect(answer[.contentRange] == "bytes */10")
    }

    @Test(
        "several ranges, and what cannot be read as one, get the whole file",
        arguments: [
            "bytes=0-0,2-2", "bytes=0-0, -1", "bytes=4-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1-2", "lines=0-1",
            "bytes 0-1", "bytes=+0-1", "bytes=0x0-1", "bytes=0-5,3-9", "bytes=٠-١",
        ])
    func whole(range: String) async throws {
        let answer = try await digits("GET", "Range: \(range)")
        #expect(answer.status == 200 && answer.text == "0123456789")
        #expect(answer[.contentRange] == nil && answer[.acceptRanges] == "bytes")
    }

    @Test("a HEAD request has no ranges")
    func head() async throws {
        let answer = try await digits("HEAD", "Range: bytes=0-1")
        #expect(answer.status == 200 && answer.body.length == 10)
    }

    @Test("If-Range with the current version, by tag or date, gets the part")
    func ifRange() async throws {
        let tag = try #require(try await digits("GET")[.eTag])
        #expect(try await digits("GET", "Range: bytes=0-1", "If-Range: \(tag)").status == 206)
        #expect(try await digits("GET", "Range: bytes=0-1", "If-Range: \(FilesFixture.date)").status == 206)
    }

    @Test(
        "If-Range with another version, a weak tag or nonsense gets the whole file",
        arguments: ["\"other\"", "W/\"other\"", "Tue, 14 Nov 2023 22:13:21 GMT", "Tue, 14 Nov 2023 22:13:19 GMT", "x"])
    func ifRangeFails(version: String) async throws {
        let answer = try await digits("GET", "Range: bytes=0-1", "If-Range: \(version)")
        #expect(answer.status == 200 && answer.text == "0123456789")
    }

    @Test("If-Range with the current tag made weak gets the whole file, for ranges compare strongly")
    func weak() async throws {
        let tag = try #require(try await digits("GET")[.eTag])
        #expect(try await digits("GET", "Range: bytes=0-1", "If-Range: W/\(tag)").status == 200)
    }

    @Test("a range that lies outside is nothing to If-Range with another version")
    func ifRangeFirst() async throws {
        #expect(try await digits("GET", "Range: bytes=99-", "If-Range: \"other\"").status == 200)
    }

    private func digits(_ method: String, _ fields: String...) async throws -> Answer {
        try await Digits.answer(method, fields)
    }
}

@Suite("Conditional requests for files")
struct ConditionalFileTests {
    @Test("If-None-Match with the current tag is 304 without content, weakly compared", arguments: ["GET", "HEAD"])
    func notModified(method: String) async throws {
        let tag = try #require(try await Digits.answer("GET")[.eTag])
        for known in [tag, "W/\(tag)", "\"a\", \(tag)", "*"] {
            let answer = try await Digits.answer(method, ["If-None-Match: \(known)", "Range: bytes=0-1"])
            #expect(answer.status == 304 && answer.body.length == 0, "\(known)")
            #expect(answer[.eTag] == tag && answer[.cacheControl] == "no-cache")
            #expect(answer[.contentType] == nil && answer[.contentRange] == nil)
        }
    }

    @Test("If-None-Match with another tag is 200", arguments: ["\"other\"", "W/\"other\"", "", "x"])
    func modified(tag: String) async throws {
        #expect(try await Digits.answer("GET", ["If-None-Match: \(tag)"]).status == 200)
    }

    @Test(
        "If-Modified-Since is 304 from the last change on",
        arguments: [
            (FilesFixture.date, 304), ("Wed, 15 Nov 2023 00:00:00 GMT", 304), ("Tue, 14 Nov 2023 22:13:19 GMT", 200),
            ("Tuesday, 14-Nov-23 22:13:20 GMT", 304), ("Tue Nov 14 22:13:20 2023", 304), ("yesterday", 200), ("", 200),
        ])
    func since(date: String, status: Int) async throws {
        #expect(try await Digits.answer("GET", ["If-Modified-Since: \(date)"]).status == status)
    }

    @Test("If-None-Match decides, where If-Modified-Since is there as well")
    func both() async throws {
        let fields = ["If-None-Match: \"other\"", "If-Modified-Since: \(FilesFixture.date)"]
        #expect(try await Digits.answer("GET", fields).status == 200)
    }

    @Test(
        "a version that the client does not expect is 412",
        arguments: ["If-Match: \"other\"", "If-Unmodified-Since: Tue, 14 Nov 2023 22:13:19 GMT"])
    func failed(field: String) async throws {
        let answer = try await Digits.answer("GET", [field])
        #expect(answer.status == 412 && answer.body.length == 0)
        #expect(answer[.lastModified] == FilesFixture.date)
    }

    @Test("a file that changes has another tag, also within the same second")
    func change() async throws {
        let files = try FilesFixture(["a.txt": "one"])
        let app = files.app()
        let before = try await app.answer("GET /static/a.txt")
        try files.write("a.txt", "three")
        #expect(try await app.answer("GET /static/a.txt", "If-None-Match: \(before[.eTag] ?? "")").status == 200)
    }

    @Test("neither 304, 412, 416, HEAD nor 404 leaves a file open")
    func closed() async throws {
        let files = try FilesFixture(["a.txt": "hello"])
        try files.link("out.txt", to: "/proc/version")
        let app = files.app()
        _ = try await app.answer("GET /static/a.txt", "If-None-Match: *")
        _ = try await app.answer("GET /static/a.txt", "If-Match: \"other\"")
        _ = try await app.answer("GET /static/a.txt", "Range: bytes=99-")
        _ = try await app.answer("HEAD /static/a.txt")
        _ = try await app.answer("GET /static/out.txt")
        #expect(files.openFiles == 0)
    }
}

/// A file of ten digits.
private enum Digits {
    static func answer(_ method: String, _ fields: [String] = []) async throws -> Answer {
        let files = try FilesFixture(["digits.txt": "0123456789"])
        let request = try Request.parsed("\(method) /static/digits.txt", fields)
        return try await files.app().answer(request)
    }
}
