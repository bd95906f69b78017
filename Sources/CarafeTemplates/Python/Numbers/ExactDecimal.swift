/// All the decimal digits of a finite double, exactly: 0.1 has 55 of them.
///
/// The value is 0.d₁d₂d₃… × 10^``pointPosition``. Rounding that starts from these digits is never off, as it is where it
/// starts from a double that was multiplied by a power of ten.
struct ExactDecimal {
    /// Digits from 0 to 9, the first of which is not 0; none for zero.
    private(set) var digits: [UInt8]
    private(set) var pointPosition: Int

    /// The digits of the magnitude of a finite number.
    init(_ value: Double) {
        guard value != 0, value.isFinite else {
            (digits, pointPosition) = ([], 0)
            return
        }
        var significand = value.significandBitPattern
        if value.isNormal { significand |= 1 << 52 }
        var exponent = Int(value.exponentBitPattern == 0 ? 1 : value.exponentBitPattern) - 1075
        exponent += significand.trailingZeroBitCount
        significand >>= UInt64(significand.trailingZeroBitCount)
        // m × 2^-k = m × 5^k / 10^k
        var limbs = [significand % Self.base, significand / Self.base]
        Self.multiply(&limbs, by: exponent < 0 ? 5 : 2, power: abs(exponent), step: exponent < 0 ? 12 : 29)
        digits = Self.digits(of: limbs)
        pointPosition = digits.count + min(exponent, 0)
    }

    /// Rounds to so many digits, half to even.
    mutating func round(to count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            (digits, pointPosition) = ([], 0)
            return
        }
        let rest = digits[count...]
        let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
        let isOdd = count > 0 && digits[count - 1] & 1 == 1
        let isUp = isHalf ? isOdd : rest.first.map { $0 >= 5 } ?? false
        digits.removeSubrange(count...)
        guard isUp else {
            if digits.isEmpty { pointPosition = 0 }
            return
        }
        var index = count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(1, at: 0)
            if digits.count > max(count, 1) { digits.removeLast() }
            pointPosition += 1
        }
    }

    /// Rounds to so many digits after the point, half to even.
    mutating func round(toPlaces places: Int) {
        let (count, overflow) = pointPosition.addingReportingOverflow(places)
        if !overflow { round(to: count) }
    }

    private static let base: UInt64 = 1_000_000_000

    /// Multiplies by `factor`^`power`, `step` factors at a time, whose product times a limb fits into 64 bits.
    private static func multiply(_ limbs: inout [UInt64], by factor: UInt64, power: Int, step: Int) {
        var remaining = power
        while remaining > 0 {
            var product: UInt64 = 1
            for _ in 0..<min(step, remaining) { product *= factor }
            var carry: UInt64 = 0
            for index in limbs.indices {
                let value = limbs[index] * product + carry
                limbs[index] = value % base
                carry = value / base
            }
            while carry > 0 {
                limbs.append(carry % base)
                carry /= base
            }
            remaining -= step
        }
    }

    private static func digits(of limbs: [UInt64]) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(limbs.count * 9)
        for limb in limbs.reversed() {
            var divisor: UInt64 = base / 10
            while divisor > 0 {
                let digit = UInt8(limb / divisor % 10)
                if digit > 0 || !digits.isEmpty { digits.append(digit) }
                divisor /= 10
            }
        }
        return digits
    }
}
