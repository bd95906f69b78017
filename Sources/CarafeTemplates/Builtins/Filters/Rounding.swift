/// Python's `round`: the nearest number with so many decimal places, the even one of two that are as near.
///
/// Floats are rounded by all of their digits: 2.675 is less than it looks, and becomes 2.67.
enum Rounding {
    static func round(
        _ value: TemplateValue, _ precision: TemplateValue, in context: TemplateContext
    ) throws -> TemplateValue {
        switch value {
        case .double(let number):
            guard !precision.isNone else {
                return try PythonNumberText.integer(number.rounded(.toNearestOrEven)).value
            }
            return .double(try round(number, places: precision.index(as: .clipped)))
        case .int, .bigInt, .bool:
            let integer: TemplateValue = if case .bool(let flag) = value { .int(flag ? 1 : 0) } else { value }
            guard !precision.isNone else { return integer }
            let places = try precision.index(as: .clipped)
            return places >= 0 ? integer : try round(integer, zeros: places == .min ? .max : -places, in: context)
        default: throw TemplateError(.typeError, "type \(value.typeName) doesn't define __round__ method")
        }
    }

    private static func round(_ number: Double, places: Int) throws -> Double {
        // Doubles have no more places than this, and no more digits before the point.
        guard number.isFinite, places <= 323 else { return number }
        guard places >= -308 else { return 0 * number }
        var decimal = ExactDecimal(number)
        decimal.round(toPlaces: places)
        guard !decimal.digits.isEmpty else { return number.sign == .minus ? -0.0 : 0 }
        let digits = String(decoding: decimal.digits.map { $0 + 0x30 }, as: UTF8.self)
        let rounded = Double("0.\(digits)e\(decimal.pointPosition)") ?? number
        guard rounded.isFinite else {
            throw TemplateError(.overflow, "rounded value too large to represent")
        }
        return number.sign == .minus ? -rounded : rounded
    }

    /// The nearest multiple of a power of ten.
    private static func round(_ number: TemplateValue, zeros: Int, in context: TemplateContext) throws -> TemplateValue
    {
        let bits = if case .bigInt(let number) = number { number.magnitude.count * 64 } else { 64 }
        // More zeros than half of the number has digits: 2^10 is more than 10^3.
        guard zeros <= bits * 3 / 10 + 2 else { return .int(0) }
        let power = try TemplateValue.int(10).binary(.power, .int(zeros), in: context)
        var quotient = try number.binary(.floorDivide, power, in: context)
        let rest = try number.binary(.modulo, power, in: context)
        let double = try rest.binary(.multiply, .int(2), in: context)
        let isOdd = try !quotient.binary(.modulo, .int(2), in: context).isEqual(to: .int(0))
        if try power.isLess(than: double) || (isOdd && power.isEqual(to: double)) {
            quotient = try quotient.binary(.add, .int(1), in: context)
        }
        return try quotient.binary(.multiply, power, in: context)
    }
}
