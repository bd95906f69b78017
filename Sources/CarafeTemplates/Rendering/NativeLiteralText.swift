// Numbers and strings of Python's literals.

extension PythonLiteral {
    /// `12`, `0x1F`, `1_000`, `.5`, `1e-3`; complex numbers are none.
    mutating func number() throws(Failure) -> TemplateValue {
        let start = position
        if bytes[position] == UInt8(ascii: "0"), position + 1 < bytes.count {
            let radix: Int? =
                switch bytes[position + 1] | 0x20 {
                case UInt8(ascii: "x"): 16
                case UInt8(ascii: "o"): 8
                case UInt8(ascii: "b"): 2
                default: nil
                }
            if let radix {
                position += 2
                _ = takeUnderscore()
                return try integer(digits(radix: radix), radix: radix)
            }
        }
        var digits = bytes[position] == UInt8(ascii: ".") ? [] : try digits(radix: 10)
        var isFloat = false
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isFloat = true
            position += 1
            digits.append(UInt8(ascii: "."))
            if position < bytes.count, Self.isDigit(bytes[position]) {
                digits += try self.digits(radix: 10)
            } else if position - start == 1 {
                throw .notLiteral
            }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isFloat = true
            position += 1
            digits.append(UInt8(ascii: "e"))
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                digits.append(bytes[position])
                position += 1
            }
            digits += try self.digits(radix: 10)
        }
        guard position == bytes.count || !Self.isWord(bytes[position]) else { throw .notLiteral }
        if isFloat {
            guard let value = Double(String(decoding: digits, as: UTF8.self)) else { throw .notLiteral }
            return .double(value)
        }
        // `007` is none, `000` is.
        guard digits.first != UInt8(ascii: "0") || digits.allSatisfy({ $0 == UInt8(ascii: "0") }) else {
            throw .notLiteral
        }
        return try integer(digits, radix: 10)
    }

    private func integer(_ digits: [UInt8], radix: Int) throws(Failure) -> TemplateValue {
        guard position == bytes.count || !Self.isWord(bytes[position]),
            let value = TemplateValue.integer(digits: digits, radix: radix)
        else { throw .notLiteral }
        return value
    }

    /// One or more digits, with single underscores between them, which are left out.
    private mutating func digits(radix: Int) throws(Failure) -> [UInt8] {
        var digits: [UInt8] = []
        while position < bytes.count, let digit = Self.hexadecimal(bytes[position]), digit < radix {
            digits.append(bytes[position])
            position += 1
            if takeUnderscore() {
                guard position < bytes.count, let next = Self.hexadecimal(bytes[position]), next < radix else {
                    throw .notLiteral
                }
            }
        }
        guard !digits.isEmpty else { throw .notLiteral }
        return digits
    }

    private mutating func takeUnderscore() -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "_") else { return false }
        position += 1
        return true
    }

    /// One or more strings behind one another, or nil where there is none.
    mutating func string() throws(Failure) -> TemplateValue? {
        guard startsString() else { return nil }
        var text: [UInt8] = []
        repeat {
            try oneString(into: &text)
            _ = peek()
        } while startsString()
        return .string(String(decoding: text, as: UTF8.self))
    }

    /// Whether there is a quote here, behind a prefix if there is one. Bytes and formatted strings are no strings.
    private func startsString() -> Bool {
        guard position < bytes.count else { return false }
        switch bytes[position] {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return true
        case UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "u"), UInt8(ascii: "U"):
            return position + 1 < bytes.count
                && (bytes[position + 1] == UInt8(ascii: "'") || bytes[position + 1] == UInt8(ascii: "\""))
        default: return false
        }
    }

    private mutating func oneString(into text: inout [UInt8]) throws(Failure) {
        let isRaw = bytes[position] | 0x20 == UInt8(ascii: "r")
        if Self.isWord(bytes[position]) { position += 1 }
        let quote = bytes[position]
        let isTriple =
            position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
        position += isTriple ? 3 : 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == quote {
                if !isTriple {
                    position += 1
                    return
                }
                if position + 2 < bytes.count, bytes[position + 1] == quote, bytes[position + 2] == quote {
                    position += 3
                    return
                }
            }
            if byte == UInt8(ascii: "\\") {
                try escape(isRaw: isRaw, into: &text)
            } else if Self.isNewline(byte) {
                guard isTriple else { throw .notLiteral }
                newline(into: &text)
            } else if byte == 0 {
                throw .notLiteral
            } else {
                text.append(byte)
                position += 1
            }
        }
        throw .notLiteral
    }

    /// A newline, however it is written, is one byte.
    private mutating func newline(into text: inout [UInt8]) {
        let isPair =
            bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
            && bytes[position + 1] == UInt8(ascii: "\n")
        position += isPair ? 2 : 1
        text.append(UInt8(ascii: "\n"))
    }

    private mutating func escape(isRaw: Bool, into text: inout [UInt8]) throws(Failure) {
        position += 1
        guard position < bytes.count else { throw .notLiteral }
        let byte = bytes[position]
        if isRaw {
            text.append(UInt8(ascii: "\\"))
            if Self.isNewline(byte) {
                newline(into: &text)
            } else {
                text.append(byte)
                position += 1
            }
            return
        }
        if Self.isNewline(byte) {
            var nothing: [UInt8] = []
            newline(into: &nothing)
            return
        }
        position += 1
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(byte)
        case UInt8(ascii: "a"): text.append(7)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "v"): text.append(11)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "x"): try scalar(digits: 2, into: &text)
        case UInt8(ascii: "u"): try scalar(digits: 4, into: &text)
        case UInt8(ascii: "U"): try scalar(digits: 8, into: &text)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            var value: UInt32 = 0
            for _ in 0..<3 {
                guard position < bytes.count, let digit = Self.hexadecimal(bytes[position]), digit < 8 else { break }
                value = value * 8 + UInt32(digit)
                position += 1
            }
            Self.append(value, to: &text)
        case UInt8(ascii: "N"):
            // `\N{DASH}`: the names of characters are not known here.
            throw .notLiteral
        default: text += [UInt8(ascii: "\\"), byte]
        }
    }

    /// A code point of exactly `count` hexadecimal digits. Surrogates are none: no text can hold them.
    private mutating func scalar(digits count: Int, into text: inout [UInt8]) throws(Failure) {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard position < bytes.count, let digit = Self.hexadecimal(bytes[position]) else { throw .notLiteral }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard Self.append(value, to: &text) else { throw .notLiteral }
    }

    @discardableResult
    private static func append(_ value: UInt32, to text: inout [UInt8]) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { hexadecimal(byte).map { $0 < 10 } ?? false }

    private static func hexadecimal(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte &- UInt8(ascii: "a") &+ 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte &- UInt8(ascii: "A") &+ 10)
        default: nil
        }
    }
}
