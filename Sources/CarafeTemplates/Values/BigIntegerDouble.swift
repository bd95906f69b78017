import Glibc

extension BigInteger {
    /// The integer part of `value`; nil for infinities and NaN.
    public init?(truncating value: Double) {
        guard value.isFinite else { return nil }
        if let integer = Int(exactly: value.rounded(.towardZero)) {
            self.init(integer)
            return
        }
        // Past 2^63 every float is an integer: 53 bits and zeros.
        let exponent = Int(value.exponent) - 52
        let bits = UInt(value.significandBitPattern) | 1 << 52
        self.init(magnitude: Magnitude.shiftLeft([bits], by: exponent), isNegative: value < 0)
    }

    /// The integer that `value` is; nil where it is none.
    public init?(exactly value: Double) {
        guard value.rounded(.towardZero) == value else { return nil }
        self.init(truncating: value)
    }

    /// The nearest float, the even one of two; nil where the number is too large.
    public var double: Double? {
        let width = bitWidth
        if width <= 64 { return (isNegative ? -1 : 1) * Double(magnitude.first ?? 0) }
        if width > 1024 { return nil }
        // The 64 highest bits, of which the last stands for all below it.
        let shift = width - 64
        var top = Magnitude.shiftRight(magnitude, by: shift)[0]
        if hasBits(below: shift) { top |= 1 }
        let result = scalbn(Double(top), Int32(shift))
        return result.isFinite ? (isNegative ? -result : result) : nil
    }

    private func hasBits(below count: Int) -> Bool {
        for place in 0..<(count / 64) where magnitude[place] != 0 { return true }
        return count % 64 != 0 && magnitude[count / 64] << UInt(64 - count % 64) != 0
    }

    /// Python's `self / divisor` of integers, rounded once; nil where the quotient is too large for a float.
    ///
    /// - Parameter divisor: not zero
    public func trueDivided(by divisor: BigInteger) -> Double? {
        if isZero || divisor.isZero { return divisor.isNegative ? -0.0 : 0 }
        // As many bits as a quotient of 66 or 67 needs.
        let shift = 66 - (bitWidth - divisor.bitWidth)
        let numerator = shift > 0 ? Magnitude.shiftLeft(magnitude, by: shift) : magnitude
        let denominator = shift < 0 ? Magnitude.shiftLeft(divisor.magnitude, by: -shift) : divisor.magnitude
        let (quotient, remainder) = Magnitude.divide(numerator, by: denominator)
        let width = BigInteger(magnitude: quotient, isNegative: false).bitWidth
        // Floats below 2^-1022 have fewer than 53 bits.
        let exponent = width - 1 - shift
        if exponent > 1023 { return nil }
        let kept = min(53, exponent + 1075)
        let sign: Double = isNegative != divisor.isNegative ? -1 : 1
        if kept < 0 { return sign * 0 }
        let dropped = width - kept
        let rounded = Self.roundToEven(quotient, dropping: dropped, isInexact: !remainder.isEmpty)
        let result = scalbn(Double(rounded), Int32(dropped - shift))
        return result.isFinite ? sign * result : nil
    }

    /// `digits` without the lowest bits, rounded to the nearest, to the even one of two.
    private static func roundToEven(_ digits: [UInt], dropping count: Int, isInexact: Bool) -> UInt {
        let kept = Magnitude.shiftRight(digits, by: count).first ?? 0
        let number = BigInteger(magnitude: digits, isNegative: false)
        let half = count - 1
        guard half >= 0, half / 64 < digits.count, digits[half / 64] >> UInt(half % 64) & 1 == 1 else { return kept }
        let isAbove = isInexact || number.hasBits(below: half)
        return isAbove || kept & 1 == 1 ? kept + 1 : kept
    }
}
