import CarafeSigning
import Testing

@Suite("Signer")
struct SignerTests {
    private let signer: Signer
    private let signed = "hello.GIG_I5genEs4rf1bcDRWLO8Yso4"

    init() throws {
        signer = try Signer(secretKeys: SecretKeys(current: "secret-key"))
    }

    @Test("the value stays readable before its signature")
    func documented() throws {
        #expect(signer.sign("hello") == signed)
        #expect(try signer.unsign(signed) == "hello")
    }

    @Test("a change of any bit of any byte is found")
    func tampering() {
        for index in signed.utf8.indices {
            for bit in 0..<8 {
                var bytes = Array(signed.utf8)
                bytes[signed.utf8.distance(from: signed.utf8.startIndex, to: index)] ^= 1 << bit
                #expect(refusal { try signer.unsign(bytes) } == .badSignature)
            }
        }
    }

    @Test("a token that was cut or to which something was added is refused")
    func cut() {
        for length in 0..<signed.utf8.count {
            let prefix = String(signed.prefix(length))
            #expect(refusal { try signer.unsign(prefix) } == .badSignature)
        }
        for tail in ["=", "A", ".", " ", "\n", "\0"] {
            #expect(refusal { try signer.unsign(signed + tail) } == .badSignature)
        }
    }

    @Test("a signature has one spelling: spare bits, padding and foreign characters are no second")
    func spellings() {
        // Python reads all of these as the same twenty bytes.
        for spelling in ["GIG_I5genEs4rf1bcDRWLO8Yso5", "GIG_I5genEs4rf1bcDRWLO8Yso4=", "GIG_I5genEs4rf1bcDRW!LO8Yso4"]
        {
            #expect(refusal { try signer.unsign("hello." + spelling) } == .badSignature)
        }
    }

    @Test("a value without a signature is refused", arguments: ["", ".", "hello", "hello.", ".hello", "..", "é"])
    func unsigned(text: String) {
        #expect(refusal { try signer.unsign(text) } == .badSignature)
    }

    @Test("any value comes back", arguments: ["", ".", "..", "a.b.c", "é", "e\u{301}", "\0", "\r\n", "🎈.🎈"])
    func roundTrip(value: String) throws {
        #expect(try signer.unsign(signer.sign(value)).utf8.elementsEqual(value.utf8))
    }

    @Test("bytes that are no text come back")
    func bytes() throws {
        let value: [UInt8] = [0xFF, 0x2E, 0x00, 0xC3]
        #expect(try signer.unsign(signer.sign(value)) == value)
    }

    @Test("another key or another salt makes another signature")
    func others() throws {
        let keys = try SecretKeys(current: "secret-key")
        let others = [
            try Signer(secretKeys: SecretKeys(current: "secret-kez")), try Signer(secretKeys: keys, salt: "other"),
            try Signer(secretKeys: keys, salt: ""),
            try Signer(secretKeys: keys, scheme: SignatureScheme(keyDerivation: .concat)),
            try Signer(secretKeys: keys, scheme: SignatureScheme(digest: .sha256)),
        ]
        for other in others {
            #expect(refusal { try other.unsign(signed) } == .badSignature)
        }
    }

    @Test("the newest key signs and every key verifies")
    func rotation() throws {
        let rotated = try Signer(secretKeys: SecretKeys(current: "new", fallbacks: ["secret-key", "old"]))
        #expect(try rotated.unsign(signed) == "hello")
        #expect(try rotated.unsign(Signer(secretKeys: SecretKeys(current: "old")).sign("v")) == "v")
        #expect(rotated.sign("v") == (try Signer(secretKeys: SecretKeys(current: "new")).sign("v")))
        #expect(refusal { try signer.unsign(rotated.sign("v")) } == .badSignature)
    }

    @Test("signatures of a fallback scheme are accepted, and none is made")
    func fallbackSchemes() throws {
        let keys = try SecretKeys(current: "secret-key")
        let strong = SignatureScheme(keyDerivation: .hmac, digest: .sha512)
        let moved = try Signer(secretKeys: keys, scheme: strong, fallbackSchemes: [.itsDangerous])
        #expect(try moved.unsign(signed) == "hello")
        #expect(moved.sign("v") == (try Signer(secretKeys: keys, scheme: strong).sign("v")))
        #expect(refusal { try signer.unsign(moved.sign("v")) } == .badSignature)
    }

    @Test("a separator that could be part of a signature is refused", arguments: ["", "a", "-", "_", "=", "0Z-_="])
    func badSeparator(separator: String) throws {
        let keys = try SecretKeys(current: "k")
        #expect(refusal { try Signer(secretKeys: keys, separator: separator) } == .badSeparator)
    }

    @Test("the last separator counts, whatever its length", arguments: [":", "..", ".a", "a.", "::", "é", "🎈", " "])
    func separators(separator: String) throws {
        let signer = try Signer(secretKeys: SecretKeys(current: "k"), separator: separator)
        for value in ["", "v", separator, separator + separator, "v" + separator, ".", ":", "a"] {
            #expect(try signer.unsign(signer.sign(value)).utf8.elementsEqual(value.utf8))
        }
    }

    @Test("an error repeats nothing of what was sent")
    func errorMessage() {
        let error = #expect(throws: SigningError.self) { try signer.unsign("<script>.<b>") }
        #expect(
            error?.description == "The signature does not match. It was changed, or signed with another secret key or "
                + "salt, or cut short. Treat it as not sent.")
        #expect(error?.dateSigned == nil)
    }
}
