/// Which names belong to values that must not be shown.
enum Secrets {
    /// What stands in the place of a secret.
    static let mask = "********"

    /// Whether a configuration key, header or form field of this name holds a secret (Django's list).
    static func isSecret(_ name: String) -> Bool {
        let upper = Array(name.utf8).map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }
        return words.contains { word in contains(upper, word) }
    }

    private static let words = [
        "API", "TOKEN", "KEY", "SECRET", "PASS", "SIGNATURE", "COOKIE", "AUTHORIZATION", "DATABASE_URL", "DSN",
    ].map { Array($0.utf8) }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        return (0...text.count - word.count).contains { start in text[start..<start + word.count].elementsEqual(word) }
    }
}
