// Numbers of JSON texts.

extension JSONText {
    /// An integer of any size, or a float where there is a fraction or an exponent.
    mutating func number() throws -> TemplateValue {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let digits = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") { position += 1 } else { skipDigits() }
        guard position > digits else {
            position = start
            throw error("Expecting value")
        }
        let end = position
        skipFraction()
        let fraction = end..<position
        skipExponent()
        if position == end { return try integer(digits..<end, isNegative: isNegative) }
        if position == fraction.upperBound, let value = shortFloat(digits..<end, fraction.dropFirst()) {
            return .double(isNegative ? -value : value)
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        return .double(Double(text) ?? .nan)
    }

    private mutating func skipFraction() {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."), Self.isDigit(bytes[position + 1]) else {
            return
        }
        position += 1
        skipDigits()
    }

    private mutating func skipExponent() {
        guard position + 1 < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return }
        let sign = bytes[position + 1]
        let first = position + (sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? 2 : 1)
        guard first < bytes.count, Self.isDigit(bytes[first]) else { return }
        position = first
        skipDigits()
    }

    private mutating func integer(_ digits: Range<Int>, isNegative: Bool) throws -> TemplateValue {
        // 18 digits fit in any case.
        if digits.count <= 18 {
            let value = smallInteger(digits)
            return .int(isNegative ? -value : value)
        }
        guard let value = TemplateValue.integer(digits: Array(bytes[digits]), radix: 10) else {
            position = digits.lowerBound - (isNegative ? 1 : 0)
            throw error("An integer of more than \(BigInteger.maximumDecimalDigits) digits")
        }
        return isNegative ? try value.negated() : value
    }

    /// - Precondition: no more than 18 digits
    private func smallInteger(_ digits: Range<Int>) -> Int {
        var value = 0
        for position in digits { value = value &* 10 &+ Int(bytes[position] &- UInt8(ascii: "0")) }
        return value
    }

    /// A float whose digits are an integer that a `Double` holds exactly, divided by a power of ten that it holds exactly too: the
    /// one division rounds as it must (Clinger, 1990).
    private func shortFloat(_ whole: Range<Int>, _ fraction: Range<Int>) -> Double? {
        guard whole.count + fraction.count <= 15 else { return nil }
        let power = Self.powersOfTen[fraction.count]
        return (Double(smallInteger(whole)) * power + Double(smallInteger(fraction))) / power
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
