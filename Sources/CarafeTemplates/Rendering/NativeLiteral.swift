/// Reads the literals of Python that `ast.literal_eval` reads, in one pass over the text and without running anything.
struct PythonLiteral {
    /// How many brackets may be open at once, as in Python.
    static let depthLimit = 200

    let bytes: [UInt8]
    var position = 0
    /// Inside brackets, newlines are blanks.
    private var depth = 0
    /// Why the literal has no value.
    private var error: TemplateError?

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// The value that `text` stands for, or nil where it is no literal.
    static func value(of text: String) throws -> TemplateValue? {
        // Most output is prose or markup: that ends here, at its first byte.
        guard let first = text.utf8.first, mayStart(first) else { return nil }
        var literal = PythonLiteral(text)
        guard let value = try? literal.whole() else { return nil }
        if let error = literal.error { throw error }
        return value
    }

    enum Failure: Error {
        case notLiteral
    }

    private static func mayStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "\n"),
            UInt8(ascii: "\r"), UInt8(ascii: "\\"), 0x0C:
            true
        case UInt8(ascii: "N"), UInt8(ascii: "T"), UInt8(ascii: "F"), UInt8(ascii: "r"), UInt8(ascii: "R"),
            UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "b"), UInt8(ascii: "B"):
            true
        default: false
        }
    }

    /// `value` or `value, value` and nothing behind it.
    private mutating func whole() throws(Failure) -> TemplateValue {
        try skipEmptyLines()
        let value = try elements(until: nil)
        try skipEmptyLines()
        guard position == bytes.count else { throw .notLiteral }
        return value
    }

    /// One value, or a tuple where there is a comma.
    private mutating func elements(until end: UInt8?) throws(Failure) -> TemplateValue {
        let first = try value()
        guard peek() == UInt8(ascii: ",") else { return first }
        var values = [first]
        while take(UInt8(ascii: ",")), let next = peek(), next != end, !(depth == 0 && Self.isNewline(next)) {
            values.append(try value())
        }
        return .tuple(values)
    }

    private mutating func value() throws(Failure) -> TemplateValue {
        guard let byte = peek() else { throw .notLiteral }
        switch byte {
        case UInt8(ascii: "["):
            return try brackets(UInt8(ascii: "]")) { literal, end throws(Failure) in
                var values: [TemplateValue] = []
                while literal.peek() != end {
                    values.append(try literal.value())
                    guard literal.take(UInt8(ascii: ",")) else { break }
                }
                return .list(TemplateList(values))
            }
        case UInt8(ascii: "("):
            return try brackets(UInt8(ascii: ")")) { literal, end throws(Failure) in
                literal.peek() == end ? .tuple([]) : try literal.elements(until: end)
            }
        case UInt8(ascii: "{"):
            return try brackets(UInt8(ascii: "}")) { literal, end throws(Failure) in
                try literal.dictionary(until: end)
            }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            position += 1
            return try signed(isNegative: byte == UInt8(ascii: "-"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
            return try number()
        default:
            if let text = try string() { return text }
            return try keyword()
        }
    }

    /// What is between a bracket and its `end`.
    private mutating func brackets(
        _ end: UInt8, _ body: (inout PythonLiteral, UInt8) throws(Failure) -> TemplateValue
    ) throws(Failure) -> TemplateValue {
        guard depth < Self.depthLimit else { throw .notLiteral }
        position += 1
        depth += 1
        let value = try body(&self, end)
        guard peek() == end else { throw .notLiteral }
        // The end is outside again: a newline behind it counts.
        position += 1
        depth -= 1
        return value
    }

    private mutating func dictionary(until end: UInt8) throws(Failure) -> TemplateValue {
        var entries: [(key: TemplateValue, value: TemplateValue)] = []
        while peek() != end {
            let key = try value()
            guard take(UInt8(ascii: ":")) else { throw .notLiteral }
            entries.append((key, try value()))
            guard take(UInt8(ascii: ",")) else { break }
        }
        do {
            return try .dict(entries: entries)
        } catch {
            // It counts only if all of the text is a literal.
            self.error = self.error ?? error as? TemplateError
            return .none
        }
    }

    /// A number behind a sign. Only one sign is a literal's.
    private mutating func signed(isNegative: Bool) throws(Failure) -> TemplateValue {
        guard let byte = peek() else { throw .notLiteral }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
            let number = try number()
            guard isNegative else { return number }
            if let negative = try? number.negated() { return negative }
            throw .notLiteral
        case UInt8(ascii: "("):
            // `-(1)`: the same tree as `-1`.
            return try brackets(UInt8(ascii: ")")) { literal, _ throws(Failure) in
                try literal.signed(isNegative: isNegative)
            }
        default: throw .notLiteral
        }
    }

    private mutating func keyword() throws(Failure) -> TemplateValue {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        let word = bytes[start..<position]
        if word.elementsEqual("None".utf8) { return .none }
        if word.elementsEqual("True".utf8) { return .bool(true) }
        if word.elementsEqual("False".utf8) { return .bool(false) }
        throw .notLiteral
    }
}

// MARK: - Bytes

extension PythonLiteral {
    /// The next byte that is no blank.
    mutating func peek() -> UInt8? {
        skipBlanks()
        return position < bytes.count ? bytes[position] : nil
    }

    /// Skips `byte` if it is the next one that is no blank.
    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: position += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if depth == 0 { return }
                position += 1
            case UInt8(ascii: "\\"):
                // A line that goes on.
                guard position + 1 < bytes.count, Self.isNewline(bytes[position + 1]) else { return }
                let isPair =
                    bytes[position + 1] == UInt8(ascii: "\r") && position + 2 < bytes.count
                    && bytes[position + 2] == UInt8(ascii: "\n")
                let next = position + (isPair ? 3 : 2)
                // There has to be one.
                guard next < bytes.count else { return }
                position = next
            case UInt8(ascii: "#"):
                while position < bytes.count, !Self.isNewline(bytes[position]) { position += 1 }
            default: return
            }
        }
    }

    /// Skips lines that hold nothing but blanks and comments. A line that holds more must not be indented.
    private mutating func skipEmptyLines() throws(Failure) {
        var line = position
        while true {
            skipBlanks()
            guard position < bytes.count, Self.isNewline(bytes[position]) else { break }
            position += 1
            line = position
        }
        let indent = bytes[line..<position].prefix { $0 != UInt8(ascii: "\\") }
        guard position == bytes.count || indent.allSatisfy({ $0 == 0x0C }) else { throw .notLiteral }
    }

    static func isNewline(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
