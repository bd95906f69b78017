import CarafeHTTP
import HTTPTypes
import Testing

@Suite("Headers as values")
struct HeadersTypedTests {
    @Test("what is set is read back")
    func roundTrip() throws {
        var headers = Headers()
        headers.contentType = .html
        headers.contentLength = 5
        headers.contentDisposition = try .attachment(filename: "café \"1\".txt")
        headers.lastModified = HTTPDate(secondsSinceEpoch: 0)
        headers.etag = EntityTag("v1", isWeak: true)
        headers.vary.insert("Cookie")
        headers.vary.insert("cookie")
        headers.vary.insert("Accept")
        headers.contentRange = ContentRange(0..<5, length: 10)
        #expect(headers[.contentType] == "text/html; charset=utf-8")
        #expect(headers.contentType?.charset == "utf-8")
        #expect(
            headers[.contentDisposition]
                == "attachment; filename=\"cafe \\\"1\\\".txt\"; filename*=UTF-8''caf%C3%A9%20%221%22.txt")
        #expect(headers.contentDisposition?.filename == "café \"1\".txt")
        #expect(headers[.vary] == "Cookie, Accept")
        #expect(headers[.contentRange] == "bytes 0-4/10")
        #expect(headers.etag?.description == "W/\"v1\"")
        #expect(headers.lastModified?.secondsSinceEpoch == 0)
        headers.removeEntityFields()
        #expect(headers.map(\.name) == ["Content-Disposition", "ETag", "Vary"])
    }

    @Test("lengths and ages are digits alone", arguments: ["+5", "-0", "5 5", "0x5", "", "5\u{301}"])
    func numbers(_ value: String) {
        let headers: Headers = [.contentLength: value, .age: value]
        #expect(headers.contentLength == nil)
        #expect(headers.age == nil)
    }

    @Test("Cache-Control is built and read by name")
    func cacheControl() {
        var cacheControl = ResponseCacheControl()
        cacheControl.isPublic = true
        cacheControl.maxAge = 3600
        cacheControl.noCacheFields = ["Set-Cookie", "X-A"]
        #expect(cacheControl.description == "public, max-age=3600, no-cache=\"Set-Cookie, X-A\"")
        #expect(cacheControl.noCache)
        cacheControl.isPublic = false
        cacheControl.noCacheFields = []
        cacheControl.maxAge = nil
        #expect(cacheControl.description == "no-cache")
        var headers = Headers()
        headers.cacheControl.isImmutable = true
        #expect(headers[.cacheControl] == "immutable")
        headers.cacheControl.isImmutable = false
        #expect(headers.isEmpty)
        var request = RequestCacheControl(parsing: "max-stale, max-age=99999999999999999999")
        #expect(request.maxStale == Int.max)
        #expect(request.maxAge == Int.max)
        request.maxStale = 5
        #expect(request.description == "max-stale=5, max-age=99999999999999999999")
    }

    @Test("cookies of several lines are one set")
    func cookies() throws {
        var headers: Headers = [.cookie: "a=1"]
        try headers.append("b=2", for: .cookie)
        #expect(try headers.cookies() == ["a": "1", "b": "2"])
        try headers.setCookie(SetCookie("c", "3"))
        try headers.setCookie(SetCookie("d", "4"))
        #expect(headers[values: .setCookie] == ["c=3; Path=/", "d=4; Path=/"])
    }

    @Test("credentials go both ways")
    func authorization() {
        let basic = Authorization.basic(username: "é", password: "a:b")
        #expect(basic.description == "Basic w6k6YTpi")
        #expect(Authorization(parsing: basic.description) == basic)
        #expect(Authorization(parsing: "bearer abc==") == .bearer("abc=="))
        #expect(Authorization(parsing: "Basic dXNlcjpwYXNz\u{301}") == nil)
        #expect(Authorization(parsing: "Basic dXNlcjpwYXN=") == nil)
        #expect(Authorization(parsing: "Basic /zo6") == nil)
    }

    @Test("challenges are quoted as clients read them")
    func challenges() throws {
        #expect(try WWWAuthenticate.basic(realm: "a\"b").description == "Basic realm=\"a\\\"b\", charset=\"UTF-8\"")
        #expect(try WWWAuthenticate.bearer().description == "Bearer")
        #expect(
            try WWWAuthenticate.bearer(realm: "api", error: "invalid_token").description
                == "Bearer realm=\"api\", error=\"invalid_token\"")
        let digest = try WWWAuthenticate.digest(realm: "r", nonce: "n", isStale: true)
        #expect(digest.description == "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, stale=true")
        #expect(WWWAuthenticate(parsing: digest.description) == digest)
        #expect(WWWAuthenticate(parsing: "Negotiate YII=")?.token == "YII=")
    }

    @Test(
        "JSON is told by its type",
        arguments: [
            ("application/json", true), ("application/problem+json; charset=utf-8", true), ("APPLICATION/JSON", true),
            ("text/json", false), ("application/jsonp", false), ("json", false), ("application/\u{212A}+json", false),
            ("image/x+json", false),
        ])
    func json(_ type: String, _ isJSON: Bool) {
        #expect((MediaType(parsing: type)?.isJSON ?? false) == isJSON)
    }

    @Test(
        "text gets a charset",
        arguments: [
            ("text/css", "text/css; charset=utf-8"), ("image/svg+xml", "image/svg+xml; charset=utf-8"),
            ("image/png", "image/png"), ("text/html; charset=latin1", "text/html; charset=latin1"),
        ])
    func charsets(_ type: String, _ expected: String) {
        #expect(MediaType(parsing: type)?.withCharset.description == expected)
    }

    @Test("hop-by-hop fields are known", arguments: [("Connection", true), ("TE", true), ("Date", false)])
    func categories(_ name: String, _ isHopByHop: Bool) {
        #expect(HTTPField.Name(name)?.isHopByHop == isHopByHop)
    }
}
