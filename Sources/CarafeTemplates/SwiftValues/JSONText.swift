extension TemplateValue {
    /// The value that a JSON text says (RFC 8259, to the letter): objects are dictionaries in their order, numbers without
    /// fraction and exponent are integers of any size. A name that an object has twice has the last value.
    ///
    /// - Parameter depthLimit: how many arrays and objects may be inside one another, 512 at most
    /// - Throws: `JSONDecodeError` in the words of Python's `json`, with line and column: `Expecting value: line 1 column 5
    ///   (char 4)`.
    public init(json text: String, depthLimit: Int = 128) throws {
        var text = text
        self = try text.withUTF8 { bytes in
            var parser = JSONText(bytes, depthLimit: depthLimit)
            return try parser.whole()
        }
    }

    /// The value that a JSON text in UTF-8 says. A byte order mark before it is skipped.
    public init(json bytes: [UInt8], depthLimit: Int = 128) throws {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self) else { throw InvalidUTF8(bytes).error }
        try self.init(json: text, depthLimit: depthLimit)
    }
}

/// Reads JSON in one pass over bytes that are valid UTF-8.
struct JSONText {
    let bytes: UnsafeBufferPointer<UInt8>
    private let depthLimit: Int
    var position = 0
    private var depth = 0
    /// The elements of all arrays and the entries of all objects that have begun: what is made of them is as large as they are.
    private var elements: [TemplateValue] = []
    private var entries: [(String, TemplateValue)] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = min(max(depthLimit, 0), 512)
    }

    /// A value and nothing behind it.
    mutating func whole() throws -> TemplateValue {
        let value = try value()
        skipBlanks()
        guard position == bytes.count else { throw error("Extra data") }
        return value
    }

    private mutating func value() throws -> TemplateValue {
        skipBlanks()
        guard position < bytes.count else { throw error("Expecting value") }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try nested { parser in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser in try parser.array() }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .none)
        default: throw error("Expecting value")
        }
    }

    private mutating func nested(_ body: (inout JSONText) throws -> TemplateValue) throws -> TemplateValue {
        guard depth < depthLimit else {
            throw error("More than \(depthLimit) arrays and objects inside one another")
        }
        position += 1
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    private mutating func array() throws -> TemplateValue {
        if take(UInt8(ascii: "]")) { return .list(TemplateList()) }
        let start = elements.count
        while true {
            elements.append(try value())
            if take(UInt8(ascii: "]")) { break }
            guard take(UInt8(ascii: ",")) else { throw error("Expecting ',' delimiter") }
        }
        defer { elements.removeLast(elements.count - start) }
        return .list(TemplateList(Array(elements[start...])))
    }

    private mutating func object() throws -> TemplateValue {
        if take(UInt8(ascii: "}")) { return .dict(TemplateDict()) }
        let start = entries.count
        while true {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("Expecting property name enclosed in double quotes")
            }
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw error("Expecting ':' delimiter") }
            entries.append((name, try value()))
            if take(UInt8(ascii: "}")) { break }
            guard take(UInt8(ascii: ",")) else { throw error("Expecting ',' delimiter") }
        }
        defer { entries.removeLast(entries.count - start) }
        return .dict(TemplateDict(TemplateDictStorage(named: entries[start...])))
    }

    private mutating func word(_ word: StaticString, _ value: TemplateValue) throws -> TemplateValue {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count,
            bytes[position..<(position + count)].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: count))
        else { throw error("Expecting value") }
        position += count
        return value
    }

    private mutating func string() throws -> String {
        let quote = position
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start, quote: quote) }
            if byte < 0x20 { throw error("Invalid control character at") }
            position += 1
        }
        position = quote
        throw error("Unterminated string starting at")
    }

    /// The rest of a string that has a backslash here.
    private mutating func escapedString(from start: Int, quote: Int) throws -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text, quote: quote)
            case 0..<0x20: throw error("Invalid control character at")
            default:
                text.append(byte)
                position += 1
            }
        }
        position = quote
        throw error("Unterminated string starting at")
    }

    private mutating func escape(into text: inout [UInt8], quote: Int) throws {
        guard position + 1 < bytes.count else {
            position = quote
            throw error("Unterminated string starting at")
        }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"): return try codePoint(into: &text)
        default: throw error("Invalid \\escape")
        }
        position += 2
    }

    /// `\u00E9`, or the two halves of a code point past U+FFFF. A half alone is an error: no text can hold it.
    private mutating func codePoint(into text: inout [UInt8]) throws {
        let first = try codeUnit()
        var value = first
        if 0xD800...0xDBFF ~= first {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw error("Half of a surrogate pair") }
            let second = try codeUnit()
            guard 0xDC00...0xDFFF ~= second else { throw error("Half of a surrogate pair") }
            value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw error("Half of a surrogate pair") }
        text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }

    private mutating func codeUnit() throws -> UInt32 {
        var value: UInt32 = 0
        for offset in 2..<6 {
            guard position + offset < bytes.count, let digit = Self.hexadecimal(bytes[position + offset]) else {
                position += 1
                throw error("Invalid \\uXXXX escape")
            }
            value = value << 4 | digit
        }
        position += 6
        return value
    }
}

// MARK: - Bytes

extension JSONText {
    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    mutating func skipDigits() {
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
    }

    /// Skips `byte` if it is the next one that is no blank.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- UInt8(ascii: "a") &+ 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte &- UInt8(ascii: "A") &+ 10)
        default: nil
        }
    }

    /// An error here, with line and column as code points.
    func error(_ message: String) -> TemplateError {
        var (line, column, offset) = (1, 1, 0)
        for byte in bytes[..<min(position, bytes.count)] where byte & 0xC0 != 0x80 {
            offset += 1
            (line, column) = byte == UInt8(ascii: "\n") ? (line + 1, 1) : (line, column + 1)
        }
        return TemplateError(
            TemplateError.Kind("JSONDecodeError"), "\(message): line \(line) column \(column) (char \(offset))",
            line: line)
    }
}
