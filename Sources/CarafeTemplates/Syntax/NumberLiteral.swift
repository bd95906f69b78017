/// The literals of numbers: where they end, and what they say.
enum NumberLiteral {
    /// Where the float at `position` ends: digits with a fraction, an exponent or both. Nil where there is none.
    static func endOfFloat(in bytes: [UInt8], at position: Int) -> Int? {
        var end = endOfDigits(in: bytes, at: position)
        var isFloat = false
        if bytes.byte(at: end) == UInt8(ascii: "."), isDigit(bytes.byte(at: end + 1)) {
            end = endOfDigits(in: bytes, at: end + 1)
            isFloat = true
        }
        if bytes.byte(at: end) | 0x20 == UInt8(ascii: "e") {
            let sign = bytes.byte(at: end + 1)
            let digits = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? end + 2 : end + 1
            if isDigit(bytes.byte(at: digits)) { return endOfDigits(in: bytes, at: digits) }
        }
        return isFloat ? end : nil
    }

    /// Where the integer at `position`, a digit, ends. After a leading zero come zeros only, but for `0x`, `0o` and `0b`.
    static func endOfInteger(in bytes: [UInt8], at position: Int) -> Int {
        guard bytes.byte(at: position) == UInt8(ascii: "0") else { return endOfDigits(in: bytes, at: position) }
        let isPart: (UInt8) -> Bool
        var start = position + 2
        switch bytes.byte(at: position + 1) | 0x20 {
        case UInt8(ascii: "b"): isPart = { $0 == 0x30 || $0 == 0x31 }
        case UInt8(ascii: "o"): isPart = { $0 >= 0x30 && $0 <= 0x37 }
        case UInt8(ascii: "x"): isPart = { isDigit($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
        default:
            isPart = { $0 == 0x30 }
            start = position + 1
        }
        let end = endOfRun(in: bytes, at: start, of: isPart)
        if end > start || start == position + 1 { return end }
        return endOfRun(in: bytes, at: position + 1) { $0 == 0x30 }
    }

    /// Digits, with single underscores between them.
    private static func endOfDigits(in bytes: [UInt8], at position: Int) -> Int {
        endOfRun(in: bytes, at: position, of: isDigit)
    }

    /// Bytes of a kind, each with at most one underscore before it.
    @inline(__always)
    private static func endOfRun(in bytes: [UInt8], at position: Int, of isPart: (UInt8) -> Bool) -> Int {
        var end = position
        while true {
            if isPart(bytes.byte(at: end)) {
                end += 1
            } else if bytes.byte(at: end) == UInt8(ascii: "_"), isPart(bytes.byte(at: end + 1)) {
                end += 2
            } else {
                return end
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// What Python says of an integer that is too long for it.
    static func complaint(about digits: String) -> String? {
        guard digits.utf8.count > 4300 else { return nil }
        let bytes = digits.utf8.filter { $0 != UInt8(ascii: "_") }
        guard bytes.count > 4300, bytes[1] | 0x20 != UInt8(ascii: "x"), bytes[1] | 0x20 != UInt8(ascii: "o"),
            bytes[1] | 0x20 != UInt8(ascii: "b")
        else { return nil }
        return "Exceeds the limit (4300 digits) for integer string conversion: value has \(bytes.count) digits; "
            + "use sys.set_int_max_str_digits() to increase the limit"
    }

    // MARK: - Values

    /// The value of a float's text. Python takes what is too large for infinite.
    static func float(_ text: String) -> TemplateValue {
        var digits = ""
        digits.unicodeScalars.append(contentsOf: text.unicodeScalars.filter { $0 != "_" })
        return .double(Double(digits) ?? .infinity)
    }

    /// The value of an integer's text, of any size.
    static func integer(_ text: String) -> TemplateValue {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
        let magnitude =
            switch digits.count > 2 ? digits[1] | 0x20 : 0 {
            case UInt8(ascii: "b"): words(ofBits: 1, in: digits.dropFirst(2))
            case UInt8(ascii: "o"): words(ofBits: 3, in: digits.dropFirst(2))
            case UInt8(ascii: "x"): words(ofBits: 4, in: digits.dropFirst(2))
            default: words(ofDecimal: digits)
            }
        guard let first = magnitude.first else { return .int(0) }
        if magnitude.count == 1, let value = Int(exactly: first) { return .int(value) }
        return .bigInt(BigInteger(magnitude: magnitude, isNegative: false))
    }

    /// The words of a number whose digits have so many bits each, the lowest first.
    private static func words(ofBits width: Int, in digits: ArraySlice<UInt8>) -> [UInt] {
        var words = [UInt](repeating: 0, count: (digits.count * width + 63) / 64)
        var bit = 0
        for digit in digits.reversed() {
            let value = UInt(digit <= 0x39 ? digit &- 0x30 : (digit | 0x20) &- 0x57)
            words[bit / 64] |= value << UInt(bit % 64)
            // A digit of three bits may lie across two words.
            if bit % 64 > 64 - width, value >> UInt(64 - bit % 64) > 0 {
                words[bit / 64 + 1] |= value >> UInt(64 - bit % 64)
            }
            bit += width
        }
        while words.last == 0 { words.removeLast() }
        return words
    }

    /// The words of a decimal number, the lowest first. It has at most 4300 digits.
    private static func words(ofDecimal digits: [UInt8]) -> [UInt] {
        var words: [UInt] = []
        var start = 0
        while start < digits.count {
            // Seventeen digits and the power of ten that goes with them fit into a word.
            let chunk = digits[start..<min(start + 17, digits.count)]
            let scale = chunk.reduce(UInt(1)) { scale, _ in scale * 10 }
            var carry = chunk.reduce(UInt(0)) { value, digit in value * 10 + UInt(digit &- 0x30) }
            for index in words.indices {
                let (high, low) = words[index].multipliedFullWidth(by: scale)
                let (sum, overflow) = low.addingReportingOverflow(carry)
                words[index] = sum
                carry = high &+ (overflow ? 1 : 0)
            }
            if carry > 0 { words.append(carry) }
            start += 17
        }
        return words
    }
}
