import NIOCore
import TestSupport
import Testing

@testable import CarafeHTTP

@Suite("Multipart parser")
struct MultipartParserTests {
    static let representative = [
        Multipart.field("a[b]", "one\r\ntwo") + Multipart.file("f", "\r\n--z\r\n--zy\r\r\n-") + Multipart.end,
        "preamble\r\n--zx\r\n--zz \t\r\nX: y\r\n z\r\ncontent-disposition:form-data;name=\"\"\r\n\r\n\r\n--zz--epilogue",
        "--zz\r\nContent-Disposition: form-data; name=e\r\n\r\n--zz\r\n\r\n",
        "\r\n--zz--",
        Multipart.field("a", "x\r\n--zzy") + Multipart.end,
        Multipart.field("a", "x") + "--zz",
        Multipart.part(header: "Content-Disposition: form-data; name=a\r\nno colon\r\n"),
    ]

    @Test("every cut into three pieces, and single bytes, give the same events", arguments: representative)
    func everySplit(text: String) {
        let bytes = ByteBuffer(string: text)
        let whole = Transcript(pieces: [bytes])
        #expect(Transcript(pieces: bytes.pieces(of: 1)) == whole)
        for first in 0..<bytes.readableBytes {
            for second in stride(from: first, to: bytes.readableBytes, by: 19) {
                let pieces = [(0, first), (first, second), (second, bytes.readableBytes)].compactMap {
                    bytes.getSlice(at: $0.0, length: $0.1 - $0.0)
                }
                #expect(Transcript(pieces: pieces) == whole, "cut at \(first) and \(second)")
            }
        }
    }

    @Test("fields, files, empty content and what stands around the parts are told apart")
    func events() {
        let first = Transcript(Self.representative[0])
        #expect(first.events == ["part a[b] - -", "end", "part f f.txt -", "end", "finished"])
        #expect(first.contents == ["one\r\ntwo", "\r\n--z\r\n--zy\r\r\n-"].map { Array($0.utf8) })
        let second = Transcript(Self.representative[1])
        #expect(second.events == ["part  - -", "end", "finished"])
        #expect(second.contents == [[]])
        #expect(Transcript(Self.representative[3]).events == ["finished"])
    }

    @Test("a part whose empty line begins the delimiter has no content")
    func noContent() {
        let transcript = Transcript("--zz\r\nContent-Disposition: form-data; name=a\r\n\r\n--zz--")
        #expect(transcript.events == ["part a - -", "end", "finished"])
        #expect(transcript.contents == [[]])
    }

    @Test(
        "a malformed body is refused with 400",
        arguments: [
            "", "--zz", "--zz-", "--zz\n", "--zzz\r\n", "--zz\r\n", "no delimiter", "\n--zz--", "x--zz--",
            "--zz\r\n\r\nx\r\n--zz--", Multipart.field("a", "x"), Multipart.field("a", "x\r\n--zz-x") + Multipart.end,
            "--zz\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--zz" + String(repeating: " ", count: 129)
                + "\r\n",
        ])
    func malformed(body: String) {
        #expect(Transcript(body).error?.status == 400)
    }

    @Test(
        "a part's header that is not clear is refused with 400",
        arguments: [
            "X: y\r\n", "Content-Disposition: form-data\r\n", "Content-Disposition: file; name=a\r\n",
            "Content-Disposition: form-data; name=\"a\r\n", "Content-Disposition: form-data; name=\"a\"b\r\n",
            "Content-Disposition: form-data; name=a; name=b\r\n", "Content-Disposition: form-data; name\r\n",
            "Content-Disposition: form-data; name=\r\n", "Content-Disposition: form-data; name =a\r\n",
            "Content-Disposition: form-data; name=a; filename*=x\r\n",
            "Content-Disposition: form-data; name=a; filename*=utf-16''x\r\n",
            "Content-Disposition: form-data; name=a; filename*0=x\r\n",
            "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n",
            " Content-Disposition: form-data; name=a\r\n", "Content-Disposition : form-data; name=a\r\n",
            "Content-Disposition: form-data; name=a\r\n: y\r\n", "Content-Disposition: form-data; name=a\r\nX\r\n",
            "Content-Disposition: form-data; name=a\nX: y\r\n", "Content-Disposition: form-data; name=a\rX: y\r\n",
            "Content-Disposition: form-data; name=a\0\r\n", "\r\n",
        ])
    func malformedHeader(header: String) {
        #expect(Transcript(Multipart.part(header: header + "\r\n")).error?.kind == .malformed)
    }

