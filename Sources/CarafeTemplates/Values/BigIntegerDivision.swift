extension Magnitude {
    /// The quotient and the remainder of a division by what is not zero.
    static func divide(_ a: [UInt], by b: [UInt]) -> (quotient: [UInt], remainder: [UInt]) {
        if order(a, b) < 0 { return ([], a) }
        if b.count == 1 {
            var digits = a
            let remainder = divide(&digits, by: b[0])
            return (trimmed(digits), remainder == 0 ? [] : [remainder])
        }
        return divideLong(a, by: b)
    }

    /// Divides in place by one digit that is not zero.
    ///
    /// - Returns: the remainder
    static func divide(_ digits: inout [UInt], by divisor: UInt) -> UInt {
        var remainder: UInt = 0
        for place in digits.indices.reversed() {
            (digits[place], remainder) = divisor.dividingFullWidth((remainder, digits[place]))
        }
        return remainder
    }

    /// Knuth's algorithm D (The Art of Computer Programming, 4.3.1), for divisors of two digits and more.
    private static func divideLong(_ a: [UInt], by b: [UInt]) -> (quotient: [UInt], remainder: [UInt]) {
        let shift = b[b.count - 1].leadingZeroBitCount
        let divisor = shiftLeft(b, by: shift)
        var rest = shiftLeft(a, by: shift)
        while rest.count <= a.count { rest.append(0) }
        let length = divisor.count
        var quotient = [UInt](repeating: 0, count: rest.count - length)
        rest.withUnsafeMutableBufferPointer { rest in
            divisor.withUnsafeBufferPointer { divisor in
                for place in quotient.indices.reversed() {
                    var digit = estimate(rest, divisor, place + length)
                    if subtract(divisor, times: digit, from: rest, at: place) {
                        digit &-= 1
                        addBack(divisor, to: rest, at: place)
                    }
                    quotient[place] = digit
                }
            }
        }
        return (trimmed(quotient), shiftRight(trimmed(Array(rest.prefix(length))), by: shift))
    }

    /// The next digit of the quotient, or one more.
    private static func estimate(
        _ rest: UnsafeMutableBufferPointer<UInt>, _ divisor: UnsafeBufferPointer<UInt>, _ top: Int
    ) -> UInt {
        let (first, second) = (divisor[divisor.count - 1], divisor[divisor.count - 2])
        var digit: UInt
        var remainder: UInt
        if rest[top] >= first {
            digit = .max
            let (sum, overflow) = rest[top - 1].addingReportingOverflow(first)
            if overflow { return digit }
            remainder = sum
        } else {
            (digit, remainder) = first.dividingFullWidth((rest[top], rest[top - 1]))
        }
        while true {
            let product = digit.multipliedFullWidth(by: second)
            if product.high < remainder || product.high == remainder && product.low <= rest[top - 2] { return digit }
            digit &-= 1
            let (sum, overflow) = remainder.addingReportingOverflow(first)
            if overflow { return digit }
            remainder = sum
        }
    }

    /// Whether there was too little to subtract from.
    private static func subtract(
        _ divisor: UnsafeBufferPointer<UInt>, times digit: UInt, from rest: UnsafeMutableBufferPointer<UInt>,
        at place: Int
    ) -> Bool {
        var carry: UInt = 0
        for index in 0..<divisor.count {
            let (high, low) = divisor[index].multipliedFullWidth(by: digit)
            let (amount, first) = low.addingReportingOverflow(carry)
            let (difference, second) = rest[place + index].subtractingReportingOverflow(amount)
            rest[place + index] = difference
            carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
        }
        let (difference, overflow) = rest[place + divisor.count].subtractingReportingOverflow(carry)
        rest[place + divisor.count] = difference
        return overflow
    }

    private static func addBack(
        _ divisor: UnsafeBufferPointer<UInt>, to rest: UnsafeMutableBufferPointer<UInt>, at place: Int
    ) {
        var carry: UInt = 0
        for index in 0..<divisor.count {
            let (partial, first) = rest[place + index].addingReportingOverflow(divisor[index])
            let (sum, second) = partial.addingReportingOverflow(carry)
            rest[place + index] = sum
            carry = first || second ? 1 : 0
        }
        rest[place + divisor.count] &+= carry
    }

    static func shiftLeft(_ digits: [UInt], by count: Int) -> [UInt] {
        if digits.isEmpty { return [] }
        let (whole, bits) = (count / 64, UInt(count % 64))
        var result = [UInt](repeating: 0, count: whole)
        result.reserveCapacity(whole + digits.count + 1)
        if bits == 0 { return result + digits }
        var carry: UInt = 0
        for digit in digits {
            result.append(digit << bits | carry)
            carry = digit >> (64 - bits)
        }
        if carry != 0 { result.append(carry) }
        return result
    }

    static func shiftRight(_ digits: [UInt], by count: Int) -> [UInt] {
        let (whole, bits) = (count / 64, UInt(count % 64))
        if whole >= digits.count { return [] }
        var result = Array(digits[whole...])
        if bits == 0 { return result }
        for place in result.indices {
            let next = place + 1 < result.count ? result[place + 1] : 0
            result[place] = result[place] >> bits | next << (64 - bits)
        }
        return trimmed(result)
    }
}
