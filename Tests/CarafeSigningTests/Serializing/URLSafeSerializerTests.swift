import Foundation
import Testing

@testable import CarafeSigning

@Suite("URL-safe serializers")
struct URLSafeSerializerTests {
    private struct Unsubscribe: Codable, Equatable {
        var id: Int
        var name: String
    }

    private let keys: SecretKeys
    private let serializer: URLSafeSerializer
    private let token = "eyJpZCI6NSwibmFtZSI6Iml0cyJ9.6fz_k0aTgqwVQ47NPhYrM1tdiTI"

    init() throws {
        keys = try SecretKeys(current: "secret-key")
        serializer = try URLSafeSerializer(secretKeys: keys)
    }

    /// The token of any payload, rightly signed.
    private func token(ofPayload payload: String) throws -> String {
        try Signer(secretKeys: keys, salt: "itsdangerous").sign(payload)
    }

    @Test("values, Codable types and JSON make the same token and come back from it")
    func documented() throws {
        #expect(try serializer.dumps(["id": 5, "name": "its"]) == token)
        #expect(try serializer.dumps(encoding: Unsubscribe(id: 5, name: "its")) == token)
        #expect(try serializer.dumps(json: Array(#"{"id":5,"name":"its"}"#.utf8)) == token)
        #expect(try serializer.loads(token) == ["name": "its", "id": 5])
        #expect(try serializer.loads(token, as: Unsubscribe.self) == Unsubscribe(id: 5, name: "its"))
        #expect(try serializer.loadsJSON(token) == Array(#"{"id":5,"name":"its"}"#.utf8))
    }

    @Test("a token of another type is refused, and the message says of which type it is not")
    func wrongType() {
        let error = #expect(throws: SigningError.self) { try serializer.loads(token, as: [Int].self) }
        #expect(error?.kind == .badPayload)
        #expect(error?.message == "The payload is no Array<Int>.")
    }

    @Test("JSON that nests without end is no type's, and never traps")
    func nested() throws {
        let token = try serializer.dumps(json: [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20))
        #expect(refusal { try serializer.loads(token, as: [Int].self) } == .badPayload)
        #expect(refusal { try serializer.loads(token) } == .badPayload)
    }

