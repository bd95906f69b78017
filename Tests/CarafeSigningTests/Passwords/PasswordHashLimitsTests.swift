import Testing

@testable import CarafeSigning

@Suite("Limits of password hashes")
struct PasswordHashLimitsTests {
    @Test(
        "parameters that could exhaust the machine, or that no method takes, are not admitted",
        arguments: [
            .scrypt(cost: 262_144, blockSize: 8, parallelism: 1), .scrypt(cost: 131_072, blockSize: 9, parallelism: 1),
            .scrypt(cost: 131_072, blockSize: 8, parallelism: 2), .scrypt(cost: 2, blockSize: 8, parallelism: 1 << 20),
            .scrypt(cost: 2, blockSize: 1 << 30, parallelism: 1), .scrypt(cost: 1 << 62, blockSize: 8, parallelism: 8),
            .scrypt(cost: 1 << 62, blockSize: 1, parallelism: 1), .scrypt(cost: 2, blockSize: .max, parallelism: 1),
            .scrypt(cost: 2, blockSize: 1, parallelism: .max), .scrypt(cost: .max, blockSize: .max, parallelism: .max),
            .scrypt(cost: 0, blockSize: 8, parallelism: 1), .scrypt(cost: 1, blockSize: 8, parallelism: 1),
            .scrypt(cost: 3, blockSize: 8, parallelism: 1), .scrypt(cost: -2, blockSize: 8, parallelism: 1),
            .scrypt(cost: .min, blockSize: 8, parallelism: 1), .scrypt(cost: 2, blockSize: 0, parallelism: 1),
            .scrypt(cost: 2, blockSize: 8, parallelism: 0), .scrypt(cost: 2, blockSize: -1, parallelism: -1),
            .pbkdf2(.sha256, iterations: 0), .pbkdf2(.sha256, iterations: -1), .pbkdf2(.sha256, iterations: 5_000_001),
            .pbkdf2(.sha256, iterations: .max), .pbkdf2(.sha256, iterations: .min),
        ] as [PasswordMethod])
    func refused(method: PasswordMethod) {
        #expect(!PasswordHashLimits().admit(method))
        #expect(!(checkPasswordHash("\(method)$salt$00", "pw") as Bool))
        #expect(throws: PasswordHashError.self) { try generatePasswordHash("pw", method: method) as String }
    }

    @Test(
        "what Werkzeug has ever made by default, and what OWASP recommends, is admitted",
        arguments: [
            .scrypt, .pbkdf2, .pbkdf2(.sha256, iterations: 50_000), .pbkdf2(.sha256, iterations: 600_000),
            .pbkdf2(.sha1, iterations: 1000), .pbkdf2(.sha512, iterations: 5_000_000),
            .scrypt(cost: 131_072, blockSize: 8, parallelism: 1), .scrypt(cost: 65_536, blockSize: 8, parallelism: 2),
            .scrypt(cost: 16_384, blockSize: 8, parallelism: 5), .scrypt(cost: 2, blockSize: 1, parallelism: 1),
        ] as [PasswordMethod])
    func admitted(method: PasswordMethod) {
        #expect(PasswordHashLimits().admit(method))
    }

    @Test(
        "each limit is exact, and a hash over it matches no password",
        arguments: [
            (
                .pbkdf2(.sha1, iterations: 7), PasswordHashLimits(maximumIterations: 7),
                PasswordHashLimits(maximumIterations: 6)
            ),
            // 16 blocks of 128 · 4 bytes, one for each of two lanes, and one to work in.
            (
                .scrypt(cost: 16, blockSize: 4, parallelism: 2), PasswordHashLimits(maximumMemory: 19 * 512),
                PasswordHashLimits(maximumMemory: 19 * 512 - 1)
            ),
            (
                .scrypt(cost: 16, blockSize: 4, parallelism: 2), PasswordHashLimits(maximumWork: 128),
                PasswordHashLimits(maximumWork: 127)
            ),
        ] as [(PasswordMethod, PasswordHashLimits, PasswordHashLimits)])
    func exact(method: PasswordMethod, enough: PasswordHashLimits, tooLow: PasswordHashLimits) throws {
        let hash: String = try PasswordHasher(limits: enough).generate("pw", method: method)
        #expect(PasswordHasher(limits: enough).check(hash, "pw") as Bool)
        #expect(!(PasswordHasher(limits: tooLow).check(hash, "pw") as Bool))
        #expect(throws: PasswordHashError.self) {
            try PasswordHasher(limits: tooLow).generate("pw", method: method) as String
        }
    }

    @Test("limits without limits still trap nowhere")
    func unlimited() {
        let limits = PasswordHashLimits(maximumMemory: .max, maximumWork: .max, maximumIterations: .max)
        #expect(!limits.admit(.scrypt(cost: 1 << 62, blockSize: .max, parallelism: .max)))
        #expect(!limits.admit(.scrypt(cost: 1 << 62, blockSize: 1 << 60, parallelism: 1)))
        #expect(!limits.admit(.pbkdf2(.sha1, iterations: .max)))
        #expect(!limits.admit(.scrypt(cost: 1 << 62, blockSize: 1, parallelism: 1)))
        #expect(!limits.admit(.scrypt(cost: 2, blockSize: 1, parallelism: .max / 2)))
        #expect(!PasswordHashLimits(maximumMemory: -1, maximumWork: -1, maximumIterations: -1).admit(.scrypt))
    }

    @Test("a hash that is longer than any is not even looked at")
    func long() throws {
        let hash: String = try generatePasswordHash("pw", method: .pbkdf2(.sha1, iterations: 1), saltLength: 10)
        let padded = hash.replacing("pbkdf2:sha1:1$", with: "pbkdf2:sha1:" + String(repeating: "0", count: 1024) + "1$")
        #expect(!(checkPasswordHash(padded, "pw") as Bool))
        #expect(!(checkPasswordHash(String(repeating: "$", count: 1 << 20), "pw") as Bool))
        #expect(
            !checkLegacyPasswordHash(
                "plain$$" + String(repeating: "x", count: 1018), String(repeating: "x", count: 1018)))
    }
}
