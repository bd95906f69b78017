/// Reads the server's text of a value from the beginning to the end.
struct TextReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }

    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Goes past a byte, if it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    /// Goes past these bytes, if they are the next.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - index >= count else { return false }
        for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
        index += count
        return true
    }

    /// A number of `width` digits, up to 18.
    mutating func digits(_ width: ClosedRange<Int>) -> Int? {
        let start = index
        var number = 0
        while index - start < width.upperBound, let byte = next, byte >= 0x30, byte <= 0x39 {
            number = number * 10 + Int(byte - 0x30)
            index += 1
        }
        return index - start >= width.lowerBound ? number : nil
    }

    /// The digits after a point as millionths; 0 where there is no point.
    mutating func microseconds() -> Int? {
        guard take(UInt8(ascii: ".")) else { return 0 }
        let start = index
        guard var number = digits(1...6) else { return nil }
        for _ in (index - start)..<6 { number *= 10 }
        return number
    }
}
