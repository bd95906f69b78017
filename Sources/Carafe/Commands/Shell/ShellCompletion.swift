/// What may stand at the end of a line: the beginnings of names are completed.
struct ShellCompletion: Equatable {
    /// What there is to choose from.
    struct Vocabulary {
        var names: [String] = []
        var filters: [String] = []
        var tests: [String] = []
        var endpoints: [String] = []
        /// The names in a value that is named by a path.
        var members: (String) -> [String] = { _ in [] }
    }

    /// How many bytes at the end of the line the candidates take the place of.
    let replaced: Int
    /// What may stand there, sorted.
    let candidates: [String]

    init(of line: String, _ vocabulary: Vocabulary) {
        let bytes = Array(line.utf8)
        let start = bytes.lastIndex { !ShellSession.isWord($0) }.map { $0 + 1 } ?? 0
        let before = bytes[..<start]
        var word = bytes[start...]
        let known: [String]
        if let quoted = Self.endpoint(in: bytes) {
            (word, known) = (quoted, vocabulary.endpoints)
        } else if before.last == UInt8(ascii: ".") {
            known = vocabulary.members(Self.path(before: before.endIndex - 1, in: bytes))
        } else if Self.last(of: before) == UInt8(ascii: "|") {
            known = vocabulary.filters
        } else if Self.endsWithTest(before) {
            known = vocabulary.tests
        } else {
            known = word.isEmpty ? [] : vocabulary.names
        }
        replaced = word.count
        candidates = known.filter { $0.utf8.starts(with: word) }.sorted()
    }

    /// What all candidates begin with.
    var common: String {
        guard let first = candidates.first else { return "" }
        let length = candidates.dropFirst().reduce(first.utf8.count) { length, other in
            zip(first.utf8, other.utf8).prefix(length).prefix { $0 == $1 }.count
        }
        return String(decoding: first.utf8.prefix(length), as: UTF8.self)
    }

    /// The last byte that is no blank.
    private static func last(of bytes: ArraySlice<UInt8>) -> UInt8? { bytes.last { $0 != 0x20 } }

    /// Whether the text ends in `is` or `is not`.
    private static func endsWithTest(_ bytes: ArraySlice<UInt8>) -> Bool {
        let words = bytes.split(separator: 0x20).suffix(2).map { String(decoding: $0, as: UTF8.self) }
        return bytes.last == 0x20 && (words.last == "is" || words == ["is", "not"])
    }

    /// What stands in the open quote of `url_for('`.
    private static func endpoint(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard let quote = bytes.lastIndex(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }),
            bytes[..<quote].filter({ $0 != 0x20 }).suffix(8).elementsEqual("url_for(".utf8)
        else { return nil }
        let inside = bytes[(quote + 1)...]
        return inside.allSatisfy { ShellSession.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
            ? inside : nil
    }

    /// `config.x` of `1 + config.x.`
    private static func path(before end: Int, in bytes: [UInt8]) -> String {
        let start = bytes[..<end].lastIndex { !ShellSession.isWord($0) && $0 != UInt8(ascii: ".") }.map { $0 + 1 } ?? 0
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
