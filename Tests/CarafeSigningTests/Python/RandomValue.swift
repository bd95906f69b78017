import CarafeSigning
import Foundation
import TestSupport

/// Random values, the same ones for the same seed.
struct RandomValue: RandomNumberGenerator {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next() -> UInt64 { generator.next() }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func text() -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", "Z", "0", " ", ".", ",", "_", "-", "$", ":", "/", "\"", "\\", "\u{8}", "\u{C}", "\n", "\r", "\t",
            "\0",
            "\u{1F}", "\u{7F}", "é", "\u{301}", "\u{2028}", "ß", "日", "\u{FFFF}", "🎈", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<below(9) { text.append(alphabet[below(alphabet.count)]) }
        return String(text)
    }

    mutating func bytes() -> [UInt8] { (0..<below(20)).map { _ in UInt8(truncatingIfNeeded: next()) } }

    mutating func object(tagged: Bool, depth: Int = 3) -> SessionObject {
        let keys = [" t", " di", " b", " m", " u", " d", " t__", " x", "", "a", text(), text()]
        let count = [0, 1, 1, 2, 5][below(5)]
        return SessionObject(
            (0..<count).map { _ in (keys[below(keys.count)], value(tagged: tagged, depth: depth - 1)) })
    }

    mutating func value(tagged: Bool, depth: Int = 3) -> SessionValue {
        switch depth <= 0 ? below(4) : below(10) {
        case ..<2: return plain()
        case ..<4: return tagged ? self.tagged() : plain()
        case ..<6: return .array((0..<below(4)).map { _ in value(tagged: tagged, depth: depth - 1) })
        case ..<8 where tagged: return .tuple((0..<below(4)).map { _ in value(tagged: tagged, depth: depth - 1) })
        default: return .object(object(tagged: tagged, depth: depth))
        }
    }

    private mutating func plain() -> SessionValue {
        let doubles = [
            0.0, -0.0, 1e16, 1e15, 1e-4, 1e-5, 0.1, .leastNonzeroMagnitude, .infinity, -.infinity, .nan, 1e22,
            123456.75,
        ]
        switch below(8) {
        case 0: return .null
        case 1: return .bool(next() & 1 == 0)
        case 2: return .int(Int(truncatingIfNeeded: next()) >> below(64))
        case 3: return BigInteger("-9" + String(repeating: "0", count: 18 + below(40))).map { .bigInteger($0) } ?? .null
        case 4: return .double(doubles[below(doubles.count)])
        case 5: return .double(Double(bitPattern: next()))
        case 6: return .string(String(repeating: "ab", count: below(60)))
        default: return .string(text())
        }
    }

    private mutating func tagged() -> SessionValue {
        switch below(4) {
        case 0: return .bytes(bytes())
        case 1: return .markup(text())
        case 2: return .uuid(UUID())
        // From the year 100 on: Python's reader takes an earlier one for a year of two digits.
        default: return .datetime(Date(timeIntervalSince1970: Double(-59_011_459_200 + below(312_413_760_000))))
        }
    }
}