    @Test(
        "a file's name is what the client meant",
        arguments: [
            ("filename=\"a b.txt\"", "a b.txt"), ("filename=plain", "plain"), ("filename=\"\"", ""),
            ("filename=\"%22q%22.txt\"", "\"q\".txt"), (#"filename="\"q\"\\.txt""#, #""q"\.txt"#),
            (#"filename="C:\dir\f.txt""#, #"C:\dir\f.txt"#), ("filename=\"日本;e\u{301}.txt\"", "日本;e\u{301}.txt"),
            ("filename=old; filename*=UTF-8''%e2%82%ac%20rates", "€ rates"), ("filename*=iso-8859-1'en'%A3", "£"),
            ("filename*=utf-8''%ff", "\u{FFFD}"), ("FILENAME=\"x\";", "x"), ("filename=\"%0D%0A%2\"", "%0D%0A%2"),
        ])
    func filename(parameter: String, expected: String) throws {
        let header = "Content-Disposition: form-data; name=f; \(parameter)\r\n"
        let part = try MultipartPart(Array(header.utf8), number: 1, limits: FormLimits())
        #expect(part.filename.map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test("a header field has at most 16 parameters")
    func parameters() {
        let many = (0..<16).map { "; p\($0)=x" }.joined()
        #expect(HeaderParameters(Array("form-data\(many)".utf8))?.parameters.count == 16)
        #expect(HeaderParameters(Array("form-data\(many); name=x".utf8)) == nil)
    }

    @Test("a header that is not UTF-8 is refused")
    func notUTF8() {
        let header = Array("Content-Disposition: form-data; name=\"".utf8) + [0xE9] + Array("\"\r\n".utf8)
        #expect(throws: FormError.self) { try MultipartPart(header, number: 1, limits: FormLimits()) }
    }

    @Test(
        "a boundary has 1 to 70 visible characters",
        arguments: ["", "a ", "é", "a\r\nb", "a\0", String(repeating: "a", count: 71)])
    func badBoundary(boundary: String) {
        #expect(throws: FormError.self) { try MultipartParser(boundary: boundary) }
    }

    @Test("a boundary may be 70 characters long and contain spaces and signs")
    func longBoundary() {
        let boundary = String(repeating: "a =?'", count: 14)
        #expect(Transcript("--\(boundary)--", boundary: boundary).events == ["finished"])
    }

    @Test("an error stays: what follows it is not parsed")
    func errorStays() throws {
        var parser = try MultipartParser(boundary: "zz")
        parser.append(ByteBuffer(string: "--zzx"))
        let first = #expect(throws: FormError.self) { try parser.next() }
        parser.append(ByteBuffer(string: Multipart.field("a", "b") + Multipart.end))
        let second = #expect(throws: FormError.self) { try parser.next() }
        #expect(first == second)
    }

    @Test("no random mutation of a form traps, and each is parsed alike whole and in pieces")
    func mutations() {
        var random = SplitMix64(seed: 7)
        let alphabet = Array("\r\n-z\"\\;=: %a*'\0".utf8) + [0xFF]
        for _ in 0..<1500 {
            var bytes = Array(Self.representative[Int(random.next() % 3)].utf8)
            for _ in 0..<(1 + random.next() % 4) {
                let index = Int(random.next() % UInt64(bytes.count))
                let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
                switch random.next() % 3 {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                default: bytes.remove(at: index)
                }
            }
            let buffer = ByteBuffer(bytes: bytes)
            let whole = Transcript(pieces: [buffer])
            #expect(Transcript(pieces: buffer.pieces(of: 1)) == whole, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(whole.error != nil || whole.events.last == "finished")
        }
    }
}
