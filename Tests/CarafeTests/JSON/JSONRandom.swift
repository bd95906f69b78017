import Carafe
import TestSupport

/// Repeatable random JSON.
struct JSONRandom: RandomNumberGenerator {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next() -> UInt64 { generator.next() }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .int(Int(truncatingIfNeeded: next()) >> Int.random(in: 0..<64, using: &self))
        case 3: return .double(double())
        case 4: return .largeInt(Int128(Int.max) + 1 + Int128(next()))
        case 5, 6: return .string(string())
        case 7, 8: return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<12, using: &self) { object[string()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    mutating func double() -> Double {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: return Double(Int.random(in: -1_000_000...1_000_000, using: &self)) / 100
        case 1: return Double(Int.random(in: -1_000...1_000, using: &self))
        case 2:
            return [0.0, -0.0, 1e15, 1e16, 1e17, 1e-4, 1e-5, Double.leastNonzeroMagnitude, 1.7976931348623157e308]
                .randomElement(using: &self)
                ?? 0
        default:
            let value = Double(bitPattern: next())
            return value.isFinite ? value : 0.1
        }
    }

    mutating func string() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<20, using: &self) {
            let ranges: [ClosedRange<UInt32>] = [
                0x20...0x7E, 0x20...0x7E, 0...0x1F, 0x22...0x5C, 0x7F...0x7FF, 0x2020...0x2030, 0xE000...0xFFFF,
                0x1_0000...0x10_FFFF,
            ]
            let range = ranges.randomElement(using: &self) ?? 0x20...0x7E
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    /// `text` with a few bytes changed, taken out or put in.
    mutating func mutated(_ text: [UInt8]) -> [UInt8] {
        var text = text
        let likely = Array("{}[]\",:\\u0dD8eE+-.19 tfn\n\u{7F}é/".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &self) where !text.isEmpty {
            let index = Int.random(in: 0..<text.count, using: &self)
            let byte = likely.randomElement(using: &self) ?? 0
            switch Int.random(in: 0..<4, using: &self) {
            case 0: text[index] = byte
            case 1: text.remove(at: index)
            case 2: text.insert(byte, at: index)
            default: text[index] = UInt8(truncatingIfNeeded: next())
            }
        }
        return text
    }
}
