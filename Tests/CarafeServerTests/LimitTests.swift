import CarafeHTTP
import CarafeServer
import Testing

/// The limits on heads: exactly the limit is served, one more is refused.
@Suite struct LimitTests {
    private static func fields(_ count: Int) -> String { String(repeating: "A: b\r\n", count: count) }
    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test(
        "a head at its limit is served, and one past it refused with the fitting status",
        arguments: [
            ("GET /\(letters(99)) HTTP/1.1\r\nHost: x\r\n\r\n", 200),
            ("GET /\(letters(100)) HTTP/1.1\r\nHost: x\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: \(letters(97))\r\n\r\n", 200),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: \(letters(98))\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\nHost: x\r\n\(fields(9))\r\n", 200),
            ("GET / HTTP/1.1\r\nHost: x\r\n\(fields(10))\r\n", 431),
            ("GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: \(letters(60))\r\n", count: 5) + "\r\n", 431),
        ])
    func head(request: String, status: Int) async throws {
        try await serve(.usual, { $0.limits = .small }) { server in
            let response = try server.exchange(request)
            #expect(response.status == status && response.closes == (status != 200))
        }
    }

    @Test(
        "a limit is noticed before the head has ended",
        arguments: [("GET /\(letters(200))", 414), ("GET / HTTP/1.1\r\nHost: x\r\nA: \(letters(200))", 431)])
    func unfinished(request: String, status: Int) async throws {
        try await serve(.usual, { $0.limits = .small }) { server in
            let response = try server.exchange(request)
            #expect(response.status == status)
        }
    }

    @Test("the answer to a head that is far too long is read by a client that goes on sending")
    func answerIsRead() async throws {
        try await serve { server in
            for _ in 0..<20 {
                let client = try server.connect()
                try client.send("GET / HTTP/1.1\r\nHost: x\r\nA: \(Self.letters(150_000))\r\n\r\n")
                #expect(try client.response().status == 431)
                #expect(try client.rest() == "")
            }
        }
    }

    @Test(
        "chunk lines, extensions and trailers at their limit are read, and past it refused",
        arguments: [
            ("1;\(letters(18))\r\na\r\n0\r\n\r\n", 200), ("1;\(letters(19))\r\na\r\n0\r\n\r\n", 400),
            ("1;a=\(letters(10))\r\na\r\n1;a=\(letters(10))\r\na\r\n0\r\n\r\n", 200),
            (String(repeating: "1;a=\(letters(10))\r\na\r\n", count: 4) + "0\r\n\r\n", 400),
            ("0\r\n\(fields(3))\r\n", 200), ("0\r\n\(fields(4))\r\n", 400),
            ("0\r\nA: \(letters(40))\r\n\r\n", 200), ("0\r\nA: \(letters(60))\r\n\r\n", 400),
        ])
    func chunks(content: String, status: Int) async throws {
        try await serve(.usual, { $0.limits = .small }) { server in
            let head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            let response = try server.exchange(head + content)
            #expect(response.status == status)
        }
    }
}

extension HTTP1Limits {
    fileprivate static var small: HTTP1Limits {
        var limits = HTTP1Limits()
        (limits.target, limits.field, limits.section, limits.fields) = (100, 100, 300, 10)
        (limits.chunkLine, limits.chunkExtensions, limits.trailerSection, limits.trailers) = (20, 40, 50, 3)
        return limits
    }
}
