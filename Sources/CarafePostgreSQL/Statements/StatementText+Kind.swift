extension StatementText {
    /// The first word of a statement, in capitals, without the comments before it.
    static func firstWord(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                if isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "(") {
                    index += 1
                } else if bytes[index...].starts(with: "--".utf8) {
                    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
                } else if bytes[index...].starts(with: "/*".utf8) {
                    var depth = 1
                    index += 2
                    while index < bytes.count, depth > 0 {
                        if bytes[index...].starts(with: "/*".utf8) {
                            depth += 1
                            index += 1
                        } else if bytes[index...].starts(with: "*/".utf8) {
                            depth -= 1
                            index += 1
                        }
                        index += 1
                    }
                } else {
                    break
                }
            }
            let word = bytes[index...].prefix { isWord($0) && $0 < 0x80 }
            return String(decoding: word.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, as: UTF8.self)
        }
    }

    /// The text as errors show it: thousands of placeholders help nobody.
    static func shortened(_ text: String) -> String {
        guard text.utf8.count > 4_000 else { return text }
        return String(decoding: text.utf8.prefix(2_000), as: UTF8.self) + " …"
    }

    /// Whether preparing a statement pays.
    ///
    /// One with thousands of parameters is seldom sent twice; and of more than 7,500 libpq cannot read the description.
    static func isWorthPreparing(_ text: String, parameters: Int) -> Bool {
        guard parameters <= 1_000 else { return false }
        return ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "MERGE", "TABLE"].contains(firstWord(text))
    }

    /// Whether a statement does nothing but read, functions aside. `WITH` may do anything.
    static func onlyReads(_ text: String) -> Bool { ["SELECT", "VALUES", "TABLE"].contains(firstWord(text)) }

    /// Whether a statement may leave more behind in the session than a rollback takes back.
    ///
    /// Functions that do are looked for by their names; a false alarm costs one round trip.
    static func changesSession(_ text: String, anywhere: Bool = false) -> Bool {
        switch firstWord(text) {
        case "SET", "RESET", "LISTEN", "DECLARE", "LOAD", "DISCARD": return true
        case "CREATE" where contains(text, ["temp"]): return true
        case "SELECT" where contains(text, ["set_config", "pg_advisory_lock", "pg_try_advisory_lock"]): return true
        default: return anywhere && contains(text, ["set ", "listen ", "declare ", "temp", "set_config", "advisory"])
        }
    }

    /// Whether one of these words, which are in small letters, is in the text.
    private static func contains(_ text: String, _ words: [String]) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            words.contains { word in
                let word = Array(word.utf8)
                guard let first = word.first, bytes.count >= word.count else { return false }
                return (0...(bytes.count - word.count)).contains { start in
                    guard bytes[start] | 0x20 == first | 0x20 else { return false }
                    return word.indices.allSatisfy { offset in
                        let byte = bytes[start + offset]
                        return (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == word[offset]
                    }
                }
            }
        }
    }
}
