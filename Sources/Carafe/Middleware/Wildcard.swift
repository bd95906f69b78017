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
