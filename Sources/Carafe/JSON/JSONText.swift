/// The inside of a string in a JSON text.
struct JSONText: Equatable {
    /// Where it stands, without its quotes.
    let range: Range<Int>
    let hasEscapes: Bool

    /// The string that it means. The text has been scanned, so its escapes are whole and its UTF-8 is valid.
    func string(in bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard hasEscapes else { return String(decoding: bytes[range], as: UTF8.self) }
        return String(decoding: unescaped(in: bytes), as: UTF8.self)
    }

    /// The UTF-8 of the string that it means.
    func unescaped(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < range.upperBound else {
                result.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "u"):
                var scalar = Self.unit(in: bytes, at: index)
                index += 4
                if 0xD800..<0xDC00 ~= scalar {
                    scalar = 0x1_0000 + (scalar - 0xD800) << 10 + (Self.unit(in: bytes, at: index + 2) & 0x3FF)
                    index += 6
                }
                if let scalar = Unicode.Scalar(scalar) { result.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            default: result.append(escape)
            }
        }
        return result
    }

    /// The string whose opening quote stands at `position`, in a text that may not be finished.
    static func string(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> String {
        var (end, hasEscapes) = (position + 1, false)
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") {
                hasEscapes = true
                end += 1
            }
            end += 1
        }
        guard end < bytes.count else { return "" }
        return JSONText(range: (position + 1)..<end, hasEscapes: hasEscapes).string(in: bytes)
    }

    /// The four hexadecimal digits at `index` as a number; 0 where there are none.
    static func unit(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
        guard index + 4 <= bytes.count else { return 0 }
        return bytes[index..<(index + 4)].reduce(0) { $0 << 4 | UInt32(digit($1) ?? 0) }
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
