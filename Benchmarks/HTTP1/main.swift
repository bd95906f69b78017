import CarafeHTTP
import HTTPTypes
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// Nanoseconds for each request head and response head, the best of several runs: `http1-benchmark [rounds]`.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000

func measure(_ name: String, _ step: () throws -> Int) rethrows {
    let clock = ContinuousClock()
    var best = Duration.seconds(3600)
    var check = 0
    for _ in 0..<9 {
        let start = clock.now
        for _ in 0..<rounds { check &+= try step() }
        best = min(best, clock.now - start)
    }
    let nanoseconds = Double(best.components.attoseconds) / 1e9 / Double(rounds)
    // The check keeps the work from being optimised away.
    print("\(name): \((nanoseconds * 10).rounded() / 10) ns", check == 0 ? "(nothing done)" : "")
}

func measureParsing(_ name: String, _ text: String) throws {
    let bytes = ByteBuffer(string: text)
    var parser = HTTP1Parser()
    try measure("parse \(name), \(bytes.readableBytes) bytes") {
        parser.append(bytes)
        var events = 0
        while let event = try parser.next() {
            if case .head(let head) = event { events &+= head.headers.count }
            events &+= 1
        }
        return events
    }
}

let wrk = "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"
let curl = "GET /hello/world?x=1 HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n"
let browser = """
    GET /posts/42?page=2 HTTP/1.1\r
    Host: www.example.com\r
    User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r
    Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r
    Accept-Language: en-US,en;q=0.5\r
    Accept-Encoding: gzip, deflate, br\r
    Connection: keep-alive\r
    Cookie: session=eyJ1c2VyX2lkIjo0Mn0.Zx1vAg.2sQm1y9JtT0S8lQxV3nq4b7d5fE\r
    Upgrade-Insecure-Requests: 1\r
    \r

    """
let json =
    "POST /items HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n"
    + "{\"name\": \"Apple\"}"

try measureParsing("a request with 1 field", wrk)
try measureParsing("a request with 3 fields", curl)
try measureParsing("a request with 8 fields", browser)
try measureParsing("a request with content", json)

let date = Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)

func measureWriting(_ name: String, _ status: HTTPResponse.Status, _ headers: Headers) {
    var output = ByteBuffer()
    output.reserveCapacity(4096)
    measure("write \(name)") {
        output.clear()
        let framing = ResponseFraming(status: status, contentLength: 13, method: .get, version: .http11)
        HTTP1Serializer.writeHead(
            status: status, headers: headers, framing: framing, keepAlive: true, date: date, into: &output)
        return output.readableBytes
    }
}

measureWriting("a hello's head", .ok, [.contentType: "text/plain; charset=utf-8"])
measureWriting(
    "a head with 5 fields", .notFound,
    [
        .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .vary: "Cookie",
        .setCookie: "session=eyJ1c2VyX2lkIjo0Mn0; HttpOnly; Path=/", .eTag: "\"5f2-61d3\"",
    ])
