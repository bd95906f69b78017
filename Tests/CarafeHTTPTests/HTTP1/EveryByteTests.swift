import CarafeHTTP
import Testing

@Suite("Of the 256 bytes, each place takes those of its grammar and no other")
struct EveryByteTests {
    /// A place, marked by `¤` in a request, and the bytes that may stand there.
    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: String
        let bytes: Set<UInt8>

        init(_ name: String, _ request: String, _ bytes: Set<UInt8>) {
            testDescription = name
            self.request = request
            self.bytes = bytes
        }
    }

    private static let digits = Set(UInt8(ascii: "0")...UInt8(ascii: "9"))
    private static let letters = Set(UInt8(ascii: "A")...UInt8(ascii: "Z")).union(UInt8(ascii: "a")...UInt8(ascii: "z"))
    private static let hexadecimal = digits.union("abcdefABCDEF".utf8)
    /// RFC 9110 §5.6.2
    private static let token = digits.union(letters).union("!#$%&'*+-.^_`|~".utf8)
    /// RFC 9110 §5.5
    private static let value = Set<UInt8>(0x20...0x7E).union(0x80...0xFF).union([0x09])
    /// RFC 3986 §3.2.2, without percent-encodings
    private static let name = digits.union(letters).union("-._~!$&'()*+,;=".utf8)
    /// Visible ASCII without what has a meaning of its own
    private static let path = Set<UInt8>(0x21...0x7E).subtracting("#%".utf8)

    static let places: [Place] = [
        // `GeT` looks like a known method.
        Place("a method", "G¤T / HTTP/1.1⏎Host: a⏎⏎", token.subtracting("e".utf8)),
        Place("a path", "GET /a¤b HTTP/1.1⏎Host: a⏎⏎", path),
        Place("a query", "GET /?a¤b HTTP/1.1⏎Host: a⏎⏎", path.union("%".utf8)),
        Place("an encoding", "GET /%4¤ HTTP/1.1⏎Host: a⏎⏎", hexadecimal),
        Place("a version's dot", "GET / HTTP/1¤1⏎Host: a⏎⏎", Set(".".utf8)),
        Place("a minor version", "GET / HTTP/1.¤⏎Host: a⏎⏎", Set("01".utf8)),
        Place("the space after a method", "XET¤/ HTTP/1.1⏎Host: a⏎⏎", Set(" ".utf8)),
        Place("the space before a version", "GET /¤HTTP/1.1⏎Host: a⏎⏎", Set(" ".utf8)),
        Place("a field's name", "GET / HTTP/1.1⏎Host: a⏎X¤Y: z⏎⏎", token.union(":".utf8)),
        Place("the beginning of a field's name", "GET / HTTP/1.1⏎Host: a⏎¤: z⏎⏎", token),
        Place("before the colon", "GET / HTTP/1.1⏎Host: a⏎X¤: z⏎⏎", token.union(":".utf8)),
        Place("a field's value", "GET / HTTP/1.1⏎Host: a⏎X: y¤z⏎⏎", value),
        Place("the end of a field's value", "GET / HTTP/1.1⏎Host: a⏎X: y¤⏎⏎", value),
        Place("the beginning of a field's value", "GET / HTTP/1.1⏎Host: a⏎X:¤y⏎⏎", value),
        Place("a host", "GET / HTTP/1.1⏎Host: a¤b⏎⏎", name),
        Place("the end of a host", "GET / HTTP/1.1⏎Host: a¤⏎⏎", name.union(": \t".utf8)),
        Place("a port", "GET / HTTP/1.1⏎Host: a:8¤0⏎⏎", digits),
        Place("an address", "GET / HTTP/1.1⏎Host: [::¤]⏎⏎", hexadecimal),
        Place("a host in a target", "GET http://a¤b/ HTTP/1.1⏎Host: a⏎⏎", name.union("/?".utf8)),
        Place("a length", "POST / HTTP/1.1⏎Host: a⏎Content-Length: 1¤1⏎⏎", digits),
        Place("the end of a length", "POST / HTTP/1.1⏎Host: a⏎Content-Length: 1¤⏎⏎", digits.union(" \t".utf8)),
        Place("the beginning of a length", "POST / HTTP/1.1⏎Host: a⏎Content-Length:¤1⏎⏎", digits.union(" \t".utf8)),
        Place("the end of a coding", "POST / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked¤⏎⏎", Set(" \t".utf8)),
        Place("the beginning of a coding", "POST / HTTP/1.1⏎Host: a⏎Transfer-Encoding:¤chunked⏎⏎", Set(" \t".utf8)),
        Place("a chunk's size", chunked + "1¤1⏎", hexadecimal.union(";".utf8)),
        Place("the end of a chunk's size", chunked + "1¤⏎", hexadecimal),
        Place("the beginning of a chunk's size", chunked + "¤1⏎", hexadecimal),
        Place("the end of a chunk", chunked + "1⏎x¤\n", Set("\r".utf8)),
        Place("a chunk", chunked + "1⏎¤⏎0⏎⏎", Set(0...0xFF)),
        Place("an extension's name", chunked + "1;a¤b⏎", token.union(";=".utf8)),
        Place("an extension's value", chunked + "1;a=b¤c⏎", token.union(";".utf8)),
        Place("a quoted string", chunked + "1;a=\"b¤c\"⏎", value.subtracting("\"".utf8)),
        Place("a trailer's name", chunked + "0⏎X¤Y: z⏎⏎", token.union(":".utf8)),
        Place("a trailer's value", chunked + "0⏎X: y¤z⏎⏎", value),
    ]

    private static let chunked = "POST / HTTP/1.1⏎Host: a⏎Transfer-Encoding: chunked⏎⏎"

    @Test("the bytes that are taken", arguments: places)
    func bytes(_ place: Place) {
        let parts = place.request.split(separator: "¤").map { RawRequest.bytes(String($0)) }
        let taken = (0...UInt8.max).filter { Reading([parts[0] + [$0] + parts[1]]).error == nil }
        #expect(taken == place.bytes.sorted())
    }
}
