/// Reads a JSON text token by token, strictly as RFC 8259 has it: UTF-8, no comments, no trailing commas, no `NaN`, no
/// unpaired surrogates, nothing after the value.
///
/// It keeps its own stack and so cannot overflow the thread's; it reads every byte once.
struct JSONScanner {
    enum Token: Equatable {
        case beginObject, endObject, beginArray, endArray
        case key(JSONText), string(JSONText)
        /// Where it stands, and whether it has neither a point nor an exponent.
        case number(Range<Int>, isInteger: Bool)
        case bool(Bool)
        case null
        case end
    }

    private enum Expectation {
        case value, valueOrEnd, key, keyOrEnd, separator, nothing
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let nestingLimit: Int

    /// Where the token that was read last begins.
    private(set) var tokenStart = 0
    private(set) var position = 0
    private var expectation = Expectation.value
    /// Of each open container, whether it is an object.
    private var stack: [Bool] = []

    /// Numbers with more characters than this are refused: none is meant, and their conversion takes long.
    static let longestNumber = 1_024

    /// A scanner of `bytes`, which must outlive it. The mark of UTF-8 before the text is passed over.
    init(_ bytes: UnsafeBufferPointer<UInt8>, nestingLimit: Int) throws(JSONDecodingError) {
        self.bytes = bytes
        self.nestingLimit = nestingLimit
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw malformed("the text is not valid UTF-8", at: error.byteOffsets.lowerBound)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipSpace()
        if position == bytes.count { throw malformed("there is no JSON, the text is empty", at: position) }
    }

    /// The next token; `.end` after the value, and from then on.
    mutating func next() throws(JSONDecodingError) -> Token {
        while true {
            skipSpace()
            tokenStart = position
            let byte = self.byte(at: position)
            switch expectation {
            case .nothing:
                guard position == bytes.count else { throw unexpected("the end of the text") }
                return .end
            case .separator:
                let isObject = stack.last == true
                if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
                guard byte == UInt8(ascii: ",") else { throw unexpected(isObject ? "',' or '}'" : "',' or ']'") }
                position += 1
                expectation = isObject ? .key : .value
            case .keyOrEnd where byte == UInt8(ascii: "}"), .valueOrEnd where byte == UInt8(ascii: "]"):
                return close()
            case .key, .keyOrEnd:
                guard byte == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
                let text = try string()
                skipSpace()
                guard self.byte(at: position) == UInt8(ascii: ":") else { throw unexpected("':' after the key") }
                position += 1
                expectation = .value
                return .key(text)
            case .value, .valueOrEnd:
                return try value(byte)
            }
        }
    }

    // MARK: Values

    private mutating func value(_ byte: UInt8) throws(JSONDecodingError) -> Token {
        switch byte {
        case UInt8(ascii: "{"):
            try open(isObject: true)
            return .beginObject
        case UInt8(ascii: "["):
            try open(isObject: false)
            return .beginArray
        case UInt8(ascii: "\""):
            let text = try string()
            finishValue()
            return .string(text)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw unexpected("a value")
        }
    }

    private mutating func open(isObject: Bool) throws(JSONDecodingError) {
        guard stack.count < nestingLimit else {
            throw JSONDecodingError(
                .tooDeep, reason: "nested deeper than \(nestingLimit) levels", location: location(of: position))
        }
        stack.append(isObject)
        position += 1
        expectation = isObject ? .keyOrEnd : .valueOrEnd
    }

    private mutating func close() -> Token {
        position += 1
        let isObject = stack.popLast() == true
        finishValue()
        return isObject ? .endObject : .endArray
    }

    private mutating func finishValue() {
        expectation = stack.isEmpty ? .nothing : .separator
    }

    private mutating func word(_ word: StaticString, _ token: Token) throws(JSONDecodingError) -> Token {
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: expected) else { throw unexpected("a value") }
        position += expected.count
        finishValue()
        return token
    }

