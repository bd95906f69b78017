import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("URL-encoded parser")
struct URLEncodedParserTests {
    @Test(
        "pairs are decoded by Werkzeug's rules",
        arguments: [
            ("", []), ("&&", []), ("a", ["a", ""]), ("=", ["", ""]), ("a=1&a=2", ["a", "1", "a", "2"]),
            ("a=b=c", ["a", "b=c"]), ("a+b=c+d%2B", ["a b", "c d+"]), ("a;b=1", ["a;b", "1"]),
            ("n=J%C3%BCrgen", ["n", "Jürgen"]), ("n=é", ["n", "é"]), ("n=%ff%C3", ["n", "%FF%C3"]),
            ("n=%f0%80%80A%C3%A9", ["n", "%F0%80%80Aé"]), ("n=%ED%A0%80", ["n", "%ED%A0%80"]),
            ("n=%zz%4%", ["n", "%zz%4%"]), ("n=%00%0d%0A", ["n", "\0\r\n"]), ("a%26b=%3D", ["a&b", "="]),
            ("n=%F4%8F%BF%BF%F4%90%80%80", ["n", "\u{10FFFF}%F4%90%80%80"]), ("n=e\u{301}", ["n", "e\u{301}"]),
        ] as [(String, [String])])
    func decodes(body: String, expected: [String]) throws {
        let whole = try fields([ByteBuffer(string: body)])
        #expect(whole == expected.map { Array($0.utf8) })
        #expect(try fields(ByteBuffer(string: body).pieces(of: 1)) == whole)
    }

    @Test("bytes that are not UTF-8 are percent-encoded, not lost")
    func rawBytes() throws {
        #expect(try fields([ByteBuffer(bytes: [0x61, 0x3D, 0xE9, 0x62])]) == [Array("a".utf8), Array("%E9b".utf8)])
    }

    @Test("a pair that comes in pieces is one pair")
    func pieces() throws {
        let pieces = ["na", "me=J%C", "3%BCr", "gen&", "b", "=", "2"].map { ByteBuffer(string: $0) }
        #expect(try fields(pieces) == ["name", "Jürgen", "b", "2"].map { Array($0.utf8) })
    }

    private func fields(_ pieces: [ByteBuffer]) throws -> [[UInt8]] {
        var parser = URLEncodedParser()
        for piece in pieces { try parser.append(piece) }
        return try parser.finish().flatMap { [Array($0.name.utf8), Array($0.value.utf8)] }
    }
}
