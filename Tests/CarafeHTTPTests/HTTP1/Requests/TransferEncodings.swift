import CarafeHTTP

extension RawRequest {
    /// Transfer-Encoding, alone and beside Content-Length (RFC 9112 §6.1, §6.3, §7).
    static let transferEncodings: [RawRequest] = [
        encoded("chunked", "chunked", .reads("POST / @a = hello")),
        encoded("in capitals", "CHUNKED", .reads("POST / @a = hello")),
        encoded("in mixed case", "cHuNkEd", .reads("POST / @a = hello")),
        encoded("white space around", " \tchunked\t ", .reads("POST / @a = hello")),
        .post("a name in capitals", "TRANSFER-ENCODING:chunked", "0⏎⏎", .reads("POST / @a")),
        RawRequest(
            "GET with chunks", "GET / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎1⏎x⏎0⏎⏎", .reads("GET / @a = x")),
        RawRequest("HEAD with chunks", "HEAD / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎0⏎⏎", .reads("HEAD / @a")),
        RawRequest(
            "OPTIONS with chunks", "OPTIONS * HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎1⏎x⏎0⏎⏎",
            .reads("OPTIONS * @a = x")),
        encoded("gzip before it", "gzip, chunked", .refuses(501, .transferCoding)),
        encoded("gzip and no space", "gzip,chunked", .refuses(501, .transferCoding)),
        encoded("deflate before it", "deflate, chunked", .refuses(501, .transferCoding)),
        encoded("a coding that nobody knows before it", "cow, chunked", .refuses(501, .transferCoding)),
        encoded("identity before it", "identity, chunked", .refuses(501, .transferCoding)),
        encoded("two codings before it", "gzip, deflate, chunked", .refuses(501, .transferCoding)),
        encoded("gzip after it", "chunked, gzip", .refuses(400, .transferEncoding)),
        encoded("identity after it", "chunked, identity", .refuses(400, .transferEncoding)),
        encoded("twice", "chunked, chunked", .refuses(400, .transferEncoding)),
        encoded("twice around another", "chunked, gzip, chunked", .refuses(400, .transferEncoding)),
        encoded("gzip alone", "gzip", .refuses(400, .transferEncoding)),
        encoded("identity alone", "identity", .refuses(400, .transferEncoding)),
        encoded("a coding that nobody knows", "cow", .refuses(400, .transferEncoding)),
        encoded("nothing", "", .refuses(400, .transferEncoding)),
        encoded("white space", " \t", .refuses(400, .transferEncoding)),
        encoded("a comma", ",", .refuses(400, .transferEncoding)),
        encoded("a comma in front", ", chunked", .refuses(400, .transferEncoding)),
        encoded("a comma behind", "chunked,", .refuses(400, .transferEncoding)),
        encoded("a parameter", "chunked;a=b", .refuses(400, .transferEncoding)),
        encoded("a semicolon", "chunked;", .refuses(400, .transferEncoding)),
        encoded("a weight", "chunked;q=1", .refuses(400, .transferEncoding)),
        encoded("in double quotes", "\"chunked\"", .refuses(400, .transferEncoding)),
        encoded("in single quotes", "'chunked'", .refuses(400, .transferEncoding)),
        encoded("a letter too few", "chunke", .refuses(400, .transferEncoding)),
        encoded("a letter too many", "chunkedd", .refuses(400, .transferEncoding)),
        encoded("another word in front", "xchunked", .refuses(400, .transferEncoding)),
        encoded("a hyphen in front", "x-chunked", .refuses(400, .transferEncoding)),
        encoded("a colon in front", ": chunked", .refuses(400, .transferEncoding)),
        encoded("a space inside", "chun ked", .refuses(400, .transferEncoding)),
        encoded("a word behind it", "chunked gzip", .refuses(400, .transferEncoding)),
        encoded("a Kelvin sign as UTF-8", "chun\u{E2}\u{84}\u{AA}ed", .refuses(400, .transferEncoding)),
        encoded("a no-break space behind", "chunked\u{A0}", .refuses(400, .transferEncoding)),
        encoded("a no-break space in front", "\u{A0}chunked", .refuses(400, .transferEncoding)),
        encoded("the byte 0x85 behind", "chunked\u{85}", .refuses(400, .transferEncoding)),
        encoded("the byte 0xFF in front", "\u{FF}chunked", .refuses(400, .transferEncoding)),
        encoded("a vertical tab in front", "\u{0B}chunked", .refuses(400, .controlCharacter)),
        encoded("a form feed behind", "chunked\u{0C}", .refuses(400, .controlCharacter)),
        encoded("a NUL behind", "chunked\0", .refuses(400, .controlCharacter)),
        encoded("a backspace inside", "chunkedx\u{8}", .refuses(400, .controlCharacter)),
        encoded("a CR behind", "chunked\r", .refuses(400, .bareCarriageReturn)),
        encoded("an LF in front", "\nchunked", .refuses(400, .bareLineFeed)),
        encoded("folded", "⏎ chunked", .refuses(400, .transferEncoding)),
        encoded("folded with a tab", "⏎\tchunked", .refuses(400, .transferEncoding)),
        encoded("a space behind it in the next line", "chunked⏎ ", .refuses(400, .lineFolding)),
        encoded("two fields", "chunked⏎Transfer-Encoding: chunked", .refuses(400, .transferEncoding)),
        encoded(
            "two fields, the second identity", "chunked⏎Transfer-Encoding: identity", .refuses(400, .transferEncoding)),
        encoded(
            "two fields, the first identity", "identity⏎Transfer-Encoding: chunked", .refuses(400, .transferEncoding)),
        encoded("two fields, the first empty", "⏎Transfer-Encoding: chunked", .refuses(400, .transferEncoding)),
        encoded("two fields, the second nobody's", "chunked⏎Transfer-Encoding: cow", .refuses(400, .transferEncoding)),
        .post("a space before the colon", "Transfer-Encoding : chunked", "0⏎⏎", .refuses(400, .spaceBeforeColon)),
        .post("a tab before the colon", "Transfer-Encoding\t: chunked", "0⏎⏎", .refuses(400, .spaceBeforeColon)),
        .post("a space before the name", " Transfer-Encoding: chunked", "0⏎⏎", .refuses(400, .lineFolding)),
        .post(
            "a vertical tab before the colon", "Transfer-Encoding\u{0B}: chunked", "0⏎⏎",
            .refuses(400, .controlCharacter)),
        .post("a NUL in the name", "Transfer-Encoding\0: chunked", "0⏎⏎", .refuses(400, .controlCharacter)),
        .post("a name behind a CR", "X: y\rTransfer-Encoding: chunked", "0⏎⏎", .refuses(400, .bareCarriageReturn)),
        .post("a name behind an LF", "X: y\nTransfer-Encoding: chunked", "0⏎⏎", .refuses(400, .bareLineFeed)),
        .post(
            "Content-Length in front", "Content-Length: 5⏎Transfer-Encoding: chunked", "0⏎⏎",
            .refuses(400, .bothLengths)),
        .post(
            "Content-Length behind", "Transfer-Encoding: chunked⏎Content-Length: 5", "0⏎⏎", .refuses(400, .bothLengths)),
        .post(
            "Content-Length of zero", "Content-Length: 0⏎Transfer-Encoding: chunked", "0⏎⏎", .refuses(400, .bothLengths)
        ),
        .post(
            "the right Content-Length", "Content-Length: 5⏎Transfer-Encoding: chunked", "0⏎⏎",
            .refuses(400, .bothLengths)),
        .post(
            "Content-Length and gzip", "Content-Length: 5⏎Transfer-Encoding: gzip, chunked", "0⏎⏎",
            .refuses(400, .bothLengths)),
        .post(
            "Content-Length and identity", "Content-Length: 5⏎Transfer-Encoding: identity", "hello",
            .refuses(400, .transferEncoding)),
        .post(
            "Content-Length and nobody's coding", "Content-Length: 5⏎Transfer-Encoding: cow", "hello",
            .refuses(400, .transferEncoding)),
        .post(
            "Content-Length and nothing", "Content-Length: 5⏎Transfer-Encoding:", "hello",
            .refuses(400, .transferEncoding)),
        .post(
            "an invalid Content-Length", "Content-Length: x⏎Transfer-Encoding: chunked", "0⏎⏎",
            .refuses(400, .contentLength)),
        .post(
            "two Content-Lengths", "Content-Length: 5⏎Content-Length: 5⏎Transfer-Encoding: chunked", "0⏎⏎",
            .refuses(400, .contentLengthRepeated)),
        RawRequest(
            "HTTP/1.0", "POST / HTTP/1.0⏎Transfer-Encoding: chunked⏎⏎0⏎⏎", .refuses(400, .transferEncodingInHTTP10)),
        RawRequest(
            "HTTP/1.0 that keeps alive",
            "POST / HTTP/1.0⏎Host: a⏎Connection: keep-alive⏎Transfer-Encoding: chunked⏎⏎0⏎⏎",
            .refuses(400, .transferEncodingInHTTP10)),
        RawRequest(
            "HTTP/1.0 and Content-Length", "POST / HTTP/1.0⏎Content-Length: 5⏎Transfer-Encoding: chunked⏎⏎hello",
            .refuses(400, .transferEncodingInHTTP10)),
        RawRequest(
            "HTTP/1.0 and gzip", "POST / HTTP/1.0⏎Transfer-Encoding: gzip, chunked⏎⏎",
            .refuses(400, .transferEncodingInHTTP10)),
        RawRequest(
            "CONNECT", "CONNECT b:1 HTTP/1.1⏎Host: b:1⏎Transfer-Encoding: chunked⏎⏎0⏎⏎", .refuses(400, .connectContent)),
        .fields(
            "TE says nothing of the request", "TE: chunked, gzip;q=0.5, trailers",
            .reads("GET / @a {TE: chunked, gzip;q=0.5, trailers}")),
        .post(
            "Content-Encoding says nothing of the framing", "Content-Encoding: chunked⏎Content-Length: 1", "x",
            .reads("POST / @a {Content-Encoding: chunked} = x")),
    ]

    private static func encoded(_ name: String, _ value: String, _ answer: Answer) -> RawRequest {
        post(name, "Transfer-Encoding: \(value)", "5⏎hello⏎0⏎⏎", answer)
    }
}
