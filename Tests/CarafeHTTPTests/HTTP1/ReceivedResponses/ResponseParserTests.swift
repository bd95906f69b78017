import HTTPTypes
import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("Responses of other servers")
struct ResponseParserTests {
    /// What a parser made of some bytes.
    struct Reading: Equatable {
        var status: Int?
        var content: ResponseHead.Content?
        var keepsAlive = false
        var informational: [Int] = []
        var body = ""
        var isEnded = false
        var rest = ""
        var isRefused = false
    }

    /// Reads bytes that arrive in pieces, and the end of the connection.
    static func read(_ pieces: [String], to method: HTTPRequest.Method = .get, isClosed: Bool = false) -> Reading {
        var parser = HTTP1ResponseParser()
        var reading = Reading()
        parser.expectResponse(to: method)
        func take(_ event: HTTP1ResponseParser.Event) {
            switch event {
            case .informational(let status): reading.informational.append(status)
            case .head(let head):
                (reading.status, reading.content, reading.keepsAlive) = (
                    head.status.code, head.content, head.keepsAlive
                )
            case .body(let bytes): reading.body += String(buffer: bytes)
            case .end: reading.isEnded = true
            }
        }
        do {
            for piece in pieces {
                parser.append(ByteBuffer(string: piece))
                while let event = try parser.next() { take(event) }
            }
            if isClosed, let event = try parser.finish() { take(event) }
        } catch {
            reading.isRefused = true
        }
        reading.rest = String(buffer: parser.unconsumed)
        return reading
    }

    static let whole: [(String, HTTPRequest.Method, Reading)] = [
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", .get,
            Reading(status: 200, content: .length(5), keepsAlive: true, body: "hello", isEnded: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nSum: 1\r\n\r\n", .get,
            Reading(status: 200, content: .chunked, keepsAlive: true, body: "hello", isEnded: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", .head,
            Reading(status: 200, content: ResponseHead.Content.none, keepsAlive: true, isEnded: true)
        ),
        (
            "HTTP/1.1 204 No Content\r\n\r\n", .get,
            Reading(status: 204, content: ResponseHead.Content.none, keepsAlive: true, isEnded: true)
        ),
        (
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", .get,
            Reading(status: 304, content: ResponseHead.Content.none, keepsAlive: true, isEnded: true)
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
            .post,
            Reading(status: 201, content: .length(0), keepsAlive: true, informational: [100, 103], isEnded: true)
        ),
        (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u{1}\u{2}", .get,
            Reading(status: 101, content: .upgraded, keepsAlive: true, rest: "\u{1}\u{2}")
        ),
        (
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi", .get,
            Reading(status: 200, content: .length(2), keepsAlive: true, body: "hi", isEnded: true)
        ),
        (
            "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", .get,
            Reading(status: 200, content: .length(2), body: "hi", isEnded: true)
        ),
        (
            "HTTP/1.1 200\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi", .get,
            Reading(status: 200, content: .length(2), body: "hi", isEnded: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n", .get,
            Reading(
                status: 200, content: .length(2), keepsAlive: true, body: "hi", isEnded: true,
                rest: "HTTP/1.1 200 OK\r\n")
        ),
    ]

    @Test("a response is read the same whole and split at every byte", arguments: whole)
    func everyByte(text: String, method: HTTPRequest.Method, expected: Reading) {
        #expect(Self.read([text], to: method) == expected)
        #expect(Self.read(text.unicodeScalars.map { String($0) }, to: method) == expected)
    }

    @Test("content without a length ends with the connection")
    func toTheEnd() {
        let expected = Reading(status: 200, content: .toTheEnd, body: "hello", isEnded: true)
        #expect(Self.read(["HTTP/1.1 200 OK\r\n\r\nhel", "lo"], isClosed: true) == expected)
        #expect(Self.read(["HTTP/1.1 200 OK\r\n\r\nhel", "lo"]).isEnded == false)
    }

    @Test(
        "what is malformed or could be read in two ways is refused",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chun\u{212A}ed\r\n\r\n",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 5\n\n",
            "HTTP/1.1 200 OK\r\nA: b\rc: d\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n",
            "HTTP/1.1 200 \u{1}OK\r\n\r\n",
            "HTTP/2.0 200 OK\r\n\r\n", "HTTP/0.9 200 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
            "HTTP/1.1 99 OK\r\n\r\n", "HTTP/1.1 600 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 2xx OK\r\n\r\n",
            "HTTP/1.1 200OK\r\n\r\n", "\r\nHTTP/1.1 200 OK\r\n\r\n", "<html>\r\n", "ICY 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        ])
    func refused(text: String) {
        #expect(Self.read([text], isClosed: true).isRefused)
        #expect(Self.read(text.unicodeScalars.map { String($0) }, isClosed: true).isRefused)
    }

    @Test(
        "a connection that ends within a response is an error",
        arguments: [
            "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ])
    func cut(text: String) {
        #expect(Self.read([text], isClosed: true).isRefused)
    }

    @Test(
        "what has no end is refused",
        arguments: [
            "HTTP/1.1 200 " + String(repeating: "O", count: 2000),
            "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 17_000),
            "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 201),
            "HTTP/1.1 200 OK\r\n" + String(repeating: "A: \(String(repeating: "b", count: 8000))\r\n", count: 9),
            String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 17),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + String(repeating: "a", count: 300),
        ])
    func endless(text: String) {
        #expect(Self.read([text]).isRefused)
    }

    @Test("bytes that no request asked for leave the connection unfit for another")
    func excess() {
        var parser = HTTP1ResponseParser()
        #expect(parser.isIdle)
        parser.append(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n"))
        #expect(!parser.isIdle)
    }

    @Test("fields keep their bytes, also those that are no UTF-8")
    func fieldBytes() throws {
        var parser = HTTP1ResponseParser()
        parser.expectResponse(to: .get)
        parser.append(ByteBuffer(bytes: Array("HTTP/1.1 200 OK\r\nX-Name: ".utf8) + [0xE9, 0x0D, 0x0A, 0x0D, 0x0A]))
        guard case .head(let head)? = try parser.next() else {
            Issue.record("There is no head.")
            return
        }
        var values: [[UInt8]] = []
        head.headers.forEachField { _, value in values.append(Array(value)) }
        #expect(values == [[0xE9]])
    }
}
