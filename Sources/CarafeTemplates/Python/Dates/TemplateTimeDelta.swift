/// A length of time, as Python's `datetime.timedelta`.
public final class TemplateTimeDelta: TemplateObject {
    /// Whole days, rounded down; the rest is ``seconds`` and ``microseconds``.
    public let days: Int
    /// The microseconds of the last day.
    let microsecondsOfDay: Int

    /// A length of so much together; what is longer than 999,999,999 days counts as that.
    public init(days: Int = 0, seconds: Int = 0, microseconds: Int = 0) {
        let (secondDays, secondRest) = Self.floorDivide(seconds, 86_400)
        let (days2, rest2) = Self.floorDivide(microseconds, ClockTime.microsecondsPerDay)
        let (carry, rest) = Self.floorDivide(secondRest * 1_000_000 + rest2, ClockTime.microsecondsPerDay)
        let limit = Self.mostDays
        self.days = min(max(min(max(days, -limit), limit) + secondDays + days2 + carry, -limit), limit)
        microsecondsOfDay = rest
    }

    /// Whole microseconds.
    ///
    /// - Throws: Python's `OverflowError` past 999,999,999 days
    init(total: BigInteger) throws {
        let (days, rest) = total.divided(by: Self.day) ?? (BigInteger(0), BigInteger(0))
        guard let days = days.int, Int32(exactly: days) != nil else {
            throw TemplateError(.overflow, "Python int too large to convert to C int")
        }
        guard days.magnitude <= Self.mostDays else {
            throw TemplateError(.overflow, "days=\(days); must have magnitude <= 999999999")
        }
        self.days = days
        microsecondsOfDay = rest.int ?? 0
    }

    private static let mostDays = 999_999_999
    private static let day = BigInteger(ClockTime.microsecondsPerDay)

    /// The length in microseconds.
    private var total: BigInteger { BigInteger(days) * Self.day + BigInteger(microsecondsOfDay) }

    /// The whole seconds of the last day.
    public var seconds: Int { microsecondsOfDay / 1_000_000 }
    /// The microseconds of the last second.
    public var microseconds: Int { microsecondsOfDay % 1_000_000 }

    /// The length in seconds.
    public var totalSeconds: Double { total.trueDivided(by: BigInteger(1_000_000)) ?? 0 }

    /// The quotient rounded down, and the rest.
    private static func floorDivide(_ a: Int, _ b: Int) -> (Int, Int) {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
    }

    /// The name of the type.
    public var typeName: String { "datetime.timedelta" }

    /// `days`, `seconds`, `microseconds`, or a method.
    public func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "days": return .int(days)
        case "seconds": return .int(seconds)
        case "microseconds": return .int(microseconds)
        default: return Self.methods[name].map { .object(TemplateMethod(.object(self), $0)) }
        }
    }

    private static let methods = pythonMethods(
        of: "timedelta",
        [
            (
                "total_seconds", .none,
                { .double((TemplateTimes.object($0.receiver) as TemplateTimeDelta?)?.totalSeconds ?? 0) }
            )
        ])

    /// Whether the length is not zero.
    public var isTrue: Bool { days != 0 || microsecondsOfDay != 0 }

    /// `1 day, 2:03:04.000005`
    public var text: String {
        let seconds = seconds
        var text = "\(seconds / 3600):\(Digits.padded(seconds / 60 % 60, 2)):\(Digits.padded(seconds % 60, 2))"
        if microseconds != 0 { text += ".\(Digits.padded(microseconds, 6))" }
        return days == 0 ? text : "\(days) day\(days.magnitude == 1 ? "" : "s"), \(text)"
    }

    /// As the Python that makes it.
    public var representation: String {
        var parts: [String] = []
        if days != 0 { parts.append("days=\(days)") }
        if seconds != 0 { parts.append("seconds=\(seconds)") }
        if microseconds != 0 { parts.append("microseconds=\(microseconds)") }
        if parts.isEmpty { parts.append("0") }
        return "datetime.timedelta(\(parts.joined(separator: ", ")))"
    }

    /// Whether the other is as long.
    public func isEqual(to other: TemplateValue) -> Bool {
        guard let other = TemplateTimes.object(other) as TemplateTimeDelta? else { return false }
        return days == other.days && microsecondsOfDay == other.microsecondsOfDay
    }

    /// Feeds the length.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(days)
        hasher.combine(microsecondsOfDay)
        return true
    }

    /// Whether it is shorter.
    public func isLess(than other: TemplateValue) -> Bool? {
        (TemplateTimes.object(other) as TemplateTimeDelta?).map {
            (days, microsecondsOfDay) < ($0.days, $0.microsecondsOfDay)
        }
    }
}

