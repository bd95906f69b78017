import Testing

@testable import CarafeSigning

@Suite("Cookies from anyone")
struct HostileCookieTests {
    private let keys: SecretKeys
    private let sessions: SessionCookieSerializer

    init() throws {
        keys = try SecretKeys(current: "secret", fallbacks: ["older"])
        sessions = SessionCookieSerializer(secretKeys: keys, now: { 1_700_000_000 })
    }

    @Test("20,000 cookies that were made up or changed are all refused, and none traps")
    func refused() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = RandomValue(seed: seed)
        let cookies = try (0..<50).map { _ in try sessions.dumps(random.object(tagged: true)) }
        for count in 0..<20_000 {
            let cookie = cookies[count % cookies.count]
            let hostile = count.isMultiple(of: 4) ? random.cookie() : random.changed(cookie)
            guard hostile != cookie else { continue }
            #expect(
                refusal { try sessions.loads(hostile) } == .badSignature, "seed \(seed): \(hostile.debugDescription)")
        }
    }

    @Test("a part of one cookie does not fit another")
    func exchanged() throws {
        var random = RandomValue(seed: 1)
        let cookies = try (0..<60).map { try sessions.dumps(["n": .int($0), "v": random.value(tagged: true)]) }
        for (first, second) in zip(cookies, cookies.dropFirst()) {
            let (ours, theirs) = (first.parts, second.parts)
            for mixed in [ours[0] + theirs[1], theirs[0] + ours[1]] {
                #expect(refusal { try sessions.loads(mixed) } == .badSignature)
            }
        }
    }

    @Test("random JSON under a right signature is read or refused, and never traps")
    func signedJSON() throws {
        var random = RandomValue(seed: UInt64.random(in: 0...UInt64.max))
        var outcomes: [Bool: Int] = [:]
        for _ in 0..<2_500 {
            var json = try JSONWriter.write(.object(random.object(tagged: true)), .flaskSession)
            for _ in 0..<random.below(3) { random.change(&json, with: Array(#"{}[]",:\ utdmb01-.eE"#.utf8)) }
            guard let value = try? JSONReader.read(json, usesTags: true) else {
                outcomes[false, default: 0] += 1
                continue
            }
            outcomes[true, default: 0] += 1
            // What was read can be written, and reads the same.
            let written = try JSONWriter.write(value, .flaskSession)
            #expect(Portable.text(try JSONReader.read(written, usesTags: true)) == Portable.text(value))
        }
        #expect(outcomes[true, default: 0] > 500 && outcomes[false, default: 0] > 500)
    }

    @Test("random payloads under a right signature are read or refused, and never trap")
    func signedPayloads() throws {
        var random = RandomValue(seed: UInt64.random(in: 0...UInt64.max))
        let codec = PayloadCodec(format: .flaskSession, maximumPayloadSize: 2_000)
        for _ in 0..<1_500 {
            var payload = try codec.payload(
                ofJSON: JSONWriter.write(.object(random.object(tagged: true)), .flaskSession))
            for _ in 0...random.below(3) { random.change(&payload, with: Array(".-_=AZaz09".utf8)) }
            let kind = refusal { try codec.json(ofPayload: payload[...]) }
            #expect([nil, .badPayload, .payloadTooLarge].contains(kind))
        }
    }

    @Test("random and changed zlib streams inflate to no more than the limit, or not at all")
    func zlib() throws {
        var random = RandomValue(seed: UInt64.random(in: 0...UInt64.max))
        let stream = try #require(Zlib.deflate(Array("to be or not to be, that is the question".utf8)))
        for _ in 0..<1_500 {
            var bytes = stream
            for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
            let inflated = try? Zlib.inflate(bytes, limit: 30)
            #expect(inflated == nil || inflated.map { $0.count <= 30 } == true)
        }
    }

    @Test("random password hashes are checked without a trap")
    func passwordHashes() throws {
        var random = RandomValue(seed: UInt64.random(in: 0...UInt64.max))
        let hasher = PasswordHasher(
            limits: PasswordHashLimits(maximumMemory: 1 << 14, maximumWork: 64, maximumIterations: 50))
        let hash = Array((try hasher.generate("pw", method: .pbkdf2(.sha1, iterations: 12)) as String).utf8)
        for _ in 0..<2_000 {
            var changed = hash
            for _ in 0...random.below(4) { random.change(&changed, with: Array("$:0123456789scryptpbkdf".utf8)) }
            guard changed != hash else { continue }
            #expect(!(hasher.check(String(decoding: changed, as: UTF8.self), "pw") as Bool))
        }
    }
}

extension String {
    /// A cookie's payload, and the rest from the dot on.
    fileprivate var parts: [String] {
        let dot = utf8.dropFirst().firstIndex(of: UInt8(ascii: ".")) ?? endIndex
        return [String(self[..<dot]), String(self[dot...])]
    }
}

extension RandomValue {
    /// Text that may look like a cookie.
    fileprivate mutating func cookie() -> String {
        let alphabet = Array("ABCabc019-_....=+/ \"é\0".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<below(80) { text.append(alphabet[below(alphabet.count)]) }
        return String(text)
    }

    /// The cookie with one to three changes.
    fileprivate mutating func changed(_ cookie: String) -> String {
        var bytes = Array(cookie.utf8)
        for _ in 0...below(3) { change(&bytes, with: Array("ABCabc019-_.=+/ \0".utf8)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Changes, removes, adds, repeats or cuts off bytes.
    fileprivate mutating func change(_ bytes: inout [UInt8], with alphabet: [UInt8]) {
        let (place, byte) = (below(bytes.count + 1), alphabet[below(alphabet.count)])
        switch below(6) {
        case 0 where place < bytes.count: bytes[place] = byte
        case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
        case 2 where place < bytes.count: bytes.remove(at: place)
        case 3: bytes.removeLast(bytes.count - place)
        case 4: bytes.insert(contentsOf: bytes[place...], at: place)
        default: bytes.insert(byte, at: place)
        }
    }
}
