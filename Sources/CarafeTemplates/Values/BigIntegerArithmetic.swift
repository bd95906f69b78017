extension BigInteger: Comparable {
    /// Whether `a` is smaller than `b`.
    public static func < (a: BigInteger, b: BigInteger) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        let order = Magnitude.order(a.magnitude, b.magnitude)
        return a.isNegative ? order > 0 : order < 0
    }

    /// The number with the other sign.
    public static prefix func - (value: BigInteger) -> BigInteger {
        BigInteger(magnitude: value.magnitude, isNegative: !value.isNegative)
    }

    /// The sum of two numbers.
    public static func + (a: BigInteger, b: BigInteger) -> BigInteger {
        if a.isNegative == b.isNegative {
            return BigInteger(magnitude: Magnitude.sum(a.magnitude, b.magnitude), isNegative: a.isNegative)
        }
        let order = Magnitude.order(a.magnitude, b.magnitude)
        if order >= 0 {
            return BigInteger(magnitude: Magnitude.difference(a.magnitude, b.magnitude), isNegative: a.isNegative)
        }
        return BigInteger(magnitude: Magnitude.difference(b.magnitude, a.magnitude), isNegative: b.isNegative)
    }

    /// The difference of two numbers.
    public static func - (a: BigInteger, b: BigInteger) -> BigInteger { a + -b }

    /// The product of two numbers; the time grows with the power 1.6 of their length.
    public static func * (a: BigInteger, b: BigInteger) -> BigInteger {
        BigInteger(
            magnitude: Magnitude.product(a.magnitude, b.magnitude), isNegative: a.isNegative != b.isNegative)
    }

    /// Python's `//` and `%`: the quotient rounded down, and a remainder with the sign of the divisor.
    ///
    /// - Returns: nil for a divisor of zero
    public func divided(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger)? {
        if divisor.isZero { return nil }
        let (magnitude, rest) = Magnitude.divide(self.magnitude, by: divisor.magnitude)
        var quotient = BigInteger(magnitude: magnitude, isNegative: isNegative != divisor.isNegative)
        var remainder = BigInteger(magnitude: rest, isNegative: isNegative)
        if !remainder.isZero && isNegative != divisor.isNegative {
            quotient = quotient - BigInteger(1)
            remainder = remainder + divisor
        }
        return (quotient, remainder)
    }

    /// `self` to the power of `exponent`.
    public func power(_ exponent: Int) -> BigInteger {
        var result = BigInteger(1)
        if exponent <= 0 { return result }
        for bit in (0..<(Int.bitWidth - exponent.leadingZeroBitCount)).reversed() {
            result = result * result
            if exponent >> bit & 1 == 1 { result = result * self }
        }
        return result
    }
}

/// Arithmetic with natural numbers as digits to the base 2^64, the lowest first.
enum Magnitude {
    static func order(_ a: [UInt], _ b: [UInt]) -> Int {
        if a.count != b.count { return a.count < b.count ? -1 : 1 }
        for index in a.indices.reversed() where a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
        return 0
    }

    static func sum(_ a: [UInt], _ b: [UInt]) -> [UInt] {
        var result = a.count >= b.count ? a : b
        let other = a.count >= b.count ? b : a
        add(other[...], to: &result, at: 0)
        return result
    }

    /// Adds `digits` from the place `start` on, with room made for what is carried out.
    private static func add(_ digits: ArraySlice<UInt>, to result: inout [UInt], at start: Int) {
        var carry: UInt = 0
        var place = start
        for digit in digits {
            if place == result.count { result.append(0) }
            let (partial, first) = result[place].addingReportingOverflow(digit)
            let (sum, second) = partial.addingReportingOverflow(carry)
            result[place] = sum
            carry = first || second ? 1 : 0
            place += 1
        }
        while carry != 0 {
            if place == result.count { result.append(0) }
            let (sum, overflow) = result[place].addingReportingOverflow(1)
            result[place] = sum
            carry = overflow ? 1 : 0
            place += 1
        }
    }

    /// `a - b`, of which `a` is not the smaller one.
    static func difference(_ a: [UInt], _ b: [UInt]) -> [UInt] {
        var result = a
        var borrow: UInt = 0
        for place in result.indices {
            if place >= b.count && borrow == 0 { break }
            let (partial, first) = result[place].subtractingReportingOverflow(place < b.count ? b[place] : 0)
            let (difference, second) = partial.subtractingReportingOverflow(borrow)
            result[place] = difference
            borrow = first || second ? 1 : 0
        }
        return trimmed(result)
    }

    static func product(_ a: [UInt], _ b: [UInt]) -> [UInt] { product(a[...], b[...]) }

    /// Below so many digits the schoolbook's way is the fastest.
    private static let karatsubaThreshold = 40

    private static func product(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
        if a.count < b.count { return product(b, a) }
        if b.isEmpty { return [] }
        if b.count < karatsubaThreshold { return schoolbookProduct(a, b) }
        if a.count >= 2 * b.count { return productByParts(a, b) }
        // Karatsuba: (h·B + l)(k·B + m) = hk·B² + ((h+l)(k+m) - hk - lm)·B + lm, three products instead of four.
        let half = (a.count + 1) / 2
        let (low, high) = (a.prefix(half), a.dropFirst(half))
        let (otherLow, otherHigh) = (b.prefix(half), b.dropFirst(half))
        let lows = product(low, otherLow)
        let highs = product(high, otherHigh)
        let both = product(sum(Array(low), Array(high))[...], sum(Array(otherLow), Array(otherHigh))[...])
        let middle = difference(difference(trimmed(both), trimmed(lows)), trimmed(highs))
        var result = [UInt](repeating: 0, count: a.count + b.count)
        add(lows[...], to: &result, at: 0)
        add(trimmed(middle)[...], to: &result, at: half)
        add(trimmed(highs)[...], to: &result, at: 2 * half)
        return result
    }

    /// The product with a number that is much longer than the other: as many products of the shorter one's length.
    private static func productByParts(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
        var result = [UInt](repeating: 0, count: a.count + b.count)
        var start = 0
        while start < a.count {
            let part = a.dropFirst(start).prefix(b.count)
            add(trimmed(product(part, b))[...], to: &result, at: start)
            start += b.count
        }
        return result
    }

    private static func schoolbookProduct(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
        [UInt](unsafeUninitializedCapacity: a.count + b.count) { result, count in
            count = a.count + b.count
            result.initialize(repeating: 0)
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    for (place, digit) in b.enumerated() where digit != 0 {
                        var carry: UInt = 0
                        for index in 0..<a.count {
                            let (high, low) = a[index].multipliedFullWidth(by: digit)
                            let (partial, first) = low.addingReportingOverflow(carry)
                            let (sum, second) = partial.addingReportingOverflow(result[place + index])
                            result[place + index] = sum
                            carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
                        }
                        result[place + a.count] = carry
                    }
                }
            }
        }
    }

    static func trimmed(_ digits: [UInt]) -> [UInt] {
        var digits = digits
        while digits.last == 0 { digits.removeLast() }
        return digits
    }
}
