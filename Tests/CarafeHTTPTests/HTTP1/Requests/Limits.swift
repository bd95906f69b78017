import CarafeHTTP

extension RawRequest {
    /// Requests at their limits and one byte beyond: those of the server's design, which RFC 9110 and RFC 6585 name
    /// the statuses for.
    static let limits: [RawRequest] = [
        .line("a target at its limit", "GET /\(x(8191)) HTTP/1.1", .reads("GET /\(x(8191)) @a")),
        .line("a target beyond its limit", "GET /\(x(8192)) HTTP/1.1", .refuses(414, .targetTooLong)),
        .line("a query beyond the target's limit", "GET /?\(x(8191)) HTTP/1.1", .refuses(414, .targetTooLong)),
        .line("an absolute target beyond its limit", "GET http://a/\(x(8192)) HTTP/1.1", .refuses(414, .targetTooLong)),
        .line("a target far beyond its limit", "GET /\(x(20000)) HTTP/1.1", .refuses(414, .targetTooLong)),
        RawRequest("a target without an end", "GET /\(x(9000))", .refuses(414, .targetTooLong)),
        .line(
            "a long target with the longest method", "\(big(32)) /\(x(8191)) HTTP/1.1",
            .reads("\(big(32)) /\(x(8191)) @a")),
        .line("a method at its limit", "\(big(32)) / HTTP/1.1", .reads("\(big(32)) / @a")),
        .line("a method beyond its limit", "\(big(33)) / HTTP/1.1", .refuses(501, .methodTooLong)),
        .line("a method far beyond its limit", "\(big(9000)) / HTTP/1.1", .refuses(501, .methodTooLong)),
        RawRequest("a method without an end", big(9000), .refuses(501, .methodTooLong)),
        .line("a request line of spaces", "GET" + String(repeating: " ", count: 9000), .refuses(400, .requestLine)),
        .line(
            "a version far too long", "GET / HTTP/1." + String(repeating: "1", count: 9000), .refuses(400, .requestLine)
        ),
        .fields("a field at its limit", "X: \(x(8189))", .reads("GET / @a {X: \(x(8189))}")),
        .fields("a field beyond its limit", "X: \(x(8190))", .refuses(431, .fieldTooLong)),
        .fields("a field's name beyond the limit", "\(x(8192)):", .refuses(431, .fieldTooLong)),
        .fields(
            "a field of spaces beyond the limit", "X:" + String(repeating: " ", count: 8191),
            .refuses(431, .fieldTooLong)),
        RawRequest("a field without an end", "GET / HTTP/1.1⏎X: \(x(9000))", .refuses(431, .fieldTooLong)),
        RawRequest("a cookie of 8 KiB", "GET / HTTP/1.1⏎Host: a⏎Cookie: a=\(x(9000))⏎⏎", .refuses(431, .fieldTooLong)),
        .fields("100 fields", fields(99), .reads("GET / @a {\(outline(99))}")),
        .fields("101 fields", fields(100), .refuses(431, .tooManyFields)),
        .fields("1000 fields", fields(1000), .refuses(431, .tooManyFields)),
        .fields("a section at its limit", section(32768), .reads("GET / @a {\(sectionOutline(32768))}")),
        .fields("a section beyond its limit", section(32769), .refuses(431, .headerSectionTooLong)),
        .fields("a section far beyond its limit", section(50000), .refuses(431, .headerSectionTooLong)),
        .chunked("a chunk's line at its limit", "5;\(x(254))⏎hello⏎0⏎⏎", .reads("POST / @a = hello")),
        .chunked("a chunk's line beyond its limit", "5;\(x(255))⏎hello⏎0⏎⏎", .refuses(400, .chunkLineTooLong)),
        .chunked("a chunk's line without an end", "5;\(x(300))", .refuses(400, .chunkLineTooLong)),
        .chunked(
            "a chunk's size of zeros", String(repeating: "0", count: 257) + "⏎⏎", .refuses(400, .chunkLineTooLong)),
        .chunked("a chunk's size at the line's limit", String(repeating: "0", count: 256) + "⏎⏎", .reads("POST / @a")),
        .chunked("extensions at their limit", extensions(4096), .reads("POST / @a = \(x(17))")),
        .chunked("extensions beyond their limit", extensions(4097), .refuses(400, .chunkExtensionsTooLong)),
        .chunked("20 trailers", "0⏎\(fields(20))⏎⏎", .reads("POST / @a + {\(outline(20))}")),
        .chunked("21 trailers", "0⏎\(fields(21))⏎⏎", .refuses(400, .tooManyTrailers)),
        .chunked(
            "21 trailers that are left out", "0⏎" + String(repeating: "Host: a⏎", count: 21) + "⏎",
            .refuses(400, .tooManyTrailers)),
        .chunked("a trailer section at its limit", "0⏎X: \(x(8187))⏎⏎", .reads("POST / @a + {X: \(x(8187))}")),
        .chunked("a trailer section beyond its limit", "0⏎X: \(x(8188))⏎⏎", .refuses(400, .trailersTooLong)),
        .chunked("a trailer without an end", "0⏎X: \(x(9000))", .refuses(400, .trailersTooLong)),
        RawRequest(
            "the limits of a second request", "GET / HTTP/1.1⏎Host: a⏎⏎GET /\(x(8192)) HTTP/1.1⏎",
            .refuses(414, .targetTooLong, after: "GET / @a")),
        .post(
            "content is not the parser's to limit", "Content-Length: 1000", x(1000), .reads("POST / @a = \(x(1000))")),
        .chunked("a chunk longer than a line may be", "3e8⏎\(x(1000))⏎0⏎⏎", .reads("POST / @a = \(x(1000))")),
    ]

    private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }

    private static func big(_ count: Int) -> String { String(repeating: "X", count: count) }

    /// So many different fields, without the last line break.
    private static func fields(_ count: Int) -> String {
        (0..<count).map { "X\($0): y" }.joined(separator: "⏎")
    }

    private static func outline(_ count: Int) -> String {
        (0..<count).map { "X\($0): y" }.joined(separator: "; ")
    }

    /// Fields that make a section of so many bytes together with `Host: a`.
    private static func section(_ count: Int) -> String {
        sectionValues(count).map { "X: \($0)" }.joined(separator: "⏎")
    }

    private static func sectionOutline(_ count: Int) -> String {
        sectionValues(count).map { "X: \($0)" }.joined(separator: "; ")
    }

    private static func sectionValues(_ count: Int) -> [String] {
        var left = count - "Host: a\r\n".utf8.count
        var values: [String] = []
        while left > 0 {
            // What is left over must still be a field.
            let line = left > 4010 ? 4000 : left
            values.append(x(line - 5))
            left -= line
        }
        return values
    }

    /// Seventeen chunks of one byte with so many bytes of extensions in all.
    private static func extensions(_ count: Int) -> String {
        let first = String(repeating: "1;\(x(249))⏎x⏎", count: 16)
        return first + "1;\(x(count - 16 * 250 - 1))⏎x⏎0⏎⏎"
    }
}
