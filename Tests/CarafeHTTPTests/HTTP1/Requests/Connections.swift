import CarafeHTTP

extension RawRequest {
    /// Whether another request follows, and which (RFC 9112 §9).
    static let connections: [RawRequest] = [
        RawRequest("two requests", get("/1") + get("/2"), .reads("GET /1 @a", "GET /2 @a")),
        RawRequest("three requests", get("/1") + get("/2") + get("/3"), .reads("GET /1 @a", "GET /2 @a", "GET /3 @a")),
        RawRequest("an empty line between", get("/1") + "⏎" + get("/2"), .reads("GET /1 @a", "GET /2 @a")),
        RawRequest("empty lines at the end", get("/1") + "⏎⏎", .reads("GET /1 @a")),
        RawRequest(
            "empty lines count for each request", "⏎⏎⏎⏎" + get("/1") + "⏎⏎⏎⏎" + get("/2"),
            .reads("GET /1 @a", "GET /2 @a")),
        RawRequest(
            "too many empty lines between", get("/1") + "⏎⏎⏎⏎⏎" + get("/2"),
            .refuses(400, .tooManyEmptyLines, after: "GET /1 @a")),
        RawRequest(
            "a request after content", post("/1", "hello") + get("/2"), .reads("POST /1 @a = hello", "GET /2 @a")),
        RawRequest(
            "an empty line after content", post("/1", "hello") + "⏎" + get("/2"),
            .reads("POST /1 @a = hello", "GET /2 @a")),
        RawRequest(
            "a request after chunks", chunks("/1", "5⏎hello⏎0⏎⏎") + get("/2"), .reads("POST /1 @a = hello", "GET /2 @a")
        ),
        RawRequest(
            "a request after trailers", chunks("/1", "0⏎X: y⏎⏎") + get("/2"), .reads("POST /1 @a + {X: y}", "GET /2 @a")
        ),
        RawRequest(
            "content after content", post("/1", "a") + post("/2", "b"), .reads("POST /1 @a = a", "POST /2 @a = b")),
        RawRequest(
            "chunks after chunks", chunks("/1", "1⏎a⏎0⏎⏎") + chunks("/2", "1⏎b⏎0⏎⏎"),
            .reads("POST /1 @a = a", "POST /2 @a = b")),
        RawRequest("a request that is not complete after another", get("/1") + "GET /2", .waits("GET /1 @a")),
        RawRequest(
            "content longer than its length", post("/1", "hello") + "!⏎",
            .refuses(400, .requestLine, after: "POST /1 @a = hello")),
        RawRequest("junk after a request", get("/1") + "junk⏎", .refuses(400, .requestLine, after: "GET /1 @a")),
        RawRequest("a NUL after a request", get("/1") + "\0", .refuses(400, .controlCharacter, after: "GET /1 @a")),
        RawRequest(
            "no Host in the second request", get("/1") + "GET /2 HTTP/1.1⏎⏎",
            .refuses(400, .hostMissing, after: "GET /1 @a")),
        RawRequest("close", get("/1", "Connection: close⏎") + get("/2"), .reads("GET /1 @a, closes")),
        RawRequest("close in capitals", get("/1", "Connection: CLOSE⏎"), .reads("GET /1 @a, closes")),
        RawRequest("close in a list", get("/1", "Connection: foo , close, bar⏎"), .reads("GET /1 @a, closes")),
        RawRequest(
            "close in the second field", get("/1", "Connection: foo⏎Connection: close⏎"), .reads("GET /1 @a, closes")),
        RawRequest("close among empty elements", get("/1", "Connection: ,,close,,⏎"), .reads("GET /1 @a, closes")),
        RawRequest("close after what is no token", get("/1", "Connection: a b, close⏎"), .reads("GET /1 @a, closes")),
        RawRequest("close and keep-alive", get("/1", "Connection: keep-alive, close⏎"), .reads("GET /1 @a, closes")),
        RawRequest(
            "close in the second request", get("/1") + get("/2", "Connection: close⏎") + get("/3"),
            .reads("GET /1 @a", "GET /2 @a, closes")),
        RawRequest(
            "close with content", "POST /1 HTTP/1.1⏎Host: a⏎Connection: close⏎Content-Length: 1⏎⏎x" + get("/2"),
            .reads("POST /1 @a = x, closes")),
        RawRequest("junk after close", get("/1", "Connection: close⏎") + "\0\0\0", .reads("GET /1 @a, closes")),
        RawRequest("an option that begins like close", get("/1", "Connection: closed⏎"), .reads("GET /1 @a")),
        RawRequest("close as a value", get("/1", "Connection: x=close⏎"), .reads("GET /1 @a")),
        RawRequest("keep-alive", get("/1", "Connection: keep-alive⏎") + get("/2"), .reads("GET /1 @a", "GET /2 @a")),
        RawRequest("an empty Connection", get("/1", "Connection:⏎") + get("/2"), .reads("GET /1 @a", "GET /2 @a")),
        RawRequest(
            "Proxy-Connection says nothing", get("/1", "Proxy-Connection: close⏎"),
            .reads("GET /1 @a {Proxy-Connection: close}")),
        RawRequest(
            "Keep-Alive says nothing", get("/1", "Keep-Alive: timeout=0⏎"), .reads("GET /1 @a {Keep-Alive: timeout=0}")),
        RawRequest("HTTP/1.0 closes", "GET /1 HTTP/1.0⏎⏎" + get("/2"), .reads("GET /1 HTTP/1.0 @, closes")),
        RawRequest(
            "HTTP/1.0 that keeps alive", "GET /1 HTTP/1.0⏎Connection: Keep-Alive⏎⏎" + get("/2"),
            .reads("GET /1 HTTP/1.0 @", "GET /2 @a")),
        RawRequest(
            "HTTP/1.0 with both", "GET /1 HTTP/1.0⏎Connection: close, keep-alive⏎⏎", .reads("GET /1 HTTP/1.0 @, closes")
        ),
        RawRequest(
            "HTTP/1.0 with Proxy-Connection", "GET /1 HTTP/1.0⏎Proxy-Connection: keep-alive⏎⏎",
            .reads("GET /1 HTTP/1.0 @ {Proxy-Connection: keep-alive}, closes")),
        RawRequest(
            "HTTP/1.0 after HTTP/1.1", get("/1") + "GET /2 HTTP/1.0⏎⏎", .reads("GET /1 @a", "GET /2 HTTP/1.0 @, closes")
        ),
        RawRequest(
            "nothing after CONNECT is a request", "CONNECT b:1 HTTP/1.1⏎Host: b:1⏎⏎" + get("/2"),
            .reads("CONNECT b:1 @b:1, closes")),
        RawRequest(
            "an upgrade that nobody takes", get("/1", "Connection: upgrade⏎Upgrade: h2c⏎") + get("/2"),
            .reads("GET /1 @a {Upgrade: h2c}", "GET /2 @a")),
        RawRequest(
            "a WebSocket handshake", get("/1", "Connection: Upgrade⏎Upgrade: websocket⏎"),
            .reads("GET /1 @a {Upgrade: websocket}")),
        RawRequest(
            "HTTP2-Settings", get("/1", "Connection: Upgrade, HTTP2-Settings⏎Upgrade: h2c⏎HTTP2-Settings: ⏎"),
            .reads("GET /1 @a {Upgrade: h2c; HTTP2-Settings: }")),
        RawRequest("Connection names Host", get("/1", "Connection: Host⏎"), .reads("GET /1 @a")),
        RawRequest(
            "Connection names Content-Length",
            "POST /1 HTTP/1.1⏎Host: a⏎Connection: Content-Length⏎Content-Length: 1⏎⏎x", .reads("POST /1 @a = x")),
    ]

