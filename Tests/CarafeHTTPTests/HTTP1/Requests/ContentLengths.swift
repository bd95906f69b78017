import CarafeHTTP

extension RawRequest {
    /// Content-Length (RFC 9112 §6.2, §6.3; RFC 9110 §8.6).
    static let contentLengths: [RawRequest] = [
        .post("a length", "Content-Length: 5", "hello", .reads("POST / @a = hello")),
        .post("zero", "Content-Length: 0", "", .reads("POST / @a")),
        .post("zeros", "Content-Length: 000", "", .reads("POST / @a")),
        .post("leading zeros", "Content-Length: 0005", "hello", .reads("POST / @a = hello")),
        .post(
            "many leading zeros", "Content-Length: 0000000000000000000000000000000005", "hello",
            .reads("POST / @a = hello")),
        .post("white space around", "Content-Length: \t5 \t", "hello", .reads("POST / @a = hello")),
        .post("another case", "cONTENT-lENGTH: 5", "hello", .reads("POST / @a = hello")),
        .post(
            "content that looks like a request", "Content-Length: 18", "GET / HTTP/1.1⏎⏎",
            .reads("POST / @a = GET / HTTP/1.1⏎⏎")),
        .post("content of line breaks", "Content-Length: 4", "⏎⏎", .reads("POST / @a = ⏎⏎")),
        .post(
            "content of every kind of byte", "Content-Length: 6", "\0\u{1}\u{7F}\u{80}\u{FF}\n",
            .reads("POST / @a = \0\u{1}\u{7F}\u{80}\u{FF}\n")),
        .post("an empty line after the content", "Content-Length: 5", "hello⏎", .reads("POST / @a = hello")),
        .post("content that is not complete", "Content-Length: 5", "hel", .waits("POST / @a = hel…")),
        .post("content that has not begun", "Content-Length: 5", "", .waits("POST / @a…")),
        .post("the largest integer", "Content-Length: 9223372036854775807", "x", .waits("POST / @a = x…")),
        RawRequest("GET with content", "GET / HTTP/1.1⏎Host: a⏎Content-Length: 1⏎⏎x", .reads("GET / @a = x")),
        RawRequest("HEAD with content", "HEAD / HTTP/1.1⏎Host: a⏎Content-Length: 1⏎⏎x", .reads("HEAD / @a = x")),
        RawRequest(
            "OPTIONS with content", "OPTIONS / HTTP/1.1⏎Host: a⏎Content-Length: 1⏎⏎x", .reads("OPTIONS / @a = x")),
        RawRequest("DELETE with content", "DELETE / HTTP/1.1⏎Host: a⏎Content-Length: 1⏎⏎x", .reads("DELETE / @a = x")),
        RawRequest("TRACE with content", "TRACE / HTTP/1.1⏎Host: a⏎Content-Length: 1⏎⏎x", .reads("TRACE / @a = x")),
        RawRequest(
            "HTTP/1.0 with content", "POST / HTTP/1.0⏎Content-Length: 1⏎⏎x", .reads("POST / HTTP/1.0 @ = x, closes")),
        RawRequest(
            "CONNECT with zero", "CONNECT b:1 HTTP/1.1⏎Host: b:1⏎Content-Length: 0⏎⏎",
            .reads("CONNECT b:1 @b:1, closes")),
        RawRequest(
            "CONNECT with content", "CONNECT b:1 HTTP/1.1⏎Host: b:1⏎Content-Length: 1⏎⏎x",
            .refuses(400, .connectContent)),
        .post(
            "one more than the largest integer", "Content-Length: 9223372036854775808", "x",
            .refuses(400, .contentLength)),
        .post("2 to the power of 64", "Content-Length: 18446744073709551616", "x", .refuses(400, .contentLength)),
        .post(
            "2 to the power of 64 and 5", "Content-Length: 18446744073709551621", "hello", .refuses(400, .contentLength)
        ),
        .post("2 to the power of 32, in hexadecimal", "Content-Length: 100000000h", "x", .refuses(400, .contentLength)),
        .post(
            "forty digits", "Content-Length: 9999999999999999999999999999999999999999", "x",
            .refuses(400, .contentLength)),
        .post("nothing", "Content-Length:", "hello", .refuses(400, .contentLength)),
        .post("white space", "Content-Length: \t", "hello", .refuses(400, .contentLength)),
        .post("a plus sign", "Content-Length: +5", "hello", .refuses(400, .contentLength)),
        .post("a minus sign", "Content-Length: -5", "hello", .refuses(400, .contentLength)),
        .post("minus zero", "Content-Length: -0", "", .refuses(400, .contentLength)),
        .post("hexadecimal", "Content-Length: 0x5", "hello", .refuses(400, .contentLength)),
        .post("a hexadecimal digit", "Content-Length: a", "hello", .refuses(400, .contentLength)),
        .post("octal", "Content-Length: 0o5", "hello", .refuses(400, .contentLength)),
        .post("an underscore", "Content-Length: 1_0", "hellohello", .refuses(400, .contentLength)),
        .post("a decimal point", "Content-Length: 5.0", "hello", .refuses(400, .contentLength)),
        .post("an exponent", "Content-Length: 5e0", "hello", .refuses(400, .contentLength)),
        .post("a space inside", "Content-Length: 1 0", "hellohello", .refuses(400, .contentLength)),
        .post("a letter behind it", "Content-Length: 5x", "hello", .refuses(400, .contentLength)),
        .post("a semicolon behind it", "Content-Length: 5;", "hello", .refuses(400, .contentLength)),
        .post("in quotes", "Content-Length: \"5\"", "hello", .refuses(400, .contentLength)),
        .post("in parentheses", "Content-Length: (5)", "hello", .refuses(400, .contentLength)),
        .post("letters", "Content-Length: five", "hello", .refuses(400, .contentLength)),
        .post("a digit beyond ASCII", "Content-Length: \u{B2}", "he", .refuses(400, .contentLength)),
        .post("a no-break space", "Content-Length:\u{A0}5", "hello", .refuses(400, .contentLength)),
        .post("a byte order mark", "Content-Length: \u{EF}\u{BB}\u{BF}5", "hello", .refuses(400, .contentLength)),
        .post("NaN", "Content-Length: NaN", "hello", .refuses(400, .contentLength)),
        .post("a list of the same", "Content-Length: 5, 5", "hello", .refuses(400, .contentLength)),
        .post("a list of others", "Content-Length: 5, 6", "hello!", .refuses(400, .contentLength)),
        .post("a comma behind it", "Content-Length: 5,", "hello", .refuses(400, .contentLength)),
        .post("a comma in front of it", "Content-Length: ,5", "hello", .refuses(400, .contentLength)),
        .post("the same twice", "Content-Length: 5⏎Content-Length: 5", "hello", .refuses(400, .contentLengthRepeated)),
        .post("two others", "Content-Length: 5⏎Content-Length: 6", "hello!", .refuses(400, .contentLengthRepeated)),
        .post("two zeros", "Content-Length: 0⏎Content-Length: 0", "", .refuses(400, .contentLengthRepeated)),
        .post(
            "zero and another", "Content-Length: 0⏎Content-Length: 5", "hello", .refuses(400, .contentLengthRepeated)),
        .post(
            "two in other cases", "Content-Length: 5⏎content-length: 6", "hello!", .refuses(400, .contentLengthRepeated)
        ),
        .post(
            "two far from each other", "Content-Length: 5⏎X: y⏎Content-Length: 5", "hello",
            .refuses(400, .contentLengthRepeated)),
        .post(
            "an invalid one after a valid one", "Content-Length: 5⏎Content-Length: x", "hello",
            .refuses(400, .contentLengthRepeated)),
        .post(
            "an invalid one before a valid one", "Content-Length: x⏎Content-Length: 5", "hello",
            .refuses(400, .contentLength)),
        .post("a space before the colon", "Content-Length : 5", "hello", .refuses(400, .spaceBeforeColon)),
        .post("folded", "Content-Length:⏎ 5", "hello", .refuses(400, .contentLength)),
        .post("digits that are folded", "Content-Length: 1⏎ 0", "hellohello", .refuses(400, .lineFolding)),
        .post("a NUL behind it", "Content-Length: 5\0", "hello", .refuses(400, .controlCharacter)),
        .post("a vertical tab in front", "Content-Length:\u{0B}5", "hello", .refuses(400, .controlCharacter)),
        .post("a CR behind it", "Content-Length: 5\r", "hello", .refuses(400, .bareCarriageReturn)),
        RawRequest("an invalid one in HTTP/1.0", "POST / HTTP/1.0⏎Content-Length: x⏎⏎", .refuses(400, .contentLength)),
        RawRequest(
            "two in HTTP/1.0", "POST / HTTP/1.0⏎Content-Length: 1⏎Content-Length: 1⏎⏎x",
            .refuses(400, .contentLengthRepeated)),
        RawRequest(
            "an invalid one with GET", "GET / HTTP/1.1⏎Host: a⏎Content-Length: x⏎⏎", .refuses(400, .contentLength)),
    ]
}
