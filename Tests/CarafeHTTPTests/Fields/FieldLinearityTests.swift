import CarafeHTTP
import HTTPTypes
import TestSupport
import Testing

@Suite("The parsers of fields are linear", .serialized)
struct FieldLinearityTests {
    typealias Case = (name: String, separator: String, body: @Sendable (String) -> Void)

    static let lists: [Case] = [
        ("L-04 parseList", ",", { _ = HeaderValue.parseList($0) }),
        ("L-22 forwarded for", ", ", { _ = HeaderValue.parseList($0).last }),
        ("parseDictionary", ",", { _ = HeaderValue.parseDictionary($0).count }),
        ("L-05 Accept", ",", { _ = MediaTypeAccept(parsing: $0).bestMatch(["text/html", "a/b"]) }),
        ("L-05 Accept-Language", ",", { _ = LanguageAccept(parsing: $0).bestMatch(["de-AT", "en"]) }),
        ("L-05 Accept-Encoding", ",", { _ = EncodingAccept(parsing: $0).bestMatch(["gzip", "br"]) }),
        ("Cache-Control", ",", { _ = ResponseCacheControl(parsing: $0).maxAge }),
        ("Vary", ",", { _ = HeaderSet(parsing: $0).count }),
        ("If-None-Match", ",", { _ = EntityTagList(parsing: $0).tags.count }),
        ("L-10 Range", ",", { _ = ByteRanges(parsing: "bytes=" + $0, limit: Int.max)?.resolved(length: 1 << 40) }),
    ]

    static let pairs: [Case] = [
        ("L-02 Cookie", ";", { _ = try? Parameters(cookies: $0, limit: Int.max) }),
        ("L-03 Set-Cookie", ";", { _ = SetCookie(parsing: "a=" + $0) }),
        ("L-09 Content-Type", ";", { _ = MediaType(parsing: "a/b;" + $0) }),
        ("L-09 Content-Disposition", ";", { _ = ContentDisposition(parsing: "form-data;" + $0)?.filename }),
        ("Content-Security-Policy", ";", { _ = ContentSecurityPolicy(parsing: $0)["a"] }),
        ("L-12 query", "&", { _ = try? Parameters(urlEncoded: $0, limit: Int.max) }),
    ]

    static let texts: [Case] = [
        ("L-11 IRI to URI", "/", { _ = IRI.toURI($0) }),
        ("L-11 URI to IRI", "/", { _ = IRI.fromURI($0) }),
        ("L-15 percent-decoding", "%4", { _ = PercentEncoding.decode($0) }),
        ("L-23 date", " ", { _ = HTTPDate(parsing: "Sun, " + $0) }),
        ("L-24 Basic", " ", { _ = Authorization(parsing: "Basic " + $0) }),
        ("Digest", ",", { _ = Authorization(parsing: "Digest a=b," + $0) }),
        ("Content-Range", "-", { _ = ContentRange(parsing: "bytes " + $0) }),
        ("secureFilename", "/", { _ = secureFilename($0) }),
        ("safeJoin", "/", { _ = safeJoin("d", "a/" + $0) }),
        ("safeJoin up", "/../a", { _ = safeJoin("d", "a/" + $0) }),
    ]

    @Test("lists", arguments: Self.lists.indices)
    func list(_ index: Int) { expectLinear(Self.lists[index]) }

    @Test("pairs", arguments: Self.pairs.indices)
    func pair(_ index: Int) { expectLinear(Self.pairs[index]) }

    @Test("texts", arguments: Self.texts.indices)
    func text(_ index: Int) { expectLinear(Self.texts[index]) }

    @Test("a quadratic parser would be found")
    func harness() {
        let slope = Linearity.slope(
            of: { bytes in
                for index in bytes.indices where bytes[index...].contains(0x62) { return }
            }, on: { Linearity.Shape.repeated("a").bytes($0 / 16) })
        #expect(slope > 1.6)
    }

    @Test("ranges in order, and continuations of one parameter")
    func particularShapes() {
        let ranges = (0..<65_536).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
        Linearity.expectLinear("L-10 Range", shapes: [.started("", by: ranges)]) {
            _ = ByteRanges(parsing: "bytes=" + String(decoding: $0, as: UTF8.self), limit: Int.max)
        }
        Linearity.expectLinear(
            "L-09 continuations", shapes: [.repeated("f*0=aaaaaaaa;"), .numbered("f*", separator: "=a;")]
        ) {
            _ = HeaderValue.parseOptions("a;" + String(decoding: $0, as: UTF8.self))
        }
    }

    @Test("L-01 many lines of one field")
    func combined() {
        Linearity.expectLinear("combined", shapes: [.repeated("a")]) { bytes in
            var headers = Headers()
            for _ in 0..<(bytes.count / 64) { try? headers.append("a, b", for: .accept) }
            _ = headers.combined(.accept)
            _ = headers.accept
        }
    }

    private func expectLinear(_ parser: Case) {
        Linearity.expectLinear(parser.name, shapes: Linearity.worst(separator: parser.separator)) {
            parser.body(String(decoding: $0, as: UTF8.self))
        }
    }
}