    /// Requests hidden in others, as attacks on a chain of servers hide them. Either the hidden one is content, or
    /// the whole is refused: nobody reads `/x`.
    static let smuggling: [RawRequest] = [
        .post("CL.TE", "Content-Length: 6⏎Transfer-Encoding: chunked", "0⏎⏎" + get("/x"), .refuses(400, .bothLengths)),
        .post(
            "TE.CL", "Transfer-Encoding: chunked⏎Content-Length: 4", "5c⏎" + get("/x") + "0⏎⏎",
            .refuses(400, .bothLengths)),
        .post(
            "TE.TE", "Transfer-Encoding: chunked⏎Transfer-Encoding: x", "0⏎⏎" + get("/x"),
            .refuses(400, .transferEncoding)),
        .post("CL.CL", "Content-Length: 0⏎Content-Length: 28", get("/x"), .refuses(400, .contentLengthRepeated)),
        .post("CL.0", "Content-Length: 28", get("/x"), .reads("POST / @a = " + get("/x"))),
        RawRequest(
            "CL.0 with GET", "GET / HTTP/1.1⏎Host: a⏎Content-Length: 28⏎⏎" + get("/x"),
            .reads("GET / @a = " + get("/x"))),
        RawRequest(
            "CL.0 with HEAD", "HEAD / HTTP/1.1⏎Host: a⏎Content-Length: 28⏎⏎" + get("/x"),
            .reads("HEAD / @a = " + get("/x"))),
        RawRequest(
            "TE.0 with OPTIONS", "OPTIONS / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎1c⏎" + get("/x") + "⏎0⏎⏎",
            .reads("OPTIONS / @a = " + get("/x"))),
        .post("0.CL", "Content-Length : 29", get("/x"), .refuses(400, .spaceBeforeColon)),
        .post("0.CL behind a fold", "X: y⏎ Content-Length: 28", get("/x"), .refuses(400, .lineFolding)),
        .post(
            "a chunk's extension with LF (TERM.EXT)", "Transfer-Encoding: chunked", "2;\nxx⏎25⏎0⏎⏎" + get("/x"),
            .refuses(400, .bareLineFeed)),
        .post(
            "a chunk's extension with CR (EXT.TERM)", "Transfer-Encoding: chunked", "2;\rxx⏎25⏎0⏎⏎" + get("/x"),
            .refuses(400, .bareCarriageReturn)),
        .post(
            "a chunk's data and one byte (SPILL.TERM)", "Transfer-Encoding: chunked", "5⏎helloX⏎0⏎⏎" + get("/x"),
            .refuses(400, .chunkEnd)),
        .post(
            "a chunk's data and two bytes for CRLF", "Transfer-Encoding: chunked", "5⏎hello4⏎25⏎" + get("/x"),
            .refuses(400, .chunkEnd)),
        .post(
            "a size that wraps around", "Transfer-Encoding: chunked", "100000000000000001⏎x⏎0⏎⏎" + get("/x"),
            .refuses(400, .chunkSize)),
        .post(
            "a length that wraps around", "Content-Length: 18446744073709551616", get("/x"),
            .refuses(400, .contentLength)),
        .post(
            "a trailer that frames", "Transfer-Encoding: chunked", "0⏎Content-Length: 28⏎⏎" + get("/y"),
            .reads("POST / @a", "GET /y @a")),
        .post(
            "a folded Transfer-Encoding", "Transfer-Encoding:⏎ chunked⏎Content-Length: 5", "0⏎⏎" + get("/x"),
            .refuses(400, .transferEncoding)),
        .post(
            "Transfer-Encoding behind an LF", "X: y\nTransfer-Encoding: chunked⏎Content-Length: 5", "0⏎⏎" + get("/x"),
            .refuses(400, .bareLineFeed)),
        .post(
            "Transfer-Encoding behind a CR", "X: y\rTransfer-Encoding: chunked⏎Content-Length: 5", "0⏎⏎" + get("/x"),
            .refuses(400, .bareCarriageReturn)),
        .post(
            "Transfer-Encoding behind a NUL", "X: y\0Transfer-Encoding: chunked⏎Content-Length: 5", "0⏎⏎" + get("/x"),
            .refuses(400, .controlCharacter)),
        RawRequest(
            "Transfer-Encoding in HTTP/1.0",
            "POST / HTTP/1.0⏎Connection: keep-alive⏎Transfer-Encoding: chunked⏎Content-Length: 5⏎⏎0⏎⏎" + get("/x"),
            .refuses(400, .transferEncodingInHTTP10)),
        RawRequest(
            "a line break in the target", "GET / HTTP/1.1⏎Host: a⏎X: y HTTP/1.1⏎\nGET /x HTTP/1.1⏎⏎",
            .refuses(400, .bareLineFeed)),
        RawRequest("a request in the target", "GET /\u{20}HTTP/1.1⏎Host: a⏎⏎", .reads("GET / @a")),
        RawRequest("another host in the target", "GET http://b/ HTTP/1.1⏎Host: a⏎⏎", .reads("GET http://b/ @b")),
        RawRequest(
            "another host behind an at sign", "GET http://a@b/ HTTP/1.1⏎Host: a⏎⏎", .refuses(400, .targetAuthority)),
        RawRequest("an at sign for the path", "GET @b/ HTTP/1.1⏎Host: a⏎⏎", .refuses(400, .targetForm)),
        RawRequest(
            "Expect with a hidden request",
            "POST / HTTP/1.1⏎Host: a⏎Expect: 100-continue⏎Content-Length: 28⏎⏎" + get("/x"),
            .reads("POST / @a = " + get("/x") + ", continue")),
        RawRequest(
            "Expect that is obfuscated",
            "GET / HTTP/1.1⏎Host: a⏎Expect: y 100-continue⏎Content-Length: 28⏎⏎" + get("/x"),
            .refuses(417, .expectation)),
        RawRequest(
            "content with CONNECT", "CONNECT a:1 HTTP/1.1⏎Host: a⏎Content-Length: 28⏎⏎" + get("/x"),
            .refuses(400, .connectContent)),
    ]

    private static func get(_ target: String, _ lines: String = "") -> String {
        "GET \(target) HTTP/1.1⏎Host: a⏎\(lines)⏎"
    }

    private static func post(_ target: String, _ content: String) -> String {
        "POST \(target) HTTP/1.1⏎Host: a⏎Content-Length: \(content.utf8.count)⏎⏎\(content)"
    }

    private static func chunks(_ target: String, _ content: String) -> String {
        "POST \(target) HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎\(content)"
    }
}
