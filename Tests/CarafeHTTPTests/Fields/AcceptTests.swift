import CarafeHTTP
import Testing

@Suite("What clients accept")
struct AcceptTests {
    @Test("the best is what has the highest quality, not what is most specific")
    func best() {
        #expect(MediaTypeAccept(parsing: "application/json;q=0.5, text/*").best == "text/*")
        #expect(MediaTypeAccept(parsing: "a/b;q=0").best == nil)
    }

    @Test("q=0 excludes, and the more specific item decides")
    func excluded() {
        let accept = MediaTypeAccept(parsing: "text/*, text/html;q=0, */*;q=0.1")
        #expect(!accept.accepts("text/html"))
        #expect(accept.quality(of: "text/plain") == 1)
        #expect(accept.quality(of: "image/png") == 0.1)
        #expect(accept.bestMatch(["text/html", "image/png"]) == "image/png")
    }

    @Test("without the field there is no preference")
    func absent() {
        let accept = Headers().accept
        #expect(!accept.isProvided)
        #expect(accept.bestMatch(["a/b"]) == nil)
    }

    @Test(
        "identity is acceptable unless it is excluded",
        arguments: [
            ("gzip", "identity", true), ("", "identity", true), ("identity;q=0", "identity", false),
            ("*;q=0", "identity", false),
            ("*;q=0, identity;q=0.5", "identity", true), ("gzip;q=0", "gzip", false), ("*", "br", true),
            ("", "gzip", false),
            ("x-gzip", "gzip", true), ("GZIP", "gzip", true),
        ])
    func encodings(_ field: String, _ coding: String, _ isAccepted: Bool) {
        #expect(EncodingAccept(parsing: field).accepts(coding) == isAccepted)
    }

    @Test("an unnamed identity is liked less than any coding that is named")
    func identityIsLast() {
        #expect(EncodingAccept(parsing: "gzip;q=0.1").bestMatch(["identity", "gzip"]) == "gzip")
        #expect(EncodingAccept(parsing: "gzip;q=0").bestMatch(["gzip", "identity"]) == "identity")
    }

    @Test(
        "a language falls back to its primary tag, both ways",
        arguments: [("de-AT", "de"), ("de", "de-AT"), ("DE_at", "de-CH")])
    func languages(_ field: String, _ offer: String) {
        #expect(LanguageAccept(parsing: field).bestMatch(["en", offer]) == (field == "DE_at" ? nil : offer))
    }

    @Test("letters beyond ASCII never pass for ASCII ones")
    func kelvin() {
        #expect(!CharsetAccept(parsing: "\u{212A}oi8-r").accepts("koi8-r"))
        #expect(!EncodingAccept(parsing: "g\u{17A}ip").accepts("gzip"))
    }
}
