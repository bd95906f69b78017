/// Reads JSON (RFC 8259) as strictly as Python's `json` does, `NaN` and the infinities included, in one pass.
///
/// Nothing in the input can trap: nesting is bounded, integers of any size are kept, and half of a surrogate pair
/// becomes U+FFFD, since no Swift string can hold it.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private let usesTags: Bool

    private init(_ bytes: [UInt8], usesTags: Bool) {
        self.bytes = bytes
        self.usesTags = usesTags
    }

    /// The value that a whole JSON text stands for.
    static func read(_ bytes: [UInt8], usesTags: Bool) throws(SigningError) -> SessionValue {
        var reader = JSONReader(bytes, usesTags: usesTags)
        let value = try reader.readValue()
        guard reader.nextToken() == nil else { throw reader.error("something follows the value") }
        return value
    }

    private mutating func readValue() throws(SigningError) -> SessionValue {
        guard let token = nextToken() else { throw error("a value is missing") }
        switch token {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case UInt8(ascii: "N"): return try readWord("NaN", .double(.nan))
        case UInt8(ascii: "I"): return try readWord("Infinity", .double(.infinity))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        default: throw error("something else stands where a value should")
        }
    }

    // MARK: Objects and arrays

    private mutating func readObject() throws(SigningError) -> SessionValue {
        try enter()
        var members = SessionObject()
        if nextToken() == UInt8(ascii: "}") {
            leave()
            return .object(members)
        }
        while true {
            guard nextToken() == UInt8(ascii: "\"") else { throw error("a member's name is missing") }
            let key = try readString()
            guard nextToken() == UInt8(ascii: ":") else { throw error("a colon is missing") }
            position += 1
            members[key] = try readValue()
            switch nextToken() {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                leave()
                return usesTags ? try SessionTag.untagged(members) : .object(members)
            default: throw error("an object is not closed")
            }
        }
    }

    private mutating func readArray() throws(SigningError) -> SessionValue {
        try enter()
        var items: [SessionValue] = []
        if nextToken() == UInt8(ascii: "]") {
            leave()
            return .array(items)
        }
        while true {
            items.append(try readValue())
            switch nextToken() {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                leave()
                return .array(items)
            default: throw error("an array is not closed")
            }
        }
    }

    private mutating func enter() throws(SigningError) {
        depth += 1
        guard depth <= JSONFormat.maximumDepth else {
            throw error("it nests deeper than \(JSONFormat.maximumDepth) levels")
        }
        position += 1
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    // MARK: Strings

    /// Reads a string, from its opening quotation mark on.
    private mutating func readString() throws(SigningError) -> String {
        position += 1
        let start = position
        while let byte = byte(at: position), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            position += 1
        }
        if byte(at: position) == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try text(bytes[start..<position])
        }
        return try readEscapedString(from: start)
    }

    /// Reads the rest of a string that has an escape at `position`.
    private mutating func readEscapedString(from start: Int) throws(SigningError) -> String {
        var unescaped = Array(bytes[start..<position])
        while let byte = byte(at: position) {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case UInt8(ascii: "\\"): try readEscape(into: &unescaped)
            case ..<0x20: throw error("a string has a control character")
            default: unescaped.append(byte)
            }
        }
        throw error("a string is not closed")
    }

    private mutating func readEscape(into unescaped: inout [UInt8]) throws(SigningError) {
        defer { position += 1 }
        switch byte(at: position) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(bytes[position])
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(at: position + 1) else { throw error("an escape is malformed") }
            position += 4
            unescaped.append(contentsOf: scalar(from: unit).utf8)
        default: throw error("an escape is unknown")
        }
    }

    /// The scalar of a UTF-16 code unit and, where it is the first half of a pair, of the escape that follows it.
    private mutating func scalar(from unit: UInt16) -> Unicode.Scalar {
        if UTF16.isLeadSurrogate(unit), byte(at: position + 1) == UInt8(ascii: "\\"),
            byte(at: position + 2) == UInt8(ascii: "u"), let trail = codeUnit(at: position + 3),
            UTF16.isTrailSurrogate(trail)
        {
            position += 6
            let offset = UInt32(unit - 0xD800) << 10 | UInt32(trail - 0xDC00)
            return Unicode.Scalar(0x10000 + offset) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(unit) ?? "\u{FFFD}"
    }

    /// The four hexadecimal digits from there on.
    private func codeUnit(at start: Int) -> UInt16? {
        var unit: UInt16 = 0
        for offset in 0..<4 {
            guard let digit = byte(at: start + offset).flatMap(hexadecimalValue) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private func text(_ utf8: ArraySlice<UInt8>) throws(SigningError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw error("a string is not UTF-8") }
        return text
    }

    // MARK: Numbers and words

    private mutating func readNumber() throws(SigningError) -> SessionValue {
        let start = position
        if byte(at: position) == UInt8(ascii: "-") {
            position += 1
            if byte(at: position) == UInt8(ascii: "I") { return try readWord("Infinity", .double(-.infinity)) }
        }
        let integerStart = position
        skipDigits()
        let integerDigits = position - integerStart
        guard integerDigits > 0, integerDigits == 1 || bytes[integerStart] != UInt8(ascii: "0") else {
            throw error("a number is malformed")
        }
        var isInteger = true
        if byte(at: position) == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try readDigits()
        }
        if byte(at: position) == UInt8(ascii: "e") || byte(at: position) == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if byte(at: position) == UInt8(ascii: "+") || byte(at: position) == UInt8(ascii: "-") { position += 1 }
            try readDigits()
        }
        let literal = String(decoding: bytes[start..<position], as: UTF8.self)
        guard isInteger else { return .double(Double(literal) ?? .nan) }
        if let integer = Int(literal) { return .int(integer) }
        guard let integer = BigInteger(literal) else {
            throw error("an integer has more than \(JSONFormat.maximumIntegerDigits) digits")
        }
        return .bigInteger(integer)
    }

    private mutating func readDigits() throws(SigningError) {
        let start = position
        skipDigits()
        guard position > start else { throw error("a number is malformed") }
    }

    private mutating func skipDigits() {
        while let byte = byte(at: position), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    }

    private mutating func readWord(_ word: StaticString, _ value: SessionValue) throws(SigningError) -> SessionValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard byte(at: position + offset) == word.utf8Start[offset] else { throw error("a word is unknown") }
        }
        position += word.utf8CodeUnitCount
        return value
    }

    // MARK: Bytes

    /// The next byte that is no white space, which stays to be read.
    private mutating func nextToken() -> UInt8? {
        while let byte = byte(at: position) {
            switch byte {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return byte
            }
        }
        return nil
    }

    private func byte(at index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private func error(_ reason: String) -> SigningError {
        .badPayload("The payload is not the JSON that was expected: \(reason) (at byte \(position)).")
    }
}
