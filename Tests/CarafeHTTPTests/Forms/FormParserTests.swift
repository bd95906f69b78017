import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("Form parser")
struct FormParserTests {
    @Test(
        "other content types are not forms",
        arguments: ["", "text/plain", "application/json", "multipart/mixed; boundary=zz", "multipart/form-datax"])
    func otherTypes(type: String) throws {
        #expect(try FormParser(contentType: type) == nil)
    }

    @Test("the content type is compared without case, and a charset is ignored")
    func types() throws {
        #expect(try FormParser(contentType: "Application/X-WWW-Form-URLencoded; charset=x; junk") != nil)
        #expect(try FormParser(contentType: "Multipart/Form-Data ; Boundary=\"a b\"") != nil)
    }

    @Test(
        "multipart without a clear boundary is refused",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary", "multipart/form-data; boundary=a; boundary=b",
        ])
    func boundaries(type: String) {
        #expect(throws: FormError.self) { try FormParser(contentType: type) }
    }

    @Test("fields and files keep their order, and an empty file input is a file that was not chosen")
    func order() async throws {
        let empty =
            "--zz\r\nContent-Disposition: form-data; name=\"e\"; filename=\"\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n\r\n"
        let body =
            Multipart.file("f", "1") + Multipart.field("b", "2") + empty + Multipart.field("a", "3") + Multipart.end
        for form in [
            try Multipart.parser().parse(ByteBuffer(string: body)),
            try await Multipart.parser().parse(Multipart.arriving(body, pieceSize: 3)),
        ] {
            #expect(form.fields.map(\.name) == ["b", "a"])
            #expect(form.files.map(\.name) == ["f", "e"])
            #expect(form.files.map(\.isChosen) == [true, false])
            #expect(form.files.map(\.size) == [1, 0])
            #expect(form.files.last?.contentType == "application/octet-stream")
            #expect(form.files.last?.headers.count == 2)
        }
    }

    @Test("content that is there is parsed without waiting, however large its files are")
    func buffered() async throws {
        let text = String(repeating: "x", count: 700_000)
        let body = RequestBody(ByteBuffer(string: Multipart.file("f", text) + Multipart.end))
        let form = try await Multipart.parser().parse(body)
        #expect(form.files.first?.isInMemory == true)
        #expect(form.files.first?.size == 700_000)
    }

    @Test("a client that goes away in the middle of a form is the body's error, not a malformed form")
    func interrupted() async throws {
        let body = RequestBody(contentLength: nil, limit: .max) {}
        _ = body.feed(ByteBuffer(string: Multipart.field("a", "b")))
        body.fail(ContentInterrupted(.disconnected))
        await #expect(throws: ContentInterrupted.self) { try await Multipart.parser().parse(body) }
    }

    @Test("a field is decoded with the charset of its part")
    func charset() throws {
        let body = Array("--zz\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; ".utf8)
        let end = Array("\r\n\r\n".utf8) + [0xE9] + Array("\r\n--zz--".utf8)
        for (charset, text) in [("iso-8859-1", "é"), ("us-ascii", "\u{FFFD}"), ("utf-16", "\u{FFFD}")] {
            let form = try Multipart.parser().parse(ByteBuffer(bytes: body + Array("charset=\(charset)".utf8) + end))
            #expect(form.fields.first { _ in true }?.value == text)
        }
    }

    // MARK: - Streaming

    @Test("parts are streamed to the caller as they arrive")
    func parts() async throws {
        let body = Multipart.field("a", "1") + Multipart.file("f", String(repeating: "y", count: 5_000)) + Multipart.end
        var seen: [String] = []
        for try await part in try Multipart.parser().parts(of: Multipart.arriving(body)) {
            let content = try await part.collect(upTo: 5_000)
            seen.append("\(part.name) \(part.filename ?? "-") \(content.readableBytes)")
        }
        #expect(seen == ["a - 1", "f f.txt 5000"])
    }

    @Test("a part that nobody reads is skipped")
    func skipping() async throws {
        let body = Multipart.file("f", String(repeating: "y", count: 5_000)) + Multipart.field("a", "1") + Multipart.end
        var names: [String] = []
        for try await part in try Multipart.parser().parts(of: Multipart.arriving(body)) { names.append(part.name) }
        #expect(names == ["f", "a"])
    }

    @Test("a part that is larger than the caller takes is refused with 413")
    func collectLimit() async throws {
        let body = Multipart.arriving(Multipart.file("f", "12345") + Multipart.end)
        var iterator = try Multipart.parser().parts(of: body).makeAsyncIterator()
        let part = try #require(try await iterator.next())
        let error = await #expect(throws: FormError.self) { _ = try await part.collect(upTo: 4) }
        #expect(error?.status == 413)
    }

    @Test("a part cannot be read after the next one has been asked for")
    func partPassed() async throws {
        let body = Multipart.arriving(Multipart.file("f", "1") + Multipart.file("g", "2") + Multipart.end)
        var iterator = try Multipart.parser().parts(of: body).makeAsyncIterator()
        let first = try #require(try await iterator.next())
        _ = try await iterator.next()
        let error = await #expect(throws: FormError.self) { _ = try await first.collect(upTo: 4) }
        #expect(error?.kind == .partPassed)
    }

    @Test("a part that is read twice is empty the second time")
    func readTwice() async throws {
        let body = Multipart.arriving(Multipart.file("f", "1") + Multipart.file("g", "2") + Multipart.end)
        var iterator = try Multipart.parser().parts(of: body).makeAsyncIterator()
        let first = try #require(try await iterator.next())
        #expect(try await first.collect(upTo: 4).readableBytes == 1)
        #expect(try await first.collect(upTo: 4).readableBytes == 0)
        #expect(try await iterator.next()?.name == "g")
    }

    @Test("a URL-encoded form has no parts")
    func notMultipart() throws {
        let parser = try #require(try FormParser(contentType: "application/x-www-form-urlencoded"))
        let error = #expect(throws: FormError.self) { try parser.parts(of: RequestBody()) }
        #expect(error?.status == 415)
    }
}
