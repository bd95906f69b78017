import Testing

@testable import CarafeSigning

@Suite("Base64")
struct Base64Tests {
    @Test(
        "RFC 4648's vectors, both ways",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(text: String, encoded: String) {
        var ours: [UInt8] = []
        Base64.appendStandard(Array(text.utf8)[...], to: &ours)
        #expect(ours == Array(encoded.utf8))
        #expect(Base64.decodeStandard(ours[...]) == Array(text.utf8))
        let unpadded = ours.filter { $0 != UInt8(ascii: "=") }
        #expect(Base64.decodeURLSafe(unpadded[...]) == Array(text.utf8))
        #expect(Base64.encodedCount(text.utf8.count) == unpadded.count)
    }

    @Test("each of the 64 characters has its place in its alphabet")
    func alphabets() {
        let bytes =
            (0..<48).map { UInt8(truncatingIfNeeded: ($0 * 67) ^ ($0 >> 2)) } + [0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF]
        var (standard, urlSafe): ([UInt8], [UInt8]) = ([], [])
        Base64.appendStandard(bytes[...], to: &standard)
        Base64.appendURLSafe(bytes[...], to: &urlSafe)
        #expect(String(decoding: standard.suffix(8), as: UTF8.self) == "++++////")
        #expect(String(decoding: urlSafe.suffix(8), as: UTF8.self) == "----____")
        #expect(Base64.decodeStandard(standard[...]) == bytes)
        #expect(Base64.decodeURLSafe(urlSafe[...]) == bytes)
        #expect(Base64.decodeStandard(urlSafe[...]) == nil)
    }

    @Test(
        "a second spelling is refused",
        arguments: ["Zh", "Zm9", "Z", "Zg==", "Zg=", " Zg", "Zg\n", "Z+8v", "Zg\0", "Zé"])
    func urlSafeSpellings(text: String) {
        #expect(Base64.decodeURLSafe(Array(text.utf8)[...]) == nil)
    }

    @Test(
        "so it is where padding is due",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zh==", "=", "==", "====", "Z===", "Zm8==", "Zm=8", "Zm9v====", "Z-8v", "Zg==\n",
        ])
    func standardSpellings(text: String) {
        #expect(Base64.decodeStandard(Array(text.utf8)[...]) == nil)
    }
}
