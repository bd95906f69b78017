import CarafeSQL

/// A statement's text as PostgreSQL takes it, with `$1`, `$2`, … for its values.
///
/// A list after `IN (` is one parameter, an array: the text is the same whatever its length, and an empty list is right by itself.
/// `IN` and `NOT IN` become `OPERATOR(=) ANY` and `OPERATOR(<>) ALL`: written so, the operator binds as strongly as `IN` does,
/// where a bare `=` would not (`a = b IN (…)`).
struct StatementText {
    private(set) var text = ""
    /// What becomes of each list of the statement, in their order.
    private(set) var lists: [ListForm] = []

    enum ListForm {
        /// One parameter, an array.
        case array
        /// A parameter for each value.
        case expanded
    }

    /// Writes the text, and puts the values into `parameters`.
    init(_ statement: SQL, into parameters: inout Parameters) throws(DatabaseError) {
        parameters.removeAll()
        // The text of a statement is mostly the literal itself.
        var closesList = false
        for (index, part) in statement.parts.enumerated() {
            switch part {
            case .text(let part):
                if closesList {
                    text += part.utf8.dropFirst(Self.closing(part) ?? 0).text
                    closesList = false
                } else {
                    text += part
                }
            case .identifier(let identifier):
                text += identifier.quoted
            case .value(let value):
                try parameters.append(value)
                text += "$\(parameters.count)"
            case .list(let values):
                if Self.closing(after: index, in: statement), let head = Self.listHead(text) {
                    lists.append(.array)
                    text = head
                    try parameters.append(.array(values))
                    text += "$\(parameters.count))"
                    closesList = true
                } else {
                    lists.append(.expanded)
                    for (index, value) in values.enumerated() {
                        try parameters.append(value)
                        text += index == 0 ? "$\(parameters.count)" : ", $\(parameters.count)"
                    }
                }
            }
        }
        guard parameters.count <= 65_535 else {
            throw DatabaseError(
                .statement, "The statement has \(parameters.count) parameters, and the server takes 65535.",
                hint: "Send the values in batches, or as one array.")
        }
    }

    /// Puts the values of another statement that has the same text into `parameters`; false where its text is another.
    func values(of statement: SQL, like first: SQL, into parameters: inout Parameters) throws(DatabaseError) -> Bool {
        guard statement.parts.count == first.parts.count else { return false }
        parameters.removeAll()
        var list = 0
        for index in statement.parts.indices {
            switch (statement.parts[index], first.parts[index]) {
            case (.text(let one), .text(let other)):
                guard one == other else { return false }
            case (.identifier(let one), .identifier(let other)):
                guard one == other else { return false }
            case (.value(let value), .value):
                try parameters.append(value)
            case (.list(let values), .list(let others)):
                switch lists[list] {
                case .array: try parameters.append(.array(values))
                case .expanded:
                    guard values.count == others.count else { return false }
                    for value in values { try parameters.append(value) }
                }
                list += 1
            default: return false
            }
        }
        return true
    }

    /// Whether the part after this one begins with the parenthesis that ends the list.
    private static func closing(after index: Int, in statement: SQL) -> Bool {
        guard index + 1 < statement.parts.count, case .text(let text) = statement.parts[index + 1] else { return false }
        return closing(text) != nil
    }

    /// How many bytes the parenthesis that ends a list takes, with the space before it.
    private static func closing(_ text: String) -> Int? {
        var length = 0
        for byte in text.utf8 {
            length += 1
            if byte == UInt8(ascii: ")") { return length }
            guard isSpace(byte) else { return nil }
        }
        return nil
    }

    /// The text with the `IN (` or `NOT IN (` at its end replaced; nil where there is none.
    private static func listHead(_ text: String) -> String? {
        var bytes = text.utf8[...]
        dropSpace(&bytes)
        guard bytes.last == UInt8(ascii: "(") else { return nil }
        bytes.removeLast()
        dropSpace(&bytes)
        guard dropWord("in", &bytes) else { return nil }
        let isNegated = dropWord("not", &bytes)
        return bytes.text + (isNegated ? " OPERATOR(<>) ALL (" : " OPERATOR(=) ANY (")
    }

    private static func dropSpace(_ bytes: inout Substring.UTF8View) {
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    }

    /// Takes a word in any case off the end, with the space before it.
    private static func dropWord(_ word: StaticString, _ bytes: inout Substring.UTF8View) -> Bool {
        var rest = bytes
        for index in (0..<word.utf8CodeUnitCount).reversed() {
            guard let last = rest.last, last | 0x20 == word.utf8Start[index] else { return false }
            rest.removeLast()
        }
        if let before = rest.last, isWord(before) { return false }
        bytes = rest
        dropSpace(&bytes)
        return true
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F || byte >= 0x80
    }
}

extension Substring.UTF8View {
    var text: String { String(Substring(self)) }
}
