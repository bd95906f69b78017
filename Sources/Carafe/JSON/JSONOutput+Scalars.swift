import FoundationEssentials

// What is neither string, array nor object.

extension JSONOutput {
    @inline(__always)
    func append(_ value: Bool) {
        append(value ? "true" as StaticString : "false")
    }

    @inline(__always)
    func append(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(value.magnitude)
    }

    /// Writes the digits from the last to the first into the room that they need.
    @inline(__always)
    func append(_ value: UInt64) {
        if value < 10 { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value)) }
        let length = Self.digits(of: value)
        let first = reserve(length)
        var rest = value
        var index = length
        while index > 0 {
            index -= 1
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            first[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
        advance(to: first + length)
    }

    @inline(__always)
    private static func digits(of value: UInt64) -> Int {
        var (length, power) = (1, UInt64(10))
        while length < 20 && value >= power {
            length += 1
            power = power &* 10
        }
        return length
    }

    /// The shortest digits that read back as the same number, always with a point or an exponent. Finite.
    func append(_ value: Double) {
        // Whole numbers are common and need no search for the shortest form; -0.0 is left to it.
        if value != 0, value.magnitude < 1e15, let whole = Int64(exactly: value) {
            append(whole)
            append(".0")
        } else {
            append(ascii: value.description)
        }
    }

    /// As for `Double`. Finite.
    func append(_ value: Float) {
        append(ascii: value.description)
    }

    func append(_ value: UUID) {
        let to = reserve(38)
        to[0] = UInt8(ascii: "\"")
        var index = 1
        withUnsafeBytes(of: value.uuid) { bytes in
            for (offset, byte) in bytes.enumerated() {
                if offset == 4 || offset == 6 || offset == 8 || offset == 10 {
                    to[index] = UInt8(ascii: "-")
                    index += 1
                }
                to[index] = Self.hexadecimal(byte >> 4)
                to[index + 1] = Self.hexadecimal(byte)
                index += 2
            }
        }
        to[37] = UInt8(ascii: "\"")
        advance(to: to + 38)
    }

    func append(base64 value: Data) {
        append(UInt8(ascii: "\""))
        append(ascii: value.base64EncodedString())
        append(UInt8(ascii: "\""))
    }

    /// Writes a date in the chosen style; false where it has no such form.
    func append(_ value: Date) -> Bool {
        if options.dates == .secondsSince1970 {
            let seconds = value.timeIntervalSince1970
            guard seconds.isFinite else { return false }
            if let whole = Int64(exactly: seconds) { append(whole) } else { append(seconds) }
            return true
        }
        guard let text = options.dates == .http ? DateText.http(value) : DateText.iso8601(value) else { return false }
        append(UInt8(ascii: "\""))
        append(ascii: text)
        append(UInt8(ascii: "\""))
        return true
    }

    /// Writes all the digits of a decimal; false for NaN.
    func append(_ value: Decimal) -> Bool {
        guard value.isFinite else { return false }
        let isString = options.decimals == .string
        if isString { append(UInt8(ascii: "\"")) }
        append(ascii: value.description)
        if isString { append(UInt8(ascii: "\"")) }
        return true
    }
}
