import CarafeSQL

/// What can be said of a statement from its first word.
enum SQLiteText {
    /// Whether it is one of those that can be sent to a connection that only reads.
    static func isQuery(_ statement: SQL) -> Bool {
        guard case .text(let text)? = statement.parts.first else { return false }
        return ["SELECT", "WITH", "VALUES", "EXPLAIN"].contains { begins(text, with: $0) }
    }

    /// Whether it may change what ``SQLiteConnection`` has set.
    static func mayChangeSettings(_ text: String) -> Bool {
        ![
            "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "BEGIN", "COMMIT", "ROLLBACK",
            "SAVEPOINT", "RELEASE",
        ]
        .contains { begins(text, with: $0) }
    }

    /// Whether a text begins with a word in any case, after spaces. After a comment it does not: that is seldom, and safe.
    private static func begins(_ text: String, with word: StaticString) -> Bool {
        let rest = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) || $0 == UInt8(ascii: "(") }
        return word.withUTF8Buffer { word in
            guard rest.count >= word.count else { return false }
            return zip(rest, word).allSatisfy { $0 & 0xDF == $1 }
        }
    }
}
