import CarafeHTTP
import HTTPTypes
import Testing

/// What could end a field or a line, by itself and inside other text. `\r\n` is one `Character`, which a search for
/// either of its parts does not find.
private let breaks = ["\r\n", "\r", "\n", "\0", "a\r\nSet-Cookie: b", "a\r\n\u{301}b", "\n\u{301}"]

/// What some readers take for a line break.
private let unicodeBreaks = ["\u{85}", "\u{2028}", "\u{2029}"]

@Suite("Nothing that is written can begin another field (R-CRLF)")
struct InjectionTests {
    @Test("a header's value throws", arguments: breaks)
    func headers(_ evil: String) {
        var headers = Headers()
        #expect(throws: InvalidFieldValue.self) { try headers.set(evil, for: .location) }
        #expect(throws: InvalidFieldValue.self) { try headers.append(evil, for: .location) }
        #expect(throws: InvalidFieldValue.self) { try headers.set(HeaderValue.quote(evil), for: .location) }
        headers[.location] = evil
        #expect(headers.isEmpty)
    }

    @Test("a cookie's name, path and domain throw", arguments: breaks + unicodeBreaks + [";", "a;b"])
    func cookies(_ evil: String) {
        #expect(throws: InvalidCookie.self) { try SetCookie(evil, "v").fieldValue() }
        var cookie = SetCookie("a", "b")
        cookie.domain = evil
        #expect(throws: InvalidCookie.self) { try cookie.fieldValue() }
        cookie.domain = nil
        cookie.path = evil
        #expect(throws: InvalidCookie.self) { try cookie.fieldValue() }
    }

    @Test("what only looks like a semicolon is encoded")
    func greekQuestionMark() throws {
        var cookie = SetCookie("a", "\u{37E}")
        cookie.path = "/\u{37E}"
        #expect(try cookie.fieldValue() == "a=\"\\315\\276\"; Path=/%CD%BE")
    }

    @Test("a cookie's value is written in octal digits", arguments: breaks + unicodeBreaks)
    func cookieValues(_ evil: String) throws {
        #expect(try SetCookie("a", evil).fieldValue().utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }

    @Test("an invalid cookie's description has no line break", arguments: breaks)
    func cookieErrors(_ evil: String) throws {
        let error = #expect(throws: InvalidCookie.self) { try SetCookie(evil).fieldValue() }
        #expect(try #require(error).description.utf8.allSatisfy { $0 >= 0x20 })
    }

    @Test("file names and names of form fields throw", arguments: breaks + unicodeBreaks)
    func contentDisposition(_ evil: String) {
        #expect(throws: InvalidFieldValue.self) { try ContentDisposition.attachment(filename: evil) }
        #expect(throws: InvalidFieldValue.self) { try ContentDisposition.inline(filename: evil) }
        #expect(throws: InvalidFieldValue.self) { try ContentDisposition.formData(name: evil) }
        #expect(throws: InvalidFieldValue.self) { try ContentDisposition.formData(name: "a", filename: evil) }
    }

    @Test("challenges throw", arguments: breaks + unicodeBreaks)
    func challenges(_ evil: String) {
        #expect(throws: InvalidFieldValue.self) { try WWWAuthenticate.basic(realm: evil) }
        #expect(throws: InvalidFieldValue.self) { try WWWAuthenticate.bearer(errorDescription: evil) }
        #expect(throws: InvalidFieldValue.self) { try WWWAuthenticate.digest(realm: "a", nonce: evil) }
        #expect(throws: InvalidFieldValue.self) { try WWWAuthenticate(scheme: evil, parameters: []) }
        #expect(throws: InvalidFieldValue.self) { try WWWAuthenticate(scheme: "a", parameters: [(evil, "b")]) }
    }

    @Test("parameters, types, tags and policies take no such value", arguments: breaks + unicodeBreaks)
    func parameters(_ evil: String) {
        var type = MediaType.html
        type.parameters["charset"] = evil
        #expect(type.description == "text/html")
        #expect(MediaType(evil, "html") == nil)
        #expect(MediaType("text", evil) == nil)
        var policy = ContentSecurityPolicy()
        policy["default-src"] = evil
        policy[evil] = "'self'"
        policy["img-src"] = "'self'; script-src *"
        #expect(policy.description.isEmpty)
        #expect(IRI.toURI("/a" + evil).utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        #expect(Parameters([(evil, evil)]).urlEncoded.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }

    @Test("typed accessors never write such a value", arguments: breaks)
    func typed(_ evil: String) {
        var headers = Headers()
        headers.vary.insert(evil)
        headers.allow.insert(evil)
        headers.cacheControl = ResponseCacheControl(parsing: "x=\"" + evil + "\"")
        headers.etag = EntityTag(evil)
        headers.contentDisposition = ContentDisposition(parsing: "attachment; filename=\"" + evil + "\"")
        for (_, value) in headers { #expect(value.utf8.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }) }
    }
}
