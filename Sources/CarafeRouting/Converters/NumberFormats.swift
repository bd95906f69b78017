/// What the `int` converter accepts.
struct IntegerFormat: Hashable {
    var fixedDigits = 0
    var minimum: Int?
    var maximum: Int?
    var isSigned = false

    /// The number that a text stands for: decimal digits of any script, as in Python's `\d`, after a minus where it is
    /// signed. Nil for anything else, for a number out of range and for one of more than 64 bits.
    func value(of text: Text) -> Int? {
        guard text.first.map({ $0 >= 0x80 || isDigit($0) || isSigned }) ?? false else { return nil }
        if text.contains(where: { $0 >= 0x80 }) {
            guard var digits = asciiNumber(text) else { return nil }
            return digits.withUTF8 { asciiValue(of: $0) }
        }
        return asciiValue(of: text)
    }

    private func asciiValue(of text: Text) -> Int? {
        guard fixedDigits == 0 || text.count == fixedDigits else { return nil }
        let isNegative = isSigned && text.first == UInt8(ascii: "-")
        guard text.count > (isNegative ? 1 : 0) else { return nil }
        // Counted downwards, so that the lowest number fits.
        var negated = 0
        for digit in text.dropFirst(isNegative ? 1 : 0) {
            guard isDigit(digit) else { return nil }
            let (product, overflows) = negated.multipliedReportingOverflow(by: 10)
            let (difference, underflows) = product.subtractingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            guard !overflows, !underflows else { return nil }
            negated = difference
        }
        let (number, overflows) = isNegative ? (negated, false) : (0).subtractingReportingOverflow(negated)
        guard !overflows, number >= minimum ?? .min, number <= maximum ?? .max else { return nil }
        return number
    }

    /// The text of a number in a URL, filled with zeros to the fixed count of digits.
    func text(of number: Int) -> String {
        let digits = String(number.magnitude)
        let sign = number < 0 ? "-" : ""
        // A sign counts as a digit, as in Python's `zfill`.
        let missing = max(0, fixedDigits - digits.utf8.count - sign.utf8.count)
        return sign + String(repeating: "0", count: missing) + digits
    }
}

/// What the `float` converter accepts.
struct FloatFormat: Hashable {
    var minimum: Double?
    var maximum: Double?
    var isSigned = false

    /// The number that a text stands for: digits, a point and digits, after a minus where it is signed. Nil for
    /// anything else and for a number out of range.
    func value(of text: Text) -> Double? {
        guard let digits = asciiNumber(text) else { return nil }
        var points = 0
        var previous = UInt8(ascii: ".")
        for (index, byte) in digits.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where index == 0 && isSigned: break
            case UInt8(ascii: ".") where isDigit(previous): points += 1
            case _ where isDigit(byte): break
            default: return nil
            }
            if byte != UInt8(ascii: "-") { previous = byte }
        }
        guard points == 1, isDigit(previous), let number = Double(digits) else { return nil }
        guard number >= minimum ?? -.infinity, number <= maximum ?? .infinity else { return nil }
        return number
    }

    /// The text of a number in a URL: always with a point and never with an exponent, so that the rule matches it.
    /// Nil for an infinity and for what is no number.
    func text(of number: Double) -> String? {
        guard number.isFinite else { return nil }
        let description = Array(number.description.utf8)
        guard let mark = description.firstIndex(of: UInt8(ascii: "e")) else {
            return String(decoding: description, as: UTF8.self)
        }
        let isNegative = description.first == UInt8(ascii: "-")
        let mantissa = description[..<mark].drop { $0 == UInt8(ascii: "-") }
        let pointed = mantissa.firstIndex(of: UInt8(ascii: ".")).map { $0 - mantissa.startIndex } ?? mantissa.count
        let exponent = Int(String(decoding: description[(mark + 1)...], as: UTF8.self)) ?? 0
        var digits = mantissa.filter(isDigit)
        var point = pointed + exponent
        if point <= 0 {
            digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: 1 - point), at: 0)
            point = 1
        }
        if point >= digits.count {
            digits.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point + 1 - digits.count))
        }
        digits.insert(UInt8(ascii: "."), at: point)
        return (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }
}

/// Whether a byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// A number's text with the decimal digits of every script made ASCII; nil where another character occurs than
/// digits, points and minuses.
private func asciiNumber(_ text: Text) -> String? {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            guard isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") else { return nil }
            digits.append(byte)
        } else {
            guard let digit = decimalDigit(scalar) else { return nil }
            digits.append(UInt8(ascii: "0") + digit)
        }
    }
    return String(decoding: digits, as: UTF8.self)
}

/// The value of a decimal digit of any script (Unicode's category Nd).
func decimalDigit(_ scalar: Unicode.Scalar) -> UInt8? {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue,
        (0...9).contains(value)
    else { return nil }
    return UInt8(value)
}
