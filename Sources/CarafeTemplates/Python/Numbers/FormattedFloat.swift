/// Doubles as text with a number of digits that is given, as C's `printf` and Python's `format` write them, without a locale.
struct FormattedFloat {
    enum Style {
        /// `%f`: so many digits after the point.
        case fixed
        /// `%e`: one digit before the point, so many after it.
        case exponent
        /// `%g`: so many digits in all, without zeros at the end, with an exponent where that is shorter.
        case general
        /// As ``general``, and what would look like an integer ends with `.0`.
        case generalWithPoint
    }

    var style: Style
    var precision: Int
    /// Whether the point and zeros at the end are kept (`#`).
    var keepsPoint = false
    var isUppercase = false

    /// The text of a number's magnitude: the digits before the point, and the rest with point and exponent. `inf` and `nan`
    /// are all rest.
    struct Parts {
        var integer: [UInt8] = []
        var rest: [UInt8] = []
    }

    /// The magnitude of `value` as text.
    func parts(_ value: Double, _ limits: TemplateLimits) throws -> Parts {
        guard value.isFinite else {
            let name = value.isNaN ? (isUppercase ? "NAN" : "nan") : isUppercase ? "INF" : "inf"
            return Parts(rest: Array(name.utf8))
        }
        if style == .fixed, let parts = shortFixed(value.magnitude) { return parts }
        try PythonText.check(size: precision, limits)
        var decimal = ExactDecimal(value)
        switch style {
        case .fixed:
            decimal.round(toPlaces: precision)
            return fixed(decimal, places: precision)
        case .exponent:
            decimal.round(to: precision + 1)
            return withExponent(decimal, places: precision)
        case .general, .generalWithPoint:
            return general(&decimal)
        }
    }

    /// The parts of a number for `%f` where whole 128 bits hold it with all the digits that are kept, as nearly always; nil
    /// for others. A tenth of the time of the exact decimal.
    private func shortFixed(_ value: Double) -> Parts? {
        guard precision <= 15, value < 0x1p53 else { return nil }
        var scale: UInt64 = 1
        for _ in 0..<precision { scale *= 10 }
        // value = significand / 2^shift, and the significand has at most 53 bits, the scale 50.
        let isNormal = value.isNormal
        let shift = isNormal ? 1075 - Int(value.exponentBitPattern) : value == 0 ? 0 : 1074
        let scaled = UInt128(value.significandBitPattern | (isNormal ? 1 << 52 : 0)) * UInt128(scale)
        guard shift >= 0, shift < 127 else { return nil }
        var whole = scaled >> UInt128(shift)
        let rest = scaled - whole << UInt128(shift)
        let half = shift == 0 ? 0 : UInt128(1) << UInt128(shift - 1)
        if rest > half || (rest == half && shift > 0 && whole & 1 == 1) { whole += 1 }
        guard let integer = UInt64(exactly: whole / UInt128(scale)) else { return nil }
        let fraction = UInt64(truncatingIfNeeded: whole % UInt128(scale))
        var parts = Parts(integer: Array(String(integer).utf8))
        if precision > 0 || keepsPoint { parts.rest.append(0x2E) }
        if precision > 0 {
            let digits = String(fraction).utf8
            parts.rest.append(contentsOf: repeatElement(0x30, count: precision - digits.count))
            parts.rest += digits
        }
        return parts
    }

    private func general(_ decimal: inout ExactDecimal) -> Parts {
        let count = max(precision, 1)
        decimal.round(to: count)
        let point = decimal.digits.isEmpty ? 1 : decimal.pointPosition
        let significant = decimal.digits.count - decimal.digits.reversed().prefix { $0 == 0 }.count
        if point <= -4 || point > (style == .generalWithPoint ? count - 1 : count) {
            return withExponent(decimal, places: keepsPoint ? count - 1 : max(significant - 1, 0))
        }
        let places = keepsPoint ? count - point : max(significant - point, 0)
        return fixed(decimal, places: style == .generalWithPoint ? max(places, 1) : places)
    }

    private func fixed(_ decimal: ExactDecimal, places: Int) -> Parts {
        let (digits, point) = (decimal.digits, decimal.pointPosition)
        var parts = Parts()
        if digits.isEmpty || point <= 0 {
            parts.integer = [0x30]
        } else {
            parts.integer.reserveCapacity(point)
            for index in 0..<point { parts.integer.append(index < digits.count ? digits[index] | 0x30 : 0x30) }
        }
        if places > 0 || keepsPoint { parts.rest.append(0x2E) }
        let zeros = digits.isEmpty ? places : min(max(-point, 0), places)
        parts.rest.append(contentsOf: repeatElement(0x30, count: zeros))
        append(digits.dropFirst(max(point, 0)), count: places - zeros, to: &parts.rest)
        return parts
    }

    private func withExponent(_ decimal: ExactDecimal, places: Int) -> Parts {
        var parts = Parts(integer: [decimal.digits.first.map { $0 | 0x30 } ?? 0x30])
        if places > 0 || keepsPoint { parts.rest.append(0x2E) }
        append(decimal.digits.dropFirst(), count: places, to: &parts.rest)
        let exponent = decimal.digits.isEmpty ? 0 : decimal.pointPosition - 1
        parts.rest.append(isUppercase ? 0x45 : 0x65)
        parts.rest.append(exponent < 0 ? 0x2D : 0x2B)
        if abs(exponent) < 10 { parts.rest.append(0x30) }
        parts.rest += String(abs(exponent)).utf8
        return parts
    }

    /// Adds `count` digits, zeros where there are fewer.
    private func append(_ digits: ArraySlice<UInt8>, count: Int, to text: inout [UInt8]) {
        let present = digits.prefix(max(count, 0))
        text += present.lazy.map { $0 | 0x30 }
        text.append(contentsOf: repeatElement(0x30, count: max(count - present.count, 0)))
    }
}
