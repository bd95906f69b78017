import HTTPTypes
import NIOCore
import Testing

@testable import CarafeHTTP

/// Heads that repeat are the serializer's own, byte by byte.
struct RepeatedHeadTests {
    private static let plain: Headers = [.contentType: "text/plain"]
    private static let closing: Headers = [.connection: "close"]
    private static let dated: Headers = [.date: "Sat, 21 Nov 2026 10:00:00 GMT"]

    @Test(
        "a head written three times, and after another, is what the serializer writes",
        arguments: [plain, closing, dated, Headers()])
    func repeated(headers: Headers) {
        var heads = RepeatedHead()
        for length in [5, 0, 12_345] { expectSame(&heads, headers, length) }
        expectSame(&heads, [.contentType: "text/html"], 7)
        expectSame(&heads, headers, 7)
    }

    @Test("a new date, another status and the end of the connection are not taken from the last head")
    func changes() {
        var heads = RepeatedHead()
        for _ in 0..<3 { expectSame(&heads, Self.plain, 5) }
        expectSame(&heads, Self.plain, 5, second: 8)
        expectSame(&heads, Self.plain, 5, status: .created)
        expectSame(&heads, Self.plain, 5, keepAlive: false)
        expectSame(&heads, Self.plain, nil)
    }

    private func expectSame(
        _ heads: inout RepeatedHead, _ headers: Headers, _ length: Int?, status: HTTPResponse.Status = .ok,
        second: Int = 7, keepAlive: Bool = true
    ) {
        let framing = ResponseFraming(status: status, contentLength: length, method: .get, version: .http11)
        let date = Array("Fri, 20 Nov 2026 20:35:0\(second) GMT".utf8)
        var (written, expected) = (ByteBuffer(), ByteBuffer())
        let staysOpen = heads.write(
            status: status, headers: headers, framing: framing, version: .http11, keepAlive: keepAlive, date: date,
            into: &written)
        let expectedToStayOpen = HTTP1Serializer.writeHead(
            status: status, headers: headers, framing: framing, keepAlive: keepAlive, date: date, into: &expected)
        #expect(written == expected)
        #expect(staysOpen == expectedToStayOpen)
    }
}
