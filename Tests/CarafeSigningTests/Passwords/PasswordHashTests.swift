import Testing

@testable import CarafeSigning

@Suite("Password hashes")
struct PasswordHashTests {
    private static let cheap = PasswordMethod.pbkdf2(.sha256, iterations: 1)

    @Test("a hash is its method, a salt of letters and digits, and hexadecimal digits")
    func format() throws {
        let hash: String = try generatePasswordHash("pw", method: Self.cheap)
        let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
        #expect(parts.map(\.utf8.count) == ["pbkdf2:sha256:1".utf8.count, 16, 64])
        #expect(parts[0] == "pbkdf2:sha256:1")
        #expect(parts[1].utf8.allSatisfy { isASCIILetterOrDigit($0) })
        #expect(parts[2].utf8.allSatisfy("0123456789abcdef".utf8.contains))
    }

    private func isASCIILetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    @Test("no two salts are the same, and their characters come about equally often")
    func salts() {
        let salts = (0..<500).map { _ in randomSalt(length: 16) }
        #expect(Set(salts).count == 500)
        let counts = Dictionary(grouping: salts.flatMap(\.utf8), by: { $0 }).mapValues(\.count)
        // 8,000 characters of 62: 129 of each, with a deviation of 11.
        #expect(counts.count == 62)
        #expect(counts.values.allSatisfy { (50..<250).contains($0) })
    }

    @Test("the default is scrypt:32768:8:1, with a salt of 16 characters")
    func defaultMethod() {
        let hash =
            "scrypt:32768:8:1$saltsaltsaltsalt$fd4a2f347e3d4bee9500d221caf31247ab61ad638567381e1837d791d534ae88"
            + "d9ffd816028ccc13d00c2a22ed7c56b8ade2972111b9fec0a02667443520f8f1"
        #expect(PasswordMethod(ofHash: hash) == .scrypt)
        #expect(PasswordMethod.scrypt.description == "scrypt:32768:8:1")
        #expect(PasswordMethod.pbkdf2.description == "pbkdf2:sha256:1000000")
    }

    @Test("one password is taken, whatever is near it is not", arguments: ["pw", "", "pässwörd", "a\0b"])
    func check(password: String) throws {
        let hash: String = try generatePasswordHash(password, method: Self.cheap)
        #expect(checkPasswordHash(hash, password) as Bool)
        for other in [password + " ", password + "\0x", "x" + password, "PW", "pa\u{308}sswo\u{308}rd", "a"] {
            #expect(!(checkPasswordHash(hash, other) as Bool))
        }
    }

    @Test("a change of any byte of a hash makes it match no more")
    func tampering() throws {
        let hash = Array((try generatePasswordHash("pw", method: Self.cheap) as String).utf8)
        for index in hash.indices {
            var changed = hash
            changed[index] ^= 1
            #expect(!(checkPasswordHash(String(decoding: changed, as: UTF8.self), "pw") as Bool))
        }
        #expect(!(checkPasswordHash(String(decoding: hash.dropLast(), as: UTF8.self), "pw") as Bool))
        #expect(!(checkPasswordHash(String(decoding: hash + [0x30], as: UTF8.self), "pw") as Bool))
    }

    @Test("a salt without characters is refused", arguments: [0, -1, .min])
    func emptySalt(length: Int) {
        let error = #expect(throws: PasswordHashError.self) {
            try generatePasswordHash("pw", method: Self.cheap, saltLength: length) as String
        }
        #expect(error?.kind == .emptySalt)
        #expect(
            error?.description
                == "The salt's length is less than 1. Without a salt, equal passwords have equal hashes. "
                + "Take the default of 16.")
    }

    @Test("whatever can be made can be checked, up to the longest salt")
    func longSalt() throws {
        let hash: String = try generatePasswordHash("pw", method: .pbkdf2(.sha512, iterations: 1), saltLength: 512)
        #expect(checkPasswordHash(hash, "pw") as Bool)
        let error = #expect(throws: PasswordHashError.self) {
            try generatePasswordHash("pw", method: Self.cheap, saltLength: 513) as String
        }
        #expect(error?.kind == .saltTooLong)
    }

    @Test("a method over the limits is refused, and the message says what to do")
    func refusedMethod() {
        let error = #expect(throws: PasswordHashError.self) {
            try generatePasswordHash("pw", method: .scrypt(cost: 3, blockSize: 8, parallelism: 1)) as String
        }
        #expect(error?.kind == .unsupportedMethod)
        #expect(
            error?.description == "The password method scrypt:3:8:1 is invalid or over the limits. Take the default, "
                + "`.scrypt`, or raise `PasswordHashLimits`; scrypt's cost must be a power of two.")
    }

    @Test("blocks over 16 in one lane, which swift-crypto does not compute, are refused; in two lanes they are not")
    func wideBlocks() throws {
        let hasher = PasswordHasher.shared
        #expect(throws: PasswordHashError.self) {
            try hasher.generate("pw", method: .scrypt(cost: 128, blockSize: 17, parallelism: 1)) as String
        }
        for (blockSize, parallelism) in [(16, 1), (17, 2), (64, 2)] {
            let method = PasswordMethod.scrypt(cost: 128, blockSize: blockSize, parallelism: parallelism)
            #expect(hasher.check(try hasher.generate("pw", method: method), "pw") as Bool)
        }
    }
}
