import CarafeSigning
import Testing

@Suite("Signed values, as ItsDangerous and Flask make and read them")
struct PythonSigningTests {
    @Test("each recorded token is read, or refused, as Python did", arguments: SigningVector.Kind.allCases)
    func recordedRead(kind: SigningVector.Kind) throws {
        let vectors = try SigningOracle.recorded.get().signed.filter { $0.kind == kind }
        #expect(vectors.count > 100)
        for vector in vectors { expectRead(vector) }
    }

    @Test("each recorded value is signed as Python did", arguments: SigningVector.Kind.allCases)
    func recordedSigned(kind: SigningVector.Kind) throws {
        let vectors = try SigningOracle.recorded.get().signed.filter { $0.kind == kind && $0.origin == .signed }
        #expect(vectors.count > 60)
        for vector in vectors { expectSigned(vector) }
    }

    @Test("the installed packages still answer as recorded", .enabled(if: SigningOracle.isInstalled))
    func recordedIsCurrent() throws {
        let (current, recorded) = (try SigningOracle.recordedAnew(), try SigningOracle.recorded.get())
        #expect(current.signed.map(\.withoutCompressedBytes) == recorded.signed.map(\.withoutCompressedBytes))
        #expect(try SigningOracle.answers(recorded.passwords) == recorded.passwords)
    }

    @Test("what Python signs is read, and signed the same", .enabled(if: SigningOracle.isInstalled))
    func pythonToSwift() throws {
        let seed = UInt32.random(in: 0...UInt32.max)
        let vectors = try SigningOracle.random(seed: seed, count: 150).signed
        #expect(vectors.count == 1500)
        for vector in vectors {
            expectRead(vector, "seed \(seed)")
            if vector.origin == .signed { expectSigned(vector, "seed \(seed)") }
        }
    }

    @Test("what is signed here, Python reads", .enabled(if: SigningOracle.isInstalled))
    func swiftToPython() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomValue(seed: seed)
        let cases = try (0..<750).map { _ in try SigningVector(signedBy: &random) }
        let answers = try SigningOracle.answers(cases.map(\.question))
        try #require(answers.count == cases.count)
        for (ours, python) in zip(cases, answers) {
            #expect(python.value == ours.value, "seed \(seed): \(python)")
        }
    }

    private func expectRead(_ vector: SigningVector, _ comment: Comment = "") {
        do throws(SigningError) {
            let value = try vector.read()
            #expect(value == vector.value, "\(vector) \(comment)")
        } catch {
            // A second spelling of a signature's bytes is read by Python alone.
            guard vector.origin != .changed else { return }
            #expect(vector.kinds.contains(error.kind), "\(error.kind) for \(vector) \(comment)")
        }
    }

    private func expectSigned(_ vector: SigningVector, _ comment: Comment = "") {
        let ours = Result { try vector.readAndSigned() }
        if vector.isCompressed {
            // Not every zlib writes the same bytes.
            #expect((try? ours.get().utf8.first) == UInt8(ascii: "."), "\(vector) \(comment)")
        } else {
            #expect((try? ours.get()) == vector.token, "\(ours), not \(vector) \(comment)")
        }
    }
}

extension SigningVector {
    var isCompressed: Bool {
        [.serializer, .timed, .session].contains(kind) && token.utf8.first == UInt8(ascii: ".")
    }

    /// The vector without the token, if that is compressed: not every zlib writes the same bytes.
    var withoutCompressedBytes: SigningVector {
        var vector = self
        if isCompressed { vector.token = "" }
        return vector
    }

    /// The kinds of error that answer to Python's; none where Python accepts the token.
    var kinds: [SigningError.Kind] {
        switch error {
        case "BadSignature": [.badSignature]
        // Python's answer to a wrong signature too, where it can read the time.
        case "BadTimeSignature": [.badSignature, .badTimestamp]
        case "SignatureExpired": [.expired]
        case "BadPayload": [.badPayload]
        // A time that Python's dates cannot hold.
        case "OverflowError": [.expired]
        default: []
        }
    }

    /// A random value, signed here.
    init(signedBy random: inout RandomValue) throws {
        let kind = Kind.allCases[random.below(Kind.allCases.count)]
        let isSession = kind == .session
        self.init(
            kind: kind, keys: (0...random.below(3)).map { _ in "k" + random.text() },
            salt: isSession ? "cookie-session" : random.text(),
            separator: isSession ? "." : [".", ":", "é"][random.below(3)],
            derivation: isSession ? "hmac" : ["concat", "django-concat", "hmac", "none"][random.below(4)],
            digest: isSession ? "sha1" : ["sha1", "sha256", "sha384", "sha512"][random.below(4)],
            now: Int64(random.below(1 << 33)))
        let content: SessionValue =
            switch kind {
            case .signer, .timestamp: .string(random.text())
            case .serializer, .timed: random.value(tagged: false)
            case .session: .object(random.object(tagged: true))
            }
        token = try signed(content)
        value = Portable.text(content)
    }

    /// The token alone, to be read with the key that signed it as the oldest and at the latest time allowed.
    var question: SigningVector {
        var question = self
        question.value = nil
        question.keys.append("a newer key")
        question.now += 10
        question.maxAge = 10
        return question
    }
}
