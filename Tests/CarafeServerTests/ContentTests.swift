import CarafeHTTP
import CarafeServer
import NIOCore
import Testing

/// The content of requests, from the client to its reader.
@Suite struct ContentTests {
    private static let chunkedPost = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("chunked content is put together", arguments: [1, 7, 1000])
    func chunked(pieceSize: Int) async throws {
        try await serve { server in
            let client = try server.connect()
            let request = Self.chunkedPost + "5\r\nhello\r\n1;name=value\r\n \r\nA\r\n0123456789\r\n0\r\n\r\n"
            let bytes = Array(request.utf8)
            for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                try client.send(Array(bytes[start..<min(start + pieceSize, bytes.count)]))
            }
            #expect(try client.response().text == "hello 0123456789")
        }
    }

    @Test("trailer fields are told to the reader", arguments: [0, 20])
    func trailers(pause: Int) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("POST /trailers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
            try await Task.sleep(for: .milliseconds(pause))
            try client.send("0\r\nSum: 294\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "294")
            #expect(try client.response().text == "GET /next")
        }
    }

    @Test("large content goes through and comes back", arguments: [200_000, 3_000_000])
    func large(size: Int) async throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try await serve { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n")
            try client.send(content)
            #expect(try client.response().body == content)
        }
    }

    @Test("content can be streamed back while it arrives")
    func echoStream() async throws {
        let responder = TestResponder().at("/mirror") { request in
            .now(Response(body: .stream { for try await piece in request.body { try await $0.write(piece) } }))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("POST /mirror HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
            let first = try client.receive()
            #expect(String(decoding: first, as: UTF8.self).contains("200 OK"))
            try client.send("3\r\ntwo\r\n0\r\n\r\n")
            client.giveBack(first)
            #expect(try client.response().text == "onetwo")
        }
    }

    // MARK: - Expect: 100-continue

    @Test("100 Continue is told when the content is read, and not before")
    func continues() async throws {
        let gate = Gate()
        let responder = TestResponder().later("/slow") { request in
            await gate.wait()
            return await TestResponder.answering { Response(body: .bytes(try await request.body.collect())) }
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            client.setTimeout(milliseconds: 50)
            #expect(throws: RawClient.Failure.self) { try client.receive() }
            gate.open()
            client.setTimeout(milliseconds: 5000)
            #expect(try client.response().status == 100)
            try client.send("ok")
            #expect(try client.response().text == "ok")
        }
    }

    @Test("a client that waits for 100 Continue is not too slow while nobody asks for its content")
    func continueClock() async throws {
        let responder = TestResponder().later("/slow") { request in
            try? await Task.sleep(for: .milliseconds(400))
            return await TestResponder.answering { Response(body: .bytes(try await request.body.collect())) }
        }
        try await serve(responder, { $0.bodyIdleTimeout = .milliseconds(100) }) { server in
            let client = try server.connect()
            try client.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.response().status == 100)
            try client.send("ok")
            #expect(try client.response().text == "ok")
        }
    }

    @Test(
        "without 100 Continue the final response comes at once and the connection closes", arguments: ["/a", "/later"])
    func noContinue(path: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 200 && response.closes)
            #expect(client.isEnded)
        }
    }

    @Test("content that comes without waiting for 100 Continue is read without one")
    func impatient() async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send(
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nok"
                    + "GET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "ok")
            #expect(try client.response().text == "GET /next")
        }
    }

    // MARK: - Limits

    @Test(
        "content declared larger than the limit is refused before it is sent",
        arguments: ["", "Expect: 100-continue\r\n"])
    func declaredTooLarge(expectation: String) async throws {
        try await serve(.usual, { $0.maxContentLength = 1000 }) { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\n\(expectation)Content-Length: 1001\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 413 && response.closes)
        }
    }

    @Test("chunked content is refused where it passes the limit", arguments: [[999], [1000], [1001], [600, 600]])
    func chunkedTooLarge(sizes: [Int]) async throws {
        try await serve(.usual, { $0.maxContentLength = 1000 }) { server in
            let client = try server.connect()
            try client.send(Self.chunkedPost)
            for size in sizes {
                try client.send(String(size, radix: 16) + "\r\n" + String(repeating: "a", count: size) + "\r\n")
            }
            try client.send("0\r\n\r\n")
            #expect(try client.response().status == (sizes.reduce(0, +) > 1000 ? 413 : 200))
        }
    }

    @Test("a client that goes on sending reads the refusal, and is cut off")
    func refusedWhileSending() async throws {
        try await serve(.usual, { ($0.maxContentLength, $0.lingerLimit) = (1000, 100_000) }) { server in
            let client = try server.connect()
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n")
            try client.send([UInt8](repeating: 0x61, count: 60_000))
            #expect(try client.response().status == 413)
            let pushed = try? client.push([UInt8](repeating: 0x61, count: 50_000_000))
            #expect(pushed ?? 0 < 50_000_000)
            #expect(await server.settles(at: 0))
        }
    }

    @Test(
        "malformed chunks break the content off", arguments: ["x\r\n", "3\r\nabcd", "-1\r\n", "FFFFFFFFFFFFFFFFF\r\n"])
    func malformedChunk(bytes: String) async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send(Self.chunkedPost + "2\r\nok\r\n")
            try await Task.sleep(for: .milliseconds(10))
            try client.send(bytes + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 400 && response.closes)
            #expect(client.isEnded)
        }
    }
}
