import CarafeSQL
import FoundationEssentials

/// Numbers as PostgreSQL writes them.
enum NumberText {
    static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < text.count, text.count <= 20 else { return nil }
        var number: Int64 = 0
        while index < text.count {
            let byte = text[index]
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            // Counted downwards: the lowest number has no positive twin.
            let (product, first) = number.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.subtractingReportingOverflow(Int64(byte - 0x30))
            guard !first, !second else { return nil }
            number = sum
            index += 1
        }
        guard !isNegative else { return number }
        return number == .min ? nil : -number
    }

    /// A number of any length; NaN and infinities, which `Decimal` does not have, as doubles, and numbers of more digits than
    /// its 38 as what they are.
    static func numeric(_ text: UnsafeBufferPointer<UInt8>) -> SQLValue? {
        var significant = 0
        var mantissa: UInt64 = 0
        var scale = 0
        var isAfterPoint = false
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < text.count else { return nil }
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "."), !isAfterPoint {
                isAfterPoint = true
                continue
            }
            guard byte >= 0x30, byte <= 0x39 else { return special(text) }
            if significant > 0 || byte != 0x30 { significant += 1 }
            if isAfterPoint { scale += 1 }
            if significant <= 18 { mantissa = mantissa * 10 + UInt64(byte - 0x30) }
        }
        if significant <= 18 {
            return scale > 127
                ? nil
                : .decimal(Decimal(sign: isNegative ? .minus : .plus, exponent: -scale, significand: Decimal(mantissa)))
        }
        return long(text)
    }

    private static func special(_ text: UnsafeBufferPointer<UInt8>) -> SQLValue? {
        switch String(decoding: text, as: UTF8.self) {
        case "NaN": .double(.nan)
        case "Infinity": .double(.infinity)
        case "-Infinity": .double(-.infinity)
        default: nil
        }
    }

    /// More than 18 digits: exact where zeros at the ends leave no more than 38.
    private static func long(_ text: UnsafeBufferPointer<UInt8>) -> SQLValue? {
        var digits = text.filter { $0 >= 0x30 && $0 <= 0x39 }[...]
        while digits.first == 0x30 { digits.removeFirst() }
        while digits.last == 0x30 { digits.removeLast() }
        guard digits.count <= 38, text.count <= 128 else { return nil }
        return Decimal(string: String(decoding: text, as: UTF8.self)).map(SQLValue.decimal)
    }
}
