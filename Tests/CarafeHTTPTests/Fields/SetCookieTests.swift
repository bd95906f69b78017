import CarafeHTTP
import Testing

@Suite("Set-Cookie")
struct SetCookieTests {
    @Test("attributes stand in Flask's order")
    func order() throws {
        var cookie = SetCookie("session", "v")
        cookie.domain = ".example.com:8000"
        cookie.maxAge = 60
        cookie.isSecure = true
        cookie.isHTTPOnly = true
        cookie.sameSite = .lax
        cookie.isPartitioned = true
        #expect(
            try cookie.fieldValue(now: HTTPDate(secondsSinceEpoch: 0))
                == "session=v; Domain=example.com; Expires=Thu, 01 Jan 1970 00:01:00 GMT; Max-Age=60; Secure; HttpOnly; "
                + "Path=/; SameSite=Lax; Partitioned")
    }

    @Test("partitioned implies Secure")
    func partitioned() throws {
        var cookie = SetCookie("a", "b")
        cookie.isPartitioned = true
        #expect(try cookie.fieldValue() == "a=b; Secure; Path=/; Partitioned")
    }

    @Test("names that promise something need it")
    func prefixes() throws {
        var cookie = SetCookie("__Host-a", "b")
        #expect(throws: InvalidCookie.self) { try cookie.fieldValue() }
        cookie.isSecure = true
        #expect(try cookie.fieldValue() == "__Host-a=b; Secure; Path=/")
        cookie.path = "/x"
        #expect(throws: InvalidCookie.self) { try cookie.fieldValue() }
        cookie.path = "/"
        cookie.domain = "example.com"
        #expect(throws: InvalidCookie.self) { try cookie.fieldValue() }
        #expect(throws: InvalidCookie.self) { try SetCookie("__secure-a", "b").fieldValue() }
    }

    @Test("a removed cookie ends in the past")
    func removing() throws {
        #expect(
            try SetCookie.removing("a", domain: "h").fieldValue()
                == "a=; Domain=h; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/")
    }

    @Test(
        "a value of any text is read back as it was",
        arguments: ["", "a b", "\"\\;,\r\n\0\u{7F}", "é☃\u{1F600}", "\\073", "=%20"])
    func roundTrip(_ value: String) throws {
        var cookie = SetCookie("n", value)
        cookie.maxAge = -5
        cookie.expires = HTTPDate(secondsSinceEpoch: 86_400)
        cookie.sameSite = .strict
        let field = try cookie.fieldValue()
        #expect(SetCookie(parsing: field) == cookie)
        #expect(field.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        let sent = try Parameters(cookies: String(decoding: field.utf8.prefix { $0 != 0x3B }, as: UTF8.self))
        #expect(sent["n"]?.utf8.elementsEqual(value.utf8) == true)
    }

    @Test("attributes are read in any case; malformed ones fall away")
    func parsing() {
        let cookie = SetCookie(
            parsing: "a=b; MAX-AGE=x; max-age=9999999999999999999999; PATH=x; SECURE; SameSite=odd; Domain=.H")
        #expect(cookie?.maxAge == Int.max)
        #expect(cookie?.path == nil)
        #expect(cookie?.isSecure == true)
        #expect(cookie?.sameSite == nil)
        #expect(cookie?.domain == "h")
        #expect(SetCookie(parsing: "=v") == nil)
        #expect(SetCookie(parsing: "") == nil)
    }

    @Test("a cookie that lasts longer than time is no trap")
    func overflow() throws {
        var cookie = SetCookie("a", "b")
        cookie.maxAge = Int.max
        #expect(
            try cookie.fieldValue() == "a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT; Max-Age=9223372036854775807; Path=/"
        )
    }
}
