import Glibc

extension Number {
    /// Python's arithmetic on numbers: integers stay exact, and become floats beside floats.
    ///
    /// - Throws: `ZeroDivisionError`, `OverflowError`; a ``TemplateError/Kind/limit`` for integers of more digits than
    ///   ``TemplateLimits/valueSize``, or longer than ``maximumBits``
    static func apply(
        _ operation: TemplateSyntax.BinaryOperator, _ a: Number, _ b: Number,
        _ limits: TemplateLimits = TemplateLimits()
    ) throws -> TemplateValue {
        if case .int(let a) = a, case .int(let b) = b, let result = applySmall(operation, a, b) { return result }
        if let left = a.integer, let right = b.integer { return try applyBig(operation, left, right, limits) }
        return try .double(applyFloat(operation, a.float(), b.float()))
    }

    /// How long an integer may become: 1.2 million decimal digits. Products of longer ones would take seconds.
    static let maximumBits = 4 << 20

    /// The operation on small integers; nil where it fails or overflows.
    @inline(__always)
    static func applySmall(_ operation: TemplateSyntax.BinaryOperator, _ a: Int, _ b: Int) -> TemplateValue? {
        switch operation {
        case .add:
            let (result, overflow) = a.addingReportingOverflow(b)
            return overflow ? nil : .int(result)
        case .subtract:
            let (result, overflow) = a.subtractingReportingOverflow(b)
            return overflow ? nil : .int(result)
        case .multiply:
            let (result, overflow) = a.multipliedReportingOverflow(by: b)
            return overflow ? nil : .int(result)
        case .divide:
            // Both are floats exactly, so that their quotient is rounded once.
            guard b != 0, a.magnitude <= 1 << 53, b.magnitude <= 1 << 53 else { return nil }
            return .double(Double(a) / Double(b))
        case .floorDivide:
            let (result, overflow) = a.dividedReportingOverflow(by: b)
            if overflow { return nil }
            return .int(a % b != 0 && (a < 0) != (b < 0) ? result - 1 : result)
        case .modulo:
            let (result, overflow) = a.remainderReportingOverflow(dividingBy: b)
            if overflow { return nil }
            return .int(result != 0 && (result < 0) != (b < 0) ? result + b : result)
        case .power: return nil
        }
    }

    private static func applyBig(
        _ operation: TemplateSyntax.BinaryOperator, _ a: BigInteger, _ b: BigInteger, _ limits: TemplateLimits
    ) throws -> TemplateValue {
        switch operation {
        case .add:
            try check(max(a.bitWidth, b.bitWidth), limits)
            return .integer(a + b)
        case .subtract:
            try check(max(a.bitWidth, b.bitWidth), limits)
            return .integer(a - b)
        case .multiply:
            try check(a.bitWidth + b.bitWidth - 1, limits)
            return .integer(a * b)
        case .divide:
            if b.isZero { throw TemplateError(.zeroDivision, "division by zero") }
            guard let result = a.trueDivided(by: b) else {
                throw TemplateError(.overflow, "integer division result too large for a float")
            }
            return .double(result)
        case .floorDivide:
            guard let (quotient, _) = a.divided(by: b) else {
                throw TemplateError(.zeroDivision, "integer division or modulo by zero")
            }
            return .integer(quotient)
        case .modulo:
            guard let (_, remainder) = a.divided(by: b) else {
                throw TemplateError(.zeroDivision, "integer modulo by zero")
            }
            return .integer(remainder)
        case .power: return try power(a, b, limits)
        }
    }

    private static func power(
        _ base: BigInteger, _ exponent: BigInteger, _ limits: TemplateLimits
    ) throws -> TemplateValue {
        if exponent.isNegative {
            return try .double(applyFloat(.power, Number.big(base).float(), Number.big(exponent).float()))
        }
        // These have no limit.
        switch base.int {
        case 0: return .int(exponent.isZero ? 1 : 0)
        case 1: return .int(1)
        case -1: return .int((exponent.magnitude.first ?? 0) & 1 == 0 ? 1 : -1)
        default: break
        }
        guard let exponent = exponent.int else { throw tooLong(limits) }
        let (bits, overflow) = (base.bitWidth - 1).multipliedReportingOverflow(by: exponent)
        if overflow { throw tooLong(limits) }
        try check(bits, limits)
        return .integer(base.power(exponent))
    }

    private static func check(_ bits: Int, _ limits: TemplateLimits) throws {
        if bits > maximumBits(limits) { throw tooLong(limits) }
    }

    private static func tooLong(_ limits: TemplateLimits) -> TemplateError {
        TemplateError(.limit, "an integer of more than \(maximumBits(limits)) bits")
    }

    /// Ten bits are three digits.
    private static func maximumBits(_ limits: TemplateLimits) -> Int {
        max(64, min(maximumBits / 10, limits.valueSize / 3) * 10)
    }

    private static func applyFloat(
        _ operation: TemplateSyntax.BinaryOperator, _ a: Double, _ b: Double
    ) throws -> Double {
        switch operation {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide:
            if b == 0 { throw TemplateError(.zeroDivision, "float division by zero") }
            return a / b
        case .floorDivide:
            if b == 0 { throw TemplateError(.zeroDivision, "float floor division by zero") }
            return divided(a, by: b).quotient
        case .modulo:
            if b == 0 { throw TemplateError(.zeroDivision, "float modulo") }
            return divided(a, by: b).remainder
        case .power: return try power(a, b)
        }
    }

    /// Python's `divmod` of floats: the quotient rounded down, and a remainder with the sign of the divisor.
    private static func divided(_ a: Double, by b: Double) -> (quotient: Double, remainder: Double) {
        var remainder = fmod(a, b)
        var quotient = (a - remainder) / b
        if remainder != 0 {
            if (b < 0) != (remainder < 0) {
                remainder += b
                quotient -= 1
            }
        } else {
            remainder = Double(signOf: b, magnitudeOf: 0)
        }
        if quotient != 0 {
            let floor = quotient.rounded(.down)
            quotient = quotient - floor > 0.5 ? floor + 1 : floor
        } else {
            quotient = Double(signOf: a / b, magnitudeOf: 0)
        }
        return (quotient, remainder)
    }

    private static func power(_ base: Double, _ exponent: Double) throws -> Double {
        if base == 0 && exponent < 0 {
            throw TemplateError(.zeroDivision, "0.0 cannot be raised to a negative power")
        }
        if base < 0 && base.isFinite && exponent.isFinite && exponent.rounded(.towardZero) != exponent {
            throw TemplateError(.valueError, "negative number cannot be raised to a fractional power")
        }
        let result = pow(base, exponent)
        if result.isInfinite && base.isFinite && exponent.isFinite {
            throw TemplateError(.overflow, "(34, 'Numerical result out of range')")
        }
        return result
    }
}
