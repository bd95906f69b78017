import CarafeSigning
import Testing

@Suite("Password methods")
struct PasswordMethodTests {
    @Test(
        "Werkzeug's methods are read, with their defaults",
        arguments: [
            ("scrypt", .scrypt(cost: 32_768, blockSize: 8, parallelism: 1)),
            ("scrypt:2:3:4", .scrypt(cost: 2, blockSize: 3, parallelism: 4)),
            ("pbkdf2", .pbkdf2(.sha256, iterations: 1_000_000)),
            ("pbkdf2:sha512", .pbkdf2(.sha512, iterations: 1_000_000)),
            ("pbkdf2:md5:5", .pbkdf2(.md5, iterations: 5)), ("pbkdf2:sha1:007", .pbkdf2(.sha1, iterations: 7)),
        ] as [(String, PasswordMethod)])
    func accepted(text: String, method: PasswordMethod) {
        #expect(PasswordMethod(text) == method)
        #expect(PasswordMethod(ofHash: text + "$salt$00") == method)
        #expect(PasswordMethod(method.description) == method)
    }

    @Test(
        "any other text is none",
        arguments: [
            "", ":", "plain", "md5", "sha256", "bcrypt", "Scrypt", "SCRYPT", " scrypt", "scrypt ", "scrypt:",
            "scrypt:2",
            "scrypt:2:8", "scrypt:2:8:", "scrypt:2:8:1:", "scrypt:2:8:1:1", "scrypt:-2:8:1", "scrypt:+2:8:1",
            "scrypt:2:8:1.0",
            "scrypt:0x2:8:1", "scrypt:２:8:1", "scrypt: 2:8:1", "scrypt:1_0:8:1", "scrypt:9223372036854775808:8:1",
            "scrypt:99999999999999999999999:8:1", "pbkdf2:", "pbkdf2::1", "pbkdf2:sha3", "pbkdf2:SHA256:1",
            "pbkdf2:sha256:",
            "pbkdf2:sha256:-1", "pbkdf2:sha256:1:1", "pbkdf2:sha256:1e3", "pbkdf2:sha256:٣", "pbkdf2:blake2b:1",
        ])
    func refused(text: String) {
        #expect(PasswordMethod(text) == nil)
        #expect(PasswordMethod(ofHash: text + "$salt$00") == nil)
        #expect(!(checkPasswordHash(text + "$salt$00", "pw") as Bool))
    }

    @Test("a hash without its two dollar signs has no method", arguments: ["", "scrypt", "scrypt$a"])
    func noHash(hash: String) {
        #expect(PasswordMethod(ofHash: hash) == nil)
        #expect(!(checkPasswordHash(hash, "pw") as Bool))
    }
}
