import HTTPTypes
import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("The HTTP/1.1 parser")
struct HTTP1ParserTests {
    @Test("a request's head is taken apart")
    func head() throws {
        let head = try onlyHead("GET /a%20b/c?x=1&y=%2 HTTP/1.1\r\nHost: example.com:80\r\nAccept: */*\r\n\r\n")
        #expect(head.method == .get)
        #expect(head.target.form == .origin)
        #expect(head.target.rawValue == "/a%20b/c?x=1&y=%2")
        #expect(head.target.rawPath == "/a%20b/c")
        #expect(head.target.rawQuery == "x=1&y=%2")
        #expect(head.target.isPathEncoded)
        #expect(head.version == .http11)
        #expect(head.authority == "example.com:80")
        #expect(head.headers.map(\.name) == ["Host", "Accept"])
        #expect(head.headers[.accept] == "*/*")
        #expect(head.framing == .none)
        #expect(head.keepsAlive)
        #expect(!head.expectsContinue)
    }

    private func onlyHead(_ text: String) throws -> RequestHead {
        var parser = HTTP1Parser()
        parser.append(ByteBuffer(string: text))
        guard case .head(let head) = try parser.next() else { throw HTTP1Error(.requestLine) }
        return head
    }
}
