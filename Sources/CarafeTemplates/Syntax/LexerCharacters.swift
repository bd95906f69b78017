/// Classes of characters as Python has them, at places of UTF-8 text.
///
/// The text comes out of a `String` and is valid; past its end there is nothing of any class.
extension [UInt8] {
    /// How many bytes the white space at `position` takes, 0 where there is none (Python's `str.isspace`).
    @inline(__always)
    func whitespaceLength(at position: Int) -> Int {
        guard position < count else { return 0 }
        let byte = self[position]
        if byte < 0x80 { return Self.isASCIIWhitespace(byte) ? 1 : 0 }
        return wideWhitespaceLength(at: position)
    }

    /// Tab, newline, vertical tab, form feed, carriage return, the four separators, the space.
    @inline(__always)
    static func isASCIIWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
    }

    private func wideWhitespaceLength(at position: Int) -> Int {
        let (scalar, length) = scalar(at: position)
        switch scalar.value {
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return length
        default: return 0
        }
    }

    /// Where the white space that starts at `position` ends.
    func endOfWhitespace(from position: Int) -> Int {
        var end = position
        while case let length = whitespaceLength(at: end), length > 0 { end += length }
        return end
    }

    /// Where the white space that ends at `end` starts, `start` at the earliest; only so many characters of it, if told.
    func startOfWhitespace(before end: Int, from start: Int, atMost maximum: Int = .max) -> Int {
        var (position, characters) = (end, 0)
        while position > start, characters < maximum {
            var previous = position - 1
            while previous > start, self[previous] & 0xC0 == 0x80 { previous -= 1 }
            guard whitespaceLength(at: previous) > 0 else { break }
            position = previous
            characters += 1
        }
        return position
    }

    /// How many bytes the character at `position` takes if a name can contain it, else 0.
    @inline(__always)
    func nameLength(at position: Int) -> Int {
        guard position < count else { return 0 }
        let byte = self[position]
        if byte < 0x80 {
            return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
                ? 1 : 0
        }
        let (scalar, length) = scalar(at: position)
        return scalar.isNamePart ? length : 0
    }

    /// Whether the bytes at `position` are `text`.
    @inline(__always)
    func has(_ text: [UInt8], at position: Int) -> Bool {
        guard position >= 0, count - position >= text.count else { return false }
        for index in text.indices where self[position + index] != text[index] { return false }
        return true
    }

    /// The byte at `position`, 0 past the end.
    @inline(__always)
    func byte(at position: Int) -> UInt8 {
        position < count ? self[position] : 0
    }

    /// The character at `position` and the number of its bytes.
    func scalar(at position: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let first = byte(at: position)
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = length == 1 ? UInt32(first) : UInt32(first & (0x7F >> UInt8(length)))
        for index in 1..<length { value = value << 6 | UInt32(byte(at: position + index) & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// How many code points there are in `range`.
    func scalarCount(in range: Range<Int>) -> Int {
        self[range].count { $0 & 0xC0 != 0x80 }
    }

    /// How many newlines there are in `range`.
    @inline(__always)
    func newlineCount(in range: Range<Int>) -> Int {
        var result = 0
        for byte in self[range] where byte == 0x0A { result += 1 }
        return result
    }
}

extension Unicode.Scalar {
    /// Whether Jinja's lexer takes the character into a name: a letter, digit or number, or what may go on an identifier.
    var isNamePart: Bool {
        if properties.isXIDContinue || properties.numericType != nil { return true }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    /// The character as Python's `repr` shows it, with the quotes.
    var pythonRepresentation: String {
        switch self {
        case "'": return "\"'\""
        case "\\": return "'\\\\'"
        case "\n": return "'\\n'"
        case "\r": return "'\\r'"
        case "\t": return "'\\t'"
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: break
        case .spaceSeparator where self != " ": break
        default: return "'\(self)'"
        }
        let (letter, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(value, radix: 16)
        return "'\\\(letter)\(String(repeating: "0", count: width - digits.utf8.count))\(digits)'"
    }
}
