import CarafeHTTP

extension RawRequest {
    /// Expect (RFC 9110 §10.1.1).
    static let expectations: [RawRequest] = [
        expecting("100-continue", "100-continue", .reads("POST / @a = hello, continue")),
        expecting("another case", "100-Continue", .reads("POST / @a = hello, continue")),
        expecting("capitals", "100-CONTINUE", .reads("POST / @a = hello, continue")),
        expecting("white space around", " \t100-continue \t", .reads("POST / @a = hello, continue")),
        expecting("twice", "100-continue⏎Expect: 100-continue", .reads("POST / @a = hello, continue")),
        expecting("nothing", "", .reads("POST / @a = hello")),
        .chunked("with chunks", "0⏎⏎", .reads("POST / @a")),
        .post(
            "before chunks", "Expect: 100-continue⏎Transfer-Encoding: chunked", "1⏎x⏎0⏎⏎",
            .reads("POST / @a = x, continue")),
        .post(
            "before content that has not come", "Expect: 100-continue⏎Content-Length: 5", "",
            .waits("POST / @a, continue…")),
        .post(
            "before chunks that have not come", "Expect: 100-continue⏎Transfer-Encoding: chunked", "",
            .waits("POST / @a, continue…")),
        .fields("without content", "Expect: 100-continue", .reads("GET / @a")),
        .fields("with a length of zero", "Expect: 100-continue⏎Content-Length: 0", .reads("GET / @a")),
        RawRequest(
            "HTTP/1.0 cannot be told to go on", "POST / HTTP/1.0⏎Host: a⏎Expect: 100-continue⏎Content-Length: 1⏎⏎x",
            .reads("POST / HTTP/1.0 @a = x, closes")),
        expecting("another", "200-ok", .refuses(417, .expectation)),
        expecting("a word", "continue", .refuses(417, .expectation)),
        expecting("the number alone", "100", .refuses(417, .expectation)),
        expecting("a space for the hyphen", "100 continue", .refuses(417, .expectation)),
        expecting("a letter too many", "100-continued", .refuses(417, .expectation)),
        expecting("a parameter", "100-continue;a", .refuses(417, .expectation)),
        expecting("a value", "100-continue=yes", .refuses(417, .expectation)),
        expecting("in quotes", "\"100-continue\"", .refuses(417, .expectation)),
        expecting("another behind it", "100-continue, foo", .refuses(417, .expectation)),
        expecting("another in front of it", "foo, 100-continue", .refuses(417, .expectation)),
        expecting("another field behind it", "100-continue⏎Expect: foo", .refuses(417, .expectation)),
        expecting("another field in front of it", "foo⏎Expect: 100-continue", .refuses(417, .expectation)),
        expecting("a byte beyond ASCII", "100-continue\u{A0}", .refuses(417, .expectation)),
        expecting("a NUL", "100-continue\0", .refuses(400, .controlCharacter)),
        .fields("another without content", "Expect: foo", .refuses(417, .expectation)),
        .post(
            "a request that is malformed as well", "Expect: foo⏎Content-Length: x", "", .refuses(400, .contentLength)),
        .post(
            "a request that is ambiguous as well", "Expect: foo⏎Content-Length: 5⏎Transfer-Encoding: chunked", "",
            .refuses(400, .bothLengths)),
    ]

    private static func expecting(_ name: String, _ value: String, _ answer: Answer) -> RawRequest {
        post(name, "Expect: \(value)⏎Content-Length: 5", "hello", answer)
    }
}
