/// A pattern in which `*` stands for any bytes, or for none; everything else stands for itself.
struct Wildcard: Sendable {
    /// What stands between the asterisks.
    private let pieces: [[UInt8]]

    init(_ pattern: String) {
        pieces = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
    }

    /// Whether it stands for one text alone.
    var isLiteral: Bool { pieces.count == 1 }

    /// Whether it stands for every text.
    var takesAll: Bool { pieces.count > 1 && pieces.allSatisfy(\.isEmpty) }

    /// Whether a text is one that it stands for. Each piece is looked for from where the one before it ended, so that the
    /// time is that of looking for each once.
    func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        guard let first = pieces.first, let last = pieces.last, text.starts(with: first) else { return false }
        if isLiteral { return text.count == first.count }
        var rest = text.dropFirst(first.count)
        guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return false }
        rest = rest.dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let end = Self.end(of: piece, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    /// Where the first place of a piece ends.
    private static func end(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= piece.count else { return nil }
        return (text.startIndex...text.endIndex - piece.count).first { start in
            text[start..<start + piece.count].elementsEqual(piece)
        }.map { $0 + piece.count }
    }
}

/// Paths as middleware is told of them: `/api/*`, `/login`, `*`.
struct PathPatterns: Sendable {
    private let patterns: [Wildcard]

    /// - Throws: ``ConfigurationProblem`` where a pattern can match no path
    init(_ patterns: [String]) throws(ConfigurationProblem) {
        for pattern in patterns {
            try Self.check(pattern)
        }
        self.patterns = patterns.map { Wildcard($0) }
    }

    /// Whether one of them stands for a path.
    func contains(_ path: String) -> Bool { patterns.contains { $0.takesAll || $0.matches(path) } }

    /// - Throws: ``ConfigurationProblem`` where a pattern can match no path
    static func check(_ pattern: String) throws(ConfigurationProblem) {
        guard let first = pattern.utf8.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "*") else {
            throw ConfigurationProblem(
                "'\(pattern)' is no pattern of paths.",
                hint: "Paths begin with a slash, and * stands for any characters: /api/*")
        }
    }
}
