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
                let digits = try digits(radix: radix)
                return try integer(digits, radix: radix)
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

    /// One or more strings behind one another, or nil where there is none. Strings and bytes do not mix.
    mutating func string() throws(Failure) -> TemplateValue? {
        guard let first = stringPrefix() else { return nil }
        var text: [UInt8] = []
        var prefix: StringPrefix? = first
        while let next = prefix {
            guard next.isBytes == first.isBytes else { throw .notLiteral }
            try oneString(next, into: &text)
            _ = peek()
            prefix = stringPrefix()
        }
        return first.isBytes ? .object(TemplateBytes(text)) : .string(String(decoding: text, as: UTF8.self))
    }

    /// The letters before a quote.
    struct StringPrefix {
        var count = 0
        var isRaw = false
        var isBytes = false
    }

    /// What kind of string starts here; nil where none does. Formatted strings are no literals.
    private func stringPrefix() -> StringPrefix? {
        var prefix = StringPrefix()
        var isText = false
        while position + prefix.count < bytes.count {
            switch bytes[position + prefix.count] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): return isText && prefix.count > 1 ? nil : prefix
            case UInt8(ascii: "r") where !prefix.isRaw, UInt8(ascii: "R") where !prefix.isRaw: prefix.isRaw = true
            case UInt8(ascii: "b") where !prefix.isBytes, UInt8(ascii: "B") where !prefix.isBytes: prefix.isBytes = true
            case UInt8(ascii: "u") where !isText, UInt8(ascii: "U") where !isText: isText = true
            default: return nil
            }
            prefix.count += 1
        }
        return nil
    }

    private mutating func oneString(_ prefix: StringPrefix, into text: inout [UInt8]) throws(Failure) {
        position += prefix.count
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
                try escape(prefix, into: &text)
            } else if Self.isNewline(byte) {
                guard isTriple else { throw .notLiteral }
                newline(into: &text)
            } else if byte == 0 || prefix.isBytes && byte >= 0x80 {
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

    private mutating func escape(_ prefix: StringPrefix, into text: inout [UInt8]) throws(Failure) {
        position += 1
        guard position < bytes.count else { throw .notLiteral }
        let byte = bytes[position]
        if prefix.isRaw {
            text.append(UInt8(ascii: "\\"))
            if Self.isNewline(byte) {
                newline(into: &text)
            } else {
                guard !prefix.isBytes || byte < 0x80 else { throw .notLiteral }
                text.append(byte)
                position += 1
            }
            return
        }
        if prefix.isBytes && byte >= 0x80 { throw .notLiteral }
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
        case UInt8(ascii: "x"): try codePoint(digits: 2, isByte: prefix.isBytes, into: &text)
        case UInt8(ascii: "u") where !prefix.isBytes: try codePoint(digits: 4, into: &text)
        case UInt8(ascii: "U") where !prefix.isBytes: try codePoint(digits: 8, into: &text)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            var value: UInt32 = 0
            for _ in 0..<3 {
                guard position < bytes.count, let digit = Self.hexadecimal(bytes[position]), digit < 8 else { break }
                value = value * 8 + UInt32(digit)
                position += 1
            }
            Self.append(value, isByte: prefix.isBytes, to: &text)
        case UInt8(ascii: "N") where !prefix.isBytes:
            // `\N{DASH}`: the names of characters are not known here.
            throw .notLiteral
        default: text += [UInt8(ascii: "\\"), byte]
        }
    }

    /// A code point of exactly `count` hexadecimal digits. Surrogates are none: no text can hold them.
    private mutating func codePoint(
        digits count: Int, isByte: Bool = false, into text: inout [UInt8]
    ) throws(Failure) {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard position < bytes.count, let digit = Self.hexadecimal(bytes[position]) else { throw .notLiteral }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard Self.append(value, isByte: isByte, to: &text) else { throw .notLiteral }
    }

    @discardableResult
    private static func append(_ value: UInt32, isByte: Bool, to text: inout [UInt8]) -> Bool {
        if isByte {
            text.append(UInt8(truncatingIfNeeded: value))
            return true
        }
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
