extension BigInteger {
    /// How many digits Python converts at most from and to decimal text.
    static let maximumDecimalDigits = 4300

    /// The number that `text` writes: digits to the base 2, 8, 10 or 16 (any from 2 to 36), after a sign or none.
    ///
    /// - Parameter base: from 2 to 36
    /// - Returns: nil for anything else, underscores and blanks included, and for more than 4300 digits to a base that is no
    ///   power of two, which Python refuses too
    public init?(_ text: String, base: Int = 10) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        guard (2...36).contains(base), let digits = Self.digits(bytes, base: base) else { return nil }
        guard base.nonzeroBitCount == 1 || digits.count <= Self.maximumDecimalDigits else { return nil }
        let magnitude =
            base.nonzeroBitCount == 1
            ? Self.magnitude(digits, bits: base.trailingZeroBitCount) : Self.magnitude(digits, base: UInt(base))
        self.init(magnitude: magnitude, isNegative: isNegative)
    }

    private static func digits(_ bytes: ArraySlice<UInt8>, base: Int) -> [UInt8]? {
        if bytes.isEmpty { return nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count)
        for byte in bytes {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            if digit >= base { return nil }
            digits.append(digit)
        }
        return digits
    }

    /// Digits of so many bits each, in linear time.
    private static func magnitude(_ digits: [UInt8], bits: Int) -> [UInt] {
        var result = [UInt](repeating: 0, count: digits.count * bits / 64 + 1)
        var place = 0
        for digit in digits.reversed() {
            result[place / 64] |= UInt(digit) << UInt(place % 64)
            let fitting = 64 - place % 64
            if fitting < bits && place / 64 + 1 < result.count {
                result[place / 64 + 1] |= UInt(digit) >> UInt(fitting)
            }
            place += bits
        }
        return result
    }

    private static func magnitude(_ digits: [UInt8], base: UInt) -> [UInt] {
        var result: [UInt] = []
        for digit in digits {
            var carry = UInt(digit)
            for place in result.indices {
                let (high, low) = result[place].multipliedFullWidth(by: base)
                let (sum, overflow) = low.addingReportingOverflow(carry)
                result[place] = sum
                carry = high &+ (overflow ? 1 : 0)
            }
            if carry != 0 { result.append(carry) }
        }
        return result
    }

    /// The number in decimal.
    ///
    /// - Throws: Python's `ValueError` for more than 4300 digits
    public func text() throws -> String {
        // 4300 digits are no more than 14285 bits.
        if bitWidth <= 14_285 {
            let text = text(base: 10)
            if text.utf8.count - (isNegative ? 1 : 0) <= Self.maximumDecimalDigits { return text }
        }
        throw TemplateError(
            .valueError,
            "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase "
                + "the limit")
    }

    /// The number to the base of 2, 8, 10 or 16, or any from 2 to 36, with lower-case letters. For bases that are no powers
    /// of two the time grows with the square of the length.
    public func text(base: Int) -> String {
        if isZero { return "0" }
        guard (2...36).contains(base) else { return "" }
        let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        var output: [UInt8] = []
        if base.nonzeroBitCount == 1 {
            let bits = base.trailingZeroBitCount
            for place in stride(from: 0, to: bitWidth, by: bits) {
                var digit = magnitude[place / 64] >> UInt(place % 64)
                if place % 64 + bits > 64 && place / 64 + 1 < magnitude.count {
                    digit |= magnitude[place / 64 + 1] << UInt(64 - place % 64)
                }
                output.append(letters[Int(digit & UInt(base - 1))])
            }
        } else {
            var rest = magnitude
            while !rest.isEmpty {
                output.append(letters[Int(Magnitude.divide(&rest, by: UInt(base)))])
                while rest.last == 0 { rest.removeLast() }
            }
        }
        if isNegative { output.append(UInt8(ascii: "-")) }
        return String(decoding: output.reversed(), as: UTF8.self)
    }
}
