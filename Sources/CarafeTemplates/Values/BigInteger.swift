/// An integer of any size.
public struct BigInteger: Sendable, Hashable {
    /// The digits to the base 2^64, the lowest first, without zeros at the end.
    var magnitude: [UInt]
    var isNegative: Bool
}
