import CarafeHTTP
import Testing

@Suite("Hostile fields")
struct HostileFieldTests {
    /// Fragments of every grammar, and what Swift's strings would mistake.
    private static let pieces = [
        "\"", "\\", ";", ",", "=", "*", "*0", "%", "%4", "%ff", "-", "bytes=", "9223372036854775807",
        "99999999999999999999", "q=", "a/b", "W/", "utf-8''",
        " ", "\t", "\u{301}", "\u{212A}", "\u{37E}", "\0", "\r\n", "GMT", "Sun, ", "06", ":", ".", "..", "/", "Basic ",
        "=?", "#", "?", "//", "\u{FFFD}", "{", "a", "",
    ]

    @Test("no parser traps on random fields")
    func random() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                Self.pieces.randomElement(using: &generator) ?? ""
            }
            .joined()
            Self.parseAll(text)
        }
    }

    /// Each type read from `text` and written again.
    private static func parseAll(_ text: String) {
        _ = HeaderValue.parseList(text)
        _ = HeaderValue.dumpDictionary(HeaderValue.parseDictionary(text))
        _ = HTTPDate(parsing: text)?.description
        _ = EntityTag(parsing: text)?.description
        _ = EntityTagList(parsing: text).description
        _ = IfRange(parsing: text)?.description
        _ = ByteRanges(parsing: text)?.resolved(length: text.utf8.count)
        _ = ContentRange(parsing: text)?.description
        _ = MediaTypeAccept(parsing: text).bestMatch(["text/html", text])
        _ = LanguageAccept(parsing: text).bestMatch(["de", text])
        _ = EncodingAccept(parsing: text).bestMatch(["gzip", text])
        _ = CharsetAccept(parsing: text).bestMatch(["utf-8", text])
        _ = MediaType(parsing: text)?.withCharset.description
        _ = ContentDisposition(parsing: text)?.description
        _ = ResponseCacheControl(parsing: text).description
        _ = RequestCacheControl(parsing: text).maxStale
        _ = HeaderSet(parsing: text).description
        _ = Authorization(parsing: text)?.description
        _ = WWWAuthenticate(parsing: text)?.description
        _ = ContentSecurityPolicy(parsing: text).description
        _ = (try? Parameters(cookies: text))?.urlEncoded
        _ = (try? Parameters(urlEncoded: text))?.int("a")
        _ = try? SetCookie(parsing: text)?.fieldValue()
        _ = IRI.toURI(IRI.fromURI(text))
        _ = PercentEncoding.decode(text)
        _ = safeJoin(text, text, text)
        #expect(secureFilename(text).utf8.allSatisfy { ByteSet.token.contains($0) && $0 != 0x2F })
    }
}
