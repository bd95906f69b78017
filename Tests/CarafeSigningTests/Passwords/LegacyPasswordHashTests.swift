import CarafeSigning
import Testing

@Suite("Legacy password hashes")
struct LegacyPasswordHashTests {
    /// Made by Python's hashlib and hmac, as Werkzeug 2.2 did, of the password `pw` and the salt `salt`.
    static let hashes = [
        "md5$$8fe4c11451281c094a6578e6ddbf5eed",
        "md5$salt$efb20435ebb55a56eb867c1af4d7eec8",
        "sha1$salt$bc5f4b61f47f2b03e6d01623f2e53aa90d80c3cf",
        "sha256$salt$6cdd71ece27346dc4f13612756a6bf9f7f7a9b2c5cc8d96f255cc670349b9e8c",
        "sha384$salt$4c593e9f7e323d5d41de033f4d1c74a0528555e755c3ab4b4e7e70121203934db168c23f9345020e934a07687f"
            + "9c1929",
        "sha512$salt$638fc34b115be43761b6d7f443501eae93711e415ad2354c9d3446cb4efdceb721d5db07325f57506204b7cd18"
            + "de67da6bb98569e42e834581e47bdf9f384f62",
        "sha1$$1a91d62f7ca67399625a4368a6ab5d4a3baa6073",
        "plain$$pw",
        "plain$salt$pw",
    ]

    @Test("only who asks for it takes the hashes that Werkzeug refuses today", arguments: hashes)
    func accepted(hash: String) {
        #expect(checkLegacyPasswordHash(hash, "pw"))
        #expect(!checkLegacyPasswordHash(hash, "pW"))
        #expect(!checkLegacyPasswordHash(hash, ""))
        #expect(!checkLegacyPasswordHash(hash + "0", "pw"))
        #expect(!(checkPasswordHash(hash, "pw") as Bool))
    }

    @Test(
        "any other hash is refused",
        arguments: ["", "$", "$$", "plain$pw", "Plain$$pw", "sha224$salt$00", "md4$$00", "md5$$"])
    func refused(hash: String) {
        #expect(!checkLegacyPasswordHash(hash, "pw"))
        #expect(!checkLegacyPasswordHash(hash, ""))
    }

    @Test("a plain password may have dollar signs, and must have the same bytes")
    func plain() {
        #expect(checkLegacyPasswordHash("plain$$a$b$", "a$b$"))
        #expect(!checkLegacyPasswordHash("plain$$é", "e\u{301}"))
    }

    @Test("today's hashes are not for the legacy check")
    func today() throws {
        let hash: String = try generatePasswordHash("pw", method: .pbkdf2(.sha256, iterations: 1))
        #expect(!checkLegacyPasswordHash(hash, "pw"))
    }
}
