/// An integer of any size.
public struct BigInteger: Sendable, Hashable {
    /// The digits to the base 2^64, the lowest first, without zeros at the end.
    var magnitude: [UInt]
    /// Whether it is below zero; never of zero.
    var isNegative: Bool

    /// The number with these digits; zeros at their end do not matter.
    init(magnitude: [UInt], isNegative: Bool) {
        var magnitude = magnitude
        while magnitude.last == 0 { magnitude.removeLast() }
        self.magnitude = magnitude
        self.isNegative = isNegative && !magnitude.isEmpty
    }

    /// The same number.
    public init(_ value: Int) {
        magnitude = value == 0 ? [] : [value.magnitude]
        isNegative = value < 0
    }

    /// The same number as an `Int`, or nil where it does not fit.
    public var int: Int? {
        switch magnitude.count {
        case 0: 0
        case 1:
            if isNegative {
                magnitude[0] <= Int.min.magnitude ? Int(truncatingIfNeeded: 0 &- magnitude[0]) : nil
            } else {
                Int(exactly: magnitude[0])
            }
        default: nil
        }
    }

    var isZero: Bool { magnitude.isEmpty }

    /// How many bits the magnitude has.
    var bitWidth: Int {
        guard let high = magnitude.last else { return 0 }
        return magnitude.count * 64 - high.leadingZeroBitCount
    }
}

extension TemplateValue {
    /// The integer `value`, as ``int(_:)`` where it fits.
    static func integer(_ value: BigInteger) -> TemplateValue {
        if let small = value.int { .int(small) } else { .bigInt(value) }
    }
}
