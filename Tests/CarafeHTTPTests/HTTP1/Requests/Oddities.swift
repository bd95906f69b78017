import CarafeHTTP

extension RawRequest {
    /// What looks wrong and is right: a strict server must not refuse it.
    static let oddities: [RawRequest] = [
        .fields("an old Cookie", "Cookie: $Version=1; a=b", .reads("GET / @a {Cookie: $Version=1; a=b}")),
        .fields("a Cookie of nothing", "Cookie: ;;", .reads("GET / @a {Cookie: ;;}")),
        .fields("two Cookies", "Cookie: a=b⏎Cookie: c=d", .reads("GET / @a {Cookie: a=b; Cookie: c=d}")),
        .fields("an empty Accept", "Accept:", .reads("GET / @a {Accept: }")),
        .fields("a list of empty elements", "Accept: , ,a,", .reads("GET / @a {Accept: , ,a,}")),
        .fields("a comment in User-Agent", "User-Agent: a/1 (b; (c))", .reads("GET / @a {User-Agent: a/1 (b; (c))}")),
        .fields("an invalid Date", "Date: yesterday", .reads("GET / @a {Date: yesterday}")),
        .fields("an invalid Range", "Range: bytes=9-1", .reads("GET / @a {Range: bytes=9-1}")),
        .fields("an invalid Content-Type", "Content-Type: x", .reads("GET / @a {Content-Type: x}")),
        .fields("an invalid If-None-Match", "If-None-Match: a", .reads("GET / @a {If-None-Match: a}")),
        .fields("Latin-1", "X: caf\u{E9}", .reads("GET / @a {X: caf\u{E9}}")),
        .fields("Max-Forwards", "Max-Forwards: 0", .reads("GET / @a {Max-Forwards: 0}")),
        .fields("Via", "Via: 1.0 fred, 1.1 p.example", .reads("GET / @a {Via: 1.0 fred, 1.1 p.example}")),
        .fields("Upgrade without Connection", "Upgrade: websocket", .reads("GET / @a {Upgrade: websocket}")),
        .fields(
            "Transfer-Encoding by another name", "X-Transfer-Encoding: chunked",
            .reads("GET / @a {X-Transfer-Encoding: chunked}")),
        .fields("a pseudo field of HTTP/2 by another name", "method: POST", .reads("GET / @a {method: POST}")),
        .fields("a pseudo field of HTTP/2", ":method: POST", .refuses(400, .fieldName)),
        .fields("a field of one tab", "X:\t", .reads("GET / @a {X: }")),
        .line("a target of colons", "GET /::: HTTP/1.1", .reads("GET /::: @a")),
        .line("a target like an absolute one", "GET /http://b/ HTTP/1.1", .reads("GET /http://b/ @a")),
        .line("a target with a user", "GET /@b HTTP/1.1", .reads("GET /@b @a")),
        .line("a target with parameters", "GET /a;b=c/d;e HTTP/1.1", .reads("GET /a;b=c/d;e @a")),
        .line("a target of one dot", "GET /. HTTP/1.1", .reads("GET /. @a")),
        .line("a target that leaves the root", "GET /../../etc/passwd HTTP/1.1", .reads("GET /../../etc/passwd @a")),
        .line("an encoded target that leaves the root", "GET /%2e%2e/ HTTP/1.1", .reads("GET /%2e%2e/ @a")),
        .line("a target with an asterisk", "GET /* HTTP/1.1", .reads("GET /* @a")),
        .line("a target that is a fragment, encoded", "GET /%23a HTTP/1.1", .reads("GET /%23a @a")),
        .line("a query that is a fragment, encoded", "GET /?%23 HTTP/1.1", .reads("GET /?%23 @a")),
        .line("an overlong encoding of a dot", "GET /%C0%AE HTTP/1.1", .reads("GET /%C0%AE @a")),
        RawRequest("the least request of HTTP/1.0", "A / HTTP/1.0⏎⏎", .reads("A / HTTP/1.0 @, closes")),
        RawRequest("the least request of HTTP/1.1", "A / HTTP/1.1⏎Host:⏎⏎", .reads("A / @")),
        RawRequest("PUT without content", "PUT / HTTP/1.1⏎Host: a⏎⏎", .reads("PUT / @a")),
        RawRequest(
            "curl's request", "GET / HTTP/1.1⏎Host: a⏎User-Agent: curl/8⏎Accept: */*⏎⏎",
            .reads("GET / @a {User-Agent: curl/8; Accept: */*}")),
        .chunked("a chunk of one byte after another", "1⏎a⏎1⏎b⏎1⏎c⏎0⏎⏎", .reads("POST / @a = abc")),
        .chunked("a chunk that ends with a CR", "2⏎a\r⏎0⏎⏎", .reads("POST / @a = a\r")),
        .chunked("a chunk that ends with an LF", "2⏎a\n⏎0⏎⏎", .reads("POST / @a = a\n")),
    ]
}
