/// Python's `repr` of floats: the shortest digits that read back as the same number.
enum FloatText {
    /// The text of `value`.
    static func of(_ value: Double) -> String {
        // Swift's digits are the same. It goes over to exponents at 2^53 though, Python at 1e16.
        let magnitude = value.magnitude
        if magnitude >= 0x1p53 && magnitude < 1e16 { return String(Int(value)) + ".0" }
        return value.description
    }
}
