import CarafeSigning
import Testing

@Suite("Secret keys")
struct SecretKeysTests {
    @Test("an empty key is refused, among the fallbacks too", arguments: [("", []), ("a", [""]), ("a", ["b", ""])])
    func empty(current: String, fallbacks: [String]) {
        #expect(refusal { try SecretKeys(current: current, fallbacks: fallbacks) } == .emptySecretKey)
    }

    @Test("the refusal says how to make a key")
    func emptyMessage() {
        let error = #expect(throws: SigningError.self) { try SecretKeys(current: "") }
        #expect(
            error?.description == "A secret key is empty. Anyone can sign with an empty key. "
                + "Make one with `generateSecretKey()` and keep it out of the code.")
    }

    @Test("keys reach no log")
    func secrecy() throws {
        let keys = try SecretKeys(current: "hush", fallbacks: ["quiet"])
        var dumped = ""
        dump(keys, to: &dumped)
        #expect("\(keys)" == "SecretKeys(count: 2)")
        for text in ["\(keys)", String(reflecting: keys), dumped] {
            for secret in ["hush", "quiet", "104", "113"] { #expect(!text.contains(secret)) }
        }
    }

    @Test("keys of bytes are keys of the text that they spell")
    func bytes() throws {
        let ofText = try Signer(secretKeys: SecretKeys(current: "schlüssel", fallbacks: ["alt"]))
        let ofBytes = try Signer(secretKeys: SecretKeys(current: Array("schlüssel".utf8), fallbacks: [[97, 108, 116]]))
        #expect(ofText.sign("v") == ofBytes.sign("v"))
        #expect(try ofBytes.unsign(Signer(secretKeys: SecretKeys(current: "alt")).sign("v")) == "v")
    }

    @Test("a generated key has two hexadecimal digits a byte", arguments: [(32, 64), (1, 2), (0, 0), (-1, 0)])
    func generated(byteCount: Int, length: Int) {
        let key = generateSecretKey(byteCount: byteCount)
        #expect(key.utf8.count == length)
        #expect(key.utf8.allSatisfy("0123456789abcdef".utf8.contains))
    }

    @Test("no two generated keys are the same")
    func generatedDiffer() {
        #expect(Set((0..<100).map { _ in generateSecretKey() }).count == 100)
    }

    @Test(
        "comparing in constant time compares bytes",
        arguments: [
            ("", "", true), ("a", "a", true), ("a", "b", false), ("ab", "aa", false), ("ba", "aa", false),
            ("a", "", false), ("a", "aa", false), ("é", "e\u{301}", false), ("K", "\u{212A}", false),
        ])
    func constantTime(first: String, second: String, areEqual: Bool) {
        #expect(constantTimeEquals(first, second) == areEqual)
        #expect(constantTimeEquals(Array(second.utf8), Array(first.utf8)) == areEqual)
    }
}
