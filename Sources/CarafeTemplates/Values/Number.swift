/// A value as the number that Python's arithmetic takes it for.
enum Number {
    case int(Int)
    case big(BigInteger)
    case double(Double)

    /// The number that `value` is; `True` is 1. Nil for all other values.
    @inline(__always)
    init?(_ value: TemplateValue) {
        switch value {
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .bool(let value): self = .int(value ? 1 : 0)
        case .bigInt(let value): self = .big(value)
        default: return nil
        }
    }

    /// The number as an integer; nil for a float.
    var integer: BigInteger? {
        switch self {
        case .int(let value): BigInteger(value)
        case .big(let value): value
        case .double: nil
        }
    }

    /// The number as a float.
    ///
    /// - Throws: an `OverflowError` for an integer that is too large
    func float() throws -> Double {
        switch self {
        case .int(let value): return Double(value)
        case .double(let value): return value
        case .big(let value):
            guard let result = value.double else {
                throw TemplateError(.overflow, "int too large to convert to float")
            }
            return result
        }
    }

    /// The exact order of two numbers: below zero, zero or above; nil where one is NaN.
    func order(_ other: Number) -> Int? {
        switch (self, other) {
        case (.int(let a), .int(let b)): a < b ? -1 : a > b ? 1 : 0
        case (.double(let a), .double(let b)): a < b ? -1 : a > b ? 1 : a == b ? 0 : nil
        case (.double(let a), .int(let b)): Self.order(BigOrSmall.small(b), a).map { -$0 }
        case (.double(let a), .big(let b)): Self.order(BigOrSmall.big(b), a).map { -$0 }
        case (.int(let a), .double(let b)): Self.order(BigOrSmall.small(a), b)
        case (.big(let a), .double(let b)): Self.order(BigOrSmall.big(a), b)
        case (.big(let a), .int): a.isNegative ? -1 : 1
        case (.int, .big(let b)): b.isNegative ? 1 : -1
        case (.big(let a), .big(let b)): a < b ? -1 : a == b ? 0 : 1
        }
    }

    private enum BigOrSmall {
        case small(Int)
        case big(BigInteger)
    }

    /// The order of an integer and a float, without rounding the integer.
    private static func order(_ a: BigOrSmall, _ b: Double) -> Int? {
        if b.isNaN { return nil }
        if b.isInfinite { return b > 0 ? -1 : 1 }
        if case .small(let a) = a, a.magnitude <= 1 << 53 {
            let a = Double(a)
            return a < b ? -1 : a > b ? 1 : 0
        }
        let integer: BigInteger
        switch a {
        case .small(let value): integer = BigInteger(value)
        case .big(let value): integer = value
        }
        guard let truncated = BigInteger(truncating: b) else { return nil }
        if integer != truncated { return integer < truncated ? -1 : 1 }
        let rest = b - b.rounded(.towardZero)
        return rest > 0 ? -1 : rest < 0 ? 1 : 0
    }
}
