import Testing

@testable import CarafeHTTP

@Suite("Entity tags")
struct EntityTagTests {
    @Test(
        "the hash is XXH64",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("The quick brown fox jumps over the lazy dog", 0x0B24_2D36_1FDA_71BC),
        ] as [(String, UInt64)])
    func hash(_ text: String, _ hash: UInt64) {
        #expect(XXH64.hash(Array(text.utf8)) == hash)
    }

    @Test("content makes the same tag however it is stored, and other content another")
    func generated() {
        let content = Array("0123456789".utf8)
        #expect(EntityTag(hashing: content) == EntityTag(hashing: content[...]))
        #expect(EntityTag(hashing: content) == EntityTag(hashing: content.reversed().reversed()))
        #expect(EntityTag(hashing: content) != EntityTag(hashing: content.dropLast()))
    }

    @Test("tags are compared byte by byte")
    func canonicalEquivalence() throws {
        let one = try #require(EntityTag("\u{E9}"))
        let other = try #require(EntityTag("e\u{301}"))
        #expect(!one.matchesWeakly(other))
    }

    @Test(
        "a tag that would end its quotes or its field is none",
        arguments: ["a\"b", "a\r\nb", "a\rb", "a\nb", "a\0b", "\u{7F}"])
    func invalid(_ value: String) {
        #expect(EntityTag(value) == nil)
    }
}