    @Test("each salt is a purpose of its own")
    func salts() throws {
        let other = try URLSafeSerializer(secretKeys: keys, salt: "activate")
        #expect(
            try other.dumps(["id": 5, "name": "its"]) == "eyJpZCI6NSwibmFtZSI6Iml0cyJ9.OH7zqqEHuebgGCXzlBScgteksYA")
        #expect(refusal { try other.loads(token) } == .badSignature)
    }

    @Test("tokens have only characters that a URL may have, compressed or not")
    func urlSafe() throws {
        for count in [0, 1, 50, 500] {
            let token = try serializer.dumps(.array((0..<count).map { .string("ü\($0)~?&/") }))
            #expect(
                token.utf8.allSatisfy(
                    Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.".utf8).contains))
            #expect((token.utf8.first == UInt8(ascii: ".")) == (count >= 50))
        }
    }

    @Test(
        "under a right signature, a payload that cannot be read is refused",
        arguments: [
            "", "!", "A", "e3 0", "e30=", "e31", "e", "bnV", "_w", ".", "..", ".e30", ".A", ".AAAA",
            // A whole stream with something after it, and one cut short.
            ".eJyrrgUAAXUA-QA", ".eJyrrgUAAXUA-Q==", ".eJyrrgUAAXUA", ".eJyrrg",
            // zlib with a wrong checksum, with a dictionary, and raw deflate.
            ".eJyrrgUAAXUA-A", ".eLsAAAABq64FAAF1APk", ".q64FAA",
        ])
    func badPayload(payload: String) throws {
        let token = try token(ofPayload: payload)
        #expect(refusal { try serializer.loads(token) } == .badPayload)
    }

    @Test("the compressed payload of the tests above, whole, is read")
    func compressedPayload() throws {
        #expect(try serializer.loads(token(ofPayload: ".eJyrrgUAAXUA-Q")) == [:])
    }

    @Test("the size is limited before compression, both ways")
    func limit() throws {
        let small = try URLSafeSerializer(secretKeys: keys, maximumPayloadSize: 100)
        let fits = SessionValue.string(String(repeating: "a", count: 98))
        let exceeds = SessionValue.string(String(repeating: "a", count: 99))
        #expect(try small.loads(small.dumps(fits)) == fits)
        #expect(refusal { try small.dumps(exceeds) } == .payloadTooLarge)
        let token = try serializer.dumps(exceeds)
        #expect(token.utf8.first == UInt8(ascii: "."))
        #expect(refusal { try small.loads(token) } == .payloadTooLarge)
        #expect(refusal { try small.loads(serializer.dumps(.string(Self.random(count: 99)))) } == .payloadTooLarge)
    }

    @Test("a payload that would inflate a thousandfold stops at the limit", arguments: [0, 1, 1000, 1 << 16])
    func bomb(limit: Int) throws {
        let bomb = try #require(Zlib.deflate([UInt8](repeating: 0x20, count: 1 << 20)))
        #expect(bomb.count < 1100)
        #expect(throws: Zlib.InflateError.tooLarge) { try Zlib.inflate(bomb, limit: limit) }
    }

    @Test("the limit is exact")
    func exactLimit() throws {
        let compressed = try #require(Zlib.deflate([UInt8](repeating: 0x20, count: 10_000)))
        #expect(try Zlib.inflate(compressed, limit: 10_000).count == 10_000)
        #expect(throws: Zlib.InflateError.tooLarge) { try Zlib.inflate(compressed, limit: 9_999) }
    }

    @Test("the error of a payload that is too large names the limit and the way out")
    func limitMessage() throws {
        let small = try URLSafeSerializer(secretKeys: keys, maximumPayloadSize: 10)
        let error = #expect(throws: SigningError.self) { try small.dumps("12345678901") }
        #expect(
            error?.description == "The content is larger than 10 bytes. Keep large values in a database and sign their "
                + "id, or raise `maximumPayloadSize`.")
    }

    @Test("any bytes are deflated and inflated again", arguments: [0, 1, 7, 255, 256, 257, 1023, 1024, 5000, 70_000])
    func zlib(count: Int) throws {
        for bytes in [[UInt8](repeating: 7, count: count), Array(Self.random(count: count).utf8)] {
            let compressed = try #require(Zlib.deflate(bytes))
            #expect(try Zlib.inflate(compressed, limit: count) == bytes)
        }
    }

    @Test("the timed serializer knows when, and for how long")
    func timed() throws {
        let timed = try URLSafeTimedSerializer(secretKeys: keys, now: { 1_700_000_000 })
        let late = try URLSafeTimedSerializer(secretKeys: keys, now: { 1_700_000_061 })
        let token = try timed.dumps([1, "é"])
        #expect(token == "WzEsIsOpIl0.ZVPxAA.oWT7u52BmTGsnvNyA3ln_DPNmRM")
        #expect(try timed.loads(token, maxAge: .seconds(60)) == [1, "é"])
        #expect(try late.dateSigned(of: token) == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(refusal { try late.loads(token, maxAge: .seconds(60)) } == .expired)
        #expect(refusal { try late.loads(token, as: [Int].self, maxAge: .seconds(60)) } == .expired)
        #expect(refusal { try late.loads(token, as: [Int].self) } == .badPayload)
        #expect(try timed.dumps(encoding: [1]) == timed.dumps([1]))
    }

    @Test("a token without a time is none of the timed serializer's, and the reverse")
    func timedAndUntimed() throws {
        let timed = try URLSafeTimedSerializer(secretKeys: keys, now: { 1_700_000_000 })
        #expect(refusal { try timed.loads(token) } == .badTimestamp)
        #expect(refusal { try serializer.loads(timed.dumps(1)) } == .badPayload)
    }

    @Test("a bad separator is refused by the serializers too")
    func badSeparator() {
        #expect(refusal { try URLSafeSerializer(secretKeys: keys, separator: "a") } == .badSeparator)
        #expect(refusal { try URLSafeTimedSerializer(secretKeys: keys, separator: "_") } == .badSeparator)
    }

    /// Text that hardly compresses.
    private static func random(count: Int) -> String {
        var random = RandomValue(seed: 1)
        let text = (0..<count).map { _ in UInt8(33 + random.below(1 << 20) % 90) }
        return String(
            decoding: text.map { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? 0x78 : $0 }, as: UTF8.self)
    }
}
