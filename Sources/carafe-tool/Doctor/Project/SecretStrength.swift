#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whether a secret key can be guessed.
enum SecretStrength {
    /// A key of fewer bytes is searched through, however it was made: 16 bytes are NIST's least for HMAC.
    static let leastBytes = 16
    /// Keys that are put together from random characters have more than this; 80 bits are out of reach for anybody.
    static let leastBits = 80.0

    /// Why a key does not keep sessions safe; nil for one that does.
    static func weakness(of key: String) -> String? {
        let bytes = Array(key.utf8)
        if bytes.isEmpty { return "is empty" }
        let letters = essence(of: key)
        if let known = wellKnown.first(where: { essence(of: $0) == letters }) {
            return "is an example that everybody knows ('\(known)')"
        }
        if letters.starts(with: "djangoinsecure".utf8) { return "says itself that it is insecure" }
        if bytes.count < leastBytes { return "has \(bytes.count) bytes; fewer than \(leastBytes) can be guessed" }
        if bits(of: bytes) < leastBits { return "repeats itself so much that it can be guessed" }
        if !bytes.contains(where: { (0x30...0x39).contains($0) }), areWords(bytes) {
            return "is made of words, which can be guessed"
        }
        return nil
    }

    /// What the frequencies of its bytes say at most of a key's entropy.
    private static func bits(of key: [UInt8]) -> Double {
        var counts: [UInt8: Double] = [:]
        for byte in key { counts[byte, default: 0] += 1 }
        let count = Double(key.count)
        return counts.values.reduce(0) { $0 - $1 * log2($1 / count) }
    }

    /// Whether a key without digits has two or more words of letters of one case: `this-is-secret`.
    private static func areWords(_ key: [UInt8]) -> Bool {
        let words = key.split { !isLetter($0) }
        guard words.count > 1 else { return false }
        return words.allSatisfy { word in
            word.dropFirst().allSatisfy { $0 & 0x20 != 0 } || word.allSatisfy { $0 & 0x20 == 0 }
        }
    }

    /// Its letters, in one case, and digits.
    private static func essence(of key: String) -> [UInt8] {
        key.utf8.filter(isWord).map { isLetter($0) ? $0 | 0x20 : $0 }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }

    /// Keys of tutorials and manuals, and what people write in their place; letters of either case and all signs are left
    /// out of the comparison.
    private static let wellKnown = [
        "dev", "development", "test", "testing", "secret", "secret key", "my secret key", "super secret",
        "super secret key", "top secret", "very secret", "changeme", "change me", "change this", "please change me",
        "your secret key", "your secret key here", "my precious", "password", "key", "abc", "abc123", "foo", "foobar",
        "hello", "random string", "some secret", "some random string", "a secret key", "not a secret", "insecure",
        "example", "default", "none", "null", "todo", "xxx", "12345", "123456789", "qwerty", "thisisasecretkey",
        "this is a secret", "this should be configured", "only for development", "do not use in production",
        "replace me", "CHANGE ME IN PRODUCTION", "flask secret key", "flask insecure secret key",
        // Flask's quick start and tutorial, of several releases.
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf", #"_5#y2L"F4Q8z\n\xec]/"#,
        #"_5#y2L"F4Q8z\xec]/"#, #"A0Zr98j/3yX R~XHH!jmN]LWX/,?RT"#, "you-will-never-guess",
        "hard to guess string", "powerful secretkey", "5791628bb0b13ce0c676dfde280ba245",
        "9OLWxND4o83j4K4iuopO", "bmFyZWsgbWFqdW1kYXI",
    ]
}
