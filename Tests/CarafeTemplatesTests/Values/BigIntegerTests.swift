import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Integers of any size")
struct BigIntegerTests {
    @Test("products, quotients and sums of long integers fit together", arguments: 0..<6)
    func laws(round: UInt64) throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value) &+ round)
        for _ in 0..<12 {
            let (a, b) = (Self.integer(upTo: 260, &random), Self.integer(upTo: 130, &random))
            let rest = Self.integer(upTo: 40, &random)
            // Products this long are made in parts, those of the squares by other parts.
            #expect((a + b) * (a + b) == a * a + b * a + a * b + b * b)
            #expect((a - b) * (a + b) == a * a - b * b)
            guard let (quotient, remainder) = (a * b + rest).divided(by: b) else { continue }
            #expect(quotient * b + remainder == a * b + rest)
            #expect(remainder.isZero || remainder.isNegative == b.isNegative)
            #expect(Magnitude.order(remainder.magnitude, b.magnitude) < 0)
        }
    }

    @Test("divisors with extreme digits are divided by exactly")
    func extremes() throws {
        let digits: [UInt] = [0, 1, .max, .max - 1, 1 << 63, (1 << 63) - 1]
        for first in digits {
            for second in digits {
                for third in digits {
                    let a = BigInteger(magnitude: [first, second, third, second, first, .max], isNegative: false)
                    let b = BigInteger(magnitude: [third, first, second], isNegative: false)
                    guard let (quotient, remainder) = a.divided(by: b) else { continue }
                    #expect(quotient * b + remainder == a)
                    #expect(remainder < b && !remainder.isNegative)
                }
            }
        }
    }

    @Test("text of any base reads back", arguments: [2, 3, 8, 10, 16, 32, 36])
    func text(base: Int) throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        for _ in 0..<20 {
            let integer = Self.integer(upTo: 12, &random)
            #expect(BigInteger(integer.text(base: base), base: base) == integer)
        }
        for invalid in ["", "-", "+", "1_0", " 1", "--1", "1.0", "é", "\u{FF11}"] {
            #expect(BigInteger(invalid, base: base) == nil)
        }
    }

    @Test("powers of ten are a one and zeros; 4300 digits are text, more are Python's error")
    func powers() throws {
        #expect(try BigInteger(10).power(4299).text() == "1" + String(repeating: "0", count: 4299))
        #expect(try (-BigInteger(10).power(4299)).text().utf8.count == 4301)
        let error = #expect(throws: TemplateError.self) { try BigInteger(10).power(4300).text() }
        #expect(error?.kind == .valueError)
        #expect(BigInteger(String(repeating: "1", count: 4301)) == nil)
        #expect(BigInteger(String(repeating: "f", count: 100_000), base: 16)?.bitWidth == 400_000)
    }

    @Test(
        "floats are converted exactly, and integers to the nearest float",
        arguments: [
            0.0, 1.5, -1.5, 0x1p53, 0x1p63, -0x1p63, 0x1p64, 1e300, -1.7976931348623157e308, 123456789.75,
        ])
    func floats(value: Double) throws {
        let integer = try #require(BigInteger(truncating: value))
        #expect(integer.double == value.rounded(.towardZero))
        #expect((BigInteger(exactly: value) != nil) == (value == value.rounded(.towardZero)))
        #expect(BigInteger(truncating: .infinity) == nil)
        #expect(BigInteger(2).power(1024).double == nil)
    }

    private static func integer(upTo digits: Int, _ random: inout SplitMix64) -> BigInteger {
        let magnitude = (0..<Int.random(in: 1...digits, using: &random)).map { _ in
            switch Int.random(in: 0..<8, using: &random) {
            case 0: UInt.max
            case 1: UInt(0)
            default: UInt(truncatingIfNeeded: random.next())
            }
        }
        return BigInteger(magnitude: magnitude, isNegative: Bool.random(using: &random))
    }
}
