import CarafeHTTP
import CarafeServer
import Testing

/// What is refused: a status that fits, then the end of the connection; and the server goes on.
@Suite struct MalformedRequestTests {
    private static let a = String(repeating: "a", count: 9000)
    private static let host = "Host: x\r\n"
    private static let get = "GET / HTTP/1.1\r\n"
    private static let post = "POST / HTTP/1.1\r\nHost: x\r\n"

    static let requestLines: [(Int, String)] = [
        (400, "GET\r\n\r\n"), (400, "GET /\r\n\r\n"), (400, " GET / HTTP/1.1\r\n"), (400, "GET  / HTTP/1.1\r\n"),
        (400, "GET /  HTTP/1.1\r\n"), (400, "GET / HTTP/1.1 \r\n"), (400, "GET\t/\tHTTP/1.1\r\n"),
        (400, "GET / HTTP/1.1\n" + host + "\r\n"), (400, "GET / HTTP/1.1\r" + host), (400, "\0\0\0\0\r\n\r\n"),
        (400, "G@T / HTTP/1.1\r\n"), (501, "get / HTTP/1.1\r\n"), (505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (501, String(repeating: "M", count: 40) + " / HTTP/1.1\r\n"), (400, "GET / http/1.1\r\n"),
        (400, "GET / HTTP/1\r\n"), (400, "GET / HTTP/11.1\r\n"), (400, "GET / XTTP/1.1\r\n"),
        (505, "GET / HTTP/2.0\r\n"), (505, "GET / HTTP/0.9\r\n"), (505, "GET / HTTP/1.2\r\n"),
        (400, "GET a HTTP/1.1\r\n"), (400, "GET * HTTP/1.1\r\n"), (400, "GET /a#b HTTP/1.1\r\n"),
        (400, "GET /\u{7F} HTTP/1.1\r\n"), (400, "GET /\u{E9} HTTP/1.1\r\n"), (400, "GET /%zz HTTP/1.1\r\n"),
        (400, "GET /%00 HTTP/1.1\r\n"), (400, "GET http:// HTTP/1.1\r\n"), (400, "GET ftp://x/ HTTP/1.1\r\n"),
        (400, "CONNECT / HTTP/1.1\r\n"), (421, "GET https://x/ HTTP/1.1\r\n"), (414, "GET /" + a + " HTTP/1.1\r\n"),
        (400, "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n"), (400, "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"),
    ]

    static let fields: [(Int, String)] = [
        (400, "\r\n"), (400, "Host: x\r\nHost: x\r\n\r\n"), (400, "Host: x y\r\n\r\n"), (400, "Host: x/y\r\n\r\n"),
        (400, "Host: x:port\r\n\r\n"), (400, "Host : x\r\n\r\n"), (400, " Host: x\r\n\r\n"), (400, "Host\r\n\r\n"),
        (400, host + ": empty\r\n\r\n"), (400, host + "A B: c\r\n\r\n"), (400, host + "A: b\r\n c\r\n\r\n"),
        (400, host + "A: b\n\r\n"), (400, host + "A: b\rc\r\n\r\n"), (400, host + "A: b\0c\r\n\r\n"),
        (400, host + "A: \u{1B}[31m\r\n\r\n"), (400, host + "\u{E9}: b\r\n\r\n"), (431, host + "A: " + a + "\r\n\r\n"),
        (431, host + a + ": b\r\n\r\n"), (431, host + String(repeating: "A: b\r\n", count: 101) + "\r\n"),
        (431, host + String(repeating: "A: " + a.prefix(8000) + "\r\n", count: 5) + "\r\n"),
        (417, host + "Expect: a-miracle\r\n\r\n"),
    ]

    static let framings: [(Int, String)] = [
        (400, "Content-Length: +1\r\n\r\na"), (400, "Content-Length: -1\r\n\r\n"), (400, "Content-Length: 1_0\r\n\r\n"),
        (400, "Content-Length: 0x1\r\n\r\n"), (400, "Content-Length: \r\n\r\n"), (400, "Content-Length: 1, 1\r\n\r\n"),
        (400, "Content-Length: 1\r\nContent-Length: 1\r\n\r\na"),
        (400, "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        (400, "Content-Length: 99999999999999999999999\r\n\r\n"), (413, "Content-Length: 99999999999\r\n\r\n"),
        (400, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        (501, "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), (400, "Transfer-Encoding: \r\n\r\n0\r\n\r\n"),
        (400, "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        (400, "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        (400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, "Transfer-Encoding: \u{B}chunked\r\n\r\n0\r\n\r\n"),
        (400, "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    ]

    static let chunks: [(Int, String)] = [
        (400, "g\r\n"), (400, "+1\r\na\r\n0\r\n\r\n"), (400, "0x1\r\na\r\n0\r\n\r\n"), (400, " 1\r\na\r\n0\r\n\r\n"),
        (400, "\r\n"), (400, "1\na\r\n0\r\n\r\n"), (400, "1\r\nab\r\n"), (400, "1\r\na\n0\r\n\r\n"),
        (400, "fffffffffffffffff\r\n"), (400, "8000000000000000\r\n"), (400, "1;\r\u{1}\r\n"),
        (400, "1;" + String(repeating: "a", count: 300) + "\r\na\r\n0\r\n\r\n"), (400, "0\r\nA B: c\r\n\r\n"),
        (400, "0\r\n" + String(repeating: "A: b\r\n", count: 21) + "\r\n"), (400, "0\r\nA: " + a + "\r\n\r\n"),
    ]

    @Test("a malformed request line is refused", arguments: requestLines)
    func requestLine(status: Int, line: String) async throws {
        try await expectRefusal(of: line + (line.contains("\r\n\r\n") ? "" : Self.host + "\r\n"), with: status)
    }

    @Test("malformed fields are refused", arguments: fields)
    func field(status: Int, fields: String) async throws {
        try await expectRefusal(of: Self.get + fields, with: status)
    }

    @Test("ambiguous framing is refused", arguments: framings)
    func framing(status: Int, fields: String) async throws {
        try await expectRefusal(of: Self.post + fields, with: status)
    }

    @Test("malformed chunks are refused", arguments: chunks)
    func chunk(status: Int, chunks: String) async throws {
        try await expectRefusal(
            of: "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, with: status)
    }

    /// Sends the request with another hidden behind it: one answer, the end, and a server that still serves.
    private func expectRefusal(of request: String, with status: Int) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send(request + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try client.response()
            #expect(response.status == status && response.closes)
            #expect(try client.rest() == "")
            let next = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(next.text == "GET /a")
        }
    }
}