    private mutating func number() throws(JSONDecodingError) -> Token {
        let start = position
        var isInteger = true
        if byte(at: position) == UInt8(ascii: "-") { position += 1 }
        if byte(at: position) == UInt8(ascii: "0") {
            position += 1
            if isDigit(position) { throw malformed("a number must not begin with 0", at: start) }
        } else {
            try digits()
        }
        if byte(at: position) == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits()
        }
        if byte(at: position) | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if byte(at: position) == UInt8(ascii: "+") || byte(at: position) == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        guard position - start <= Self.longestNumber else {
            throw malformed("a number of more than \(Self.longestNumber) characters", at: start)
        }
        finishValue()
        return .number(start..<position, isInteger: isInteger)
    }

    private mutating func digits() throws(JSONDecodingError) {
        guard isDigit(position) else { throw unexpected("a digit") }
        while isDigit(position) { position += 1 }
    }

    private mutating func string() throws(JSONDecodingError) -> JSONText {
        let opening = position
        position += 1
        var hasEscapes = false
        while true {
            while position + 8 <= bytes.count, !endsRun(at: position) { position += 8 }
            guard position < bytes.count else { throw malformed("a string has no end", at: opening) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return JSONText(range: (opening + 1)..<(position - 1), hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            case 0..<0x20: throw malformed("a control character in a string must be escaped", at: position)
            default: position += 1
            }
        }
    }

    private mutating func escape() throws(JSONDecodingError) {
        let start = position
        position += 2
        switch byte(at: start + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            let unit = try unit(start)
            guard 0xD800..<0xE000 ~= unit else { return }
            guard unit < 0xDC00, byte(at: position) == UInt8(ascii: "\\"), byte(at: position + 1) == UInt8(ascii: "u")
            else { throw malformed("an unpaired surrogate in a string", at: start) }
            position += 2
            guard 0xDC00..<0xE000 ~= (try self.unit(start)) else {
                throw malformed("an unpaired surrogate in a string", at: start)
            }
        default: throw malformed("an unknown escape in a string", at: start)
        }
    }

    private mutating func unit(_ start: Int) throws(JSONDecodingError) -> UInt32 {
        for index in position..<(position + 4) where JSONText.digit(byte(at: index)) == nil {
            throw malformed("an unknown escape in a string", at: start)
        }
        position += 4
        return JSONText.unit(in: bytes, at: position - 4)
    }

    // MARK: Bytes

    /// The byte at `index`; 0, which stands nowhere in JSON, past the end.
    @inline(__always)
    private func byte(at index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    @inline(__always)
    private func isDigit(_ index: Int) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte(at: index)
    }

    /// True where one of the eight bytes at `index` may be a quote, a backslash or a control character.
    @inline(__always)
    private func endsRun(at index: Int) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let found =
            (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return found & (ones &* 0x80) != 0
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    // MARK: Errors

    private func unexpected(_ expected: String) -> JSONDecodingError {
        guard position < bytes.count else {
            return malformed("expected \(expected), but the text ends", at: position)
        }
        let found = bytes[position]
        let name = 0x21...0x7E ~= found ? "'\(Unicode.Scalar(found))'" : "another character"
        return malformed("expected \(expected), found \(name)", at: position)
    }

    private func malformed(_ reason: String, at offset: Int) -> JSONDecodingError {
        JSONDecodingError(.malformed, reason: reason, location: location(of: offset))
    }

    /// The line and the column of a byte, both counted from 1, columns in Unicode scalars.
    func location(of offset: Int) -> JSONDecodingError.Location {
        var location = JSONDecodingError.Location(line: 1, column: 1)
        for byte in bytes.prefix(offset) {
            if byte == 0x0A {
                location = .init(line: location.line + 1, column: 1)
            } else if byte & 0xC0 != 0x80 {
                location.column += 1
            }
        }
        return location
    }
}