// MARK: - Arithmetic

extension TemplateTimeDelta {
    /// Sums and differences of lengths, and multiples and parts of them.
    public func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ other: TemplateValue, isReflected: Bool
    ) throws -> TemplateValue? {
        if let delta = TemplateTimes.object(other) as TemplateTimeDelta? {
            return isReflected ? nil : try Self.binary(operation, total, delta.total)
        }
        if operation == .multiply { return try multiplied(by: other) }
        if isReflected { return nil }
        if operation == .divide || operation == .floorDivide { return try divided(by: other, operation) }
        return nil
    }

    private static func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ a: BigInteger, _ b: BigInteger
    ) throws -> TemplateValue? {
        switch operation {
        case .add: return .object(try TemplateTimeDelta(total: a + b))
        case .subtract: return .object(try TemplateTimeDelta(total: a - b))
        case .multiply, .power: return nil
        case .divide, .floorDivide, .modulo: break
        }
        guard let (quotient, remainder) = a.divided(by: b) else {
            throw TemplateError(.zeroDivision, "integer division or modulo by zero")
        }
        switch operation {
        case .divide: return .double(a.trueDivided(by: b) ?? 0)
        case .floorDivide: return .integer(quotient)
        default: return .object(try TemplateTimeDelta(total: remainder))
        }
    }

    /// As long, in the other direction.
    public func negated() throws -> TemplateValue? {
        .object(try TemplateTimeDelta(total: -total))
    }

    /// Itself.
    public func positive() -> TemplateValue? { .object(self) }

    private func multiplied(by factor: TemplateValue) throws -> TemplateValue? {
        guard let (numerator, denominator) = try Self.ratio(factor) else { return nil }
        return .object(try TemplateTimeDelta(total: Self.quotient(total * numerator, denominator)))
    }

    private func divided(
        by divisor: TemplateValue, _ operation: TemplateSyntax.BinaryOperator
    ) throws -> TemplateValue? {
        if operation == .floorDivide, case .double = divisor { return nil }
        guard let (numerator, denominator) = try Self.ratio(divisor) else { return nil }
        if numerator.isZero { throw TemplateError(.zeroDivision, "integer division or modulo by zero") }
        let dividend = total * denominator
        if operation == .floorDivide {
            return .object(try TemplateTimeDelta(total: dividend.divided(by: numerator)?.quotient ?? BigInteger(0)))
        }
        return .object(try TemplateTimeDelta(total: Self.quotient(dividend, numerator)))
    }

    /// A number as an exact fraction; nil for what is none.
    private static func ratio(_ value: TemplateValue) throws -> (BigInteger, BigInteger)? {
        switch PythonInteger(value) {
        case .small(let number): return (BigInteger(number), BigInteger(1))
        case .big(let number): return (number, BigInteger(1))
        case nil: break
        }
        guard case .double(let number) = value else { return nil }
        return try NumberMethods.fraction(number)
    }

    /// The nearest integer to a quotient, the even one of two.
    private static func quotient(_ dividend: BigInteger, _ divisor: BigInteger) -> BigInteger {
        guard let (quotient, remainder) = dividend.divided(by: divisor) else { return BigInteger(0) }
        // The remainder has the sign of the divisor.
        let twice = BigInteger(magnitude: (remainder + remainder).magnitude, isNegative: false)
        let whole = BigInteger(magnitude: divisor.magnitude, isNegative: false)
        let isOdd = (quotient.magnitude.first ?? 0) & 1 == 1
        return whole < twice || (whole == twice && isOdd) ? quotient + BigInteger(1) : quotient
    }
}
