/// Writes a head into memory whose size was reckoned before: one check of room for the whole head instead of one for
/// each of its parts. What does not fit is cut off, never written elsewhere.
struct ByteWriter {
    private let target: UnsafeMutableRawBufferPointer
    /// How many bytes have been written.
    private(set) var count = 0

    init(_ target: UnsafeMutableRawBufferPointer) { self.target = target }

    @inline(__always)
    mutating func write(_ text: StaticString) {
        write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        let fitting = min(bytes.count, target.count - count)
        guard let source = bytes.baseAddress, let start = target.baseAddress else { return }
        (start + count).copyMemory(from: source, byteCount: fitting)
        count &+= fitting
    }

    /// Writes text with a space for each control character.
    mutating func writeWithoutControls(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { write(Octet.isControl(byte) && byte != 0x09 ? 0x20 : byte) }
    }

    /// Writes a number in decimal; a negative one, which no length is, as 0.
    mutating func writeDecimal(_ number: Int) {
        writeDigits(UInt(max(number, 0)), radix: 10)
    }

    /// Writes a number in hexadecimal; a negative one, which no length is, as 0.
    mutating func writeHexadecimal(_ number: Int) {
        writeDigits(UInt(max(number, 0)), radix: 16)
    }

    @inline(__always)
    private mutating func writeDigits(_ number: UInt, radix: UInt) {
        var divisor: UInt = 1
        while number / divisor >= radix { divisor &*= radix }
        while divisor > 0 {
            let digit = UInt8(truncatingIfNeeded: number / divisor % radix)
            write(digit < 10 ? digit &+ 0x30 : digit &+ 0x57)
            divisor /= radix
        }
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8) {
        guard count < target.count else { return }
        target[count] = byte
        count &+= 1
    }
}
