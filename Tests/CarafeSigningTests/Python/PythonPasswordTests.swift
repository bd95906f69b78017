import CarafeSigning
import Testing

@Suite("Password hashes, as Werkzeug makes and checks them")
struct PythonPasswordTests {
    @Test("each recorded hash gets Werkzeug's answer")
    func recorded() throws {
        let vectors = try SigningOracle.recorded.get().passwords
        #expect(vectors.count > 100)
        for vector in vectors { expectCheck(vector) }
    }

    @Test("Werkzeug's hashes are checked as Werkzeug does", .enabled(if: SigningOracle.isInstalled))
    func pythonToSwift() throws {
        let seed = UInt32.random(in: 0...UInt32.max)
        for vector in try SigningOracle.random(seed: seed, count: 60).passwords {
            expectCheck(vector, "seed \(seed)")
        }
    }

    @Test("Werkzeug takes the passwords of our hashes, and no others", .enabled(if: SigningOracle.isInstalled))
    func swiftToPython() throws {
        let methods: [PasswordMethod] =
            [PasswordDigest.md5, .sha1, .sha224, .sha256, .sha384, .sha512].map { .pbkdf2($0, iterations: 7) }
            + [(128, 8, 1), (256, 1, 1), (64, 1, 3), (16, 9, 2)].map(PasswordMethod.scrypt)
        var cases: [PasswordVector] = []
        for method in methods {
            for password in ["", "pw", "pässwörd", "nul\0nul", "\0"] {
                let hash = try generatePasswordHash(password, method: method, saltLength: 5) as String
                cases.append(PasswordVector(hash: hash, password: password))
                cases.append(PasswordVector(hash: hash, password: password + "x"))
            }
        }
        let answers = try SigningOracle.answers(cases)
        #expect(answers.map(\.answer) == cases.indices.map { $0.isMultiple(of: 2) ? "True" : "False" })
    }

    /// Where Werkzeug raises an error, the password is not the one.
    private func expectCheck(_ vector: PasswordVector, _ comment: Comment = "") {
        let ours: Bool = checkPasswordHash(vector.hash, vector.password)
        #expect(ours == (vector.answer == "True"), "\(vector) \(comment)")
    }
}
