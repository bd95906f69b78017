/// Tells as early as a byte shows it that text is not UTF-8 (RFC 3629), wherever it was cut.
struct UTF8Validator: Sendable {
    /// How many more bytes the code point that was begun needs.
    private var missing = 0
    /// What the next of them must be; after some first bytes fewer than 0x80...0xBF are allowed.
    private var least: UInt8 = 0x80
    private var most: UInt8 = 0xBF

    /// Whether the text may end here.
    var isComplete: Bool { missing == 0 }

    /// Takes the next bytes of the text.
    ///
    /// - Returns: whether they can be its next
    mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                index = Self.endOfASCII(in: bytes, from: index)
                guard index < bytes.count else { return true }
                guard begin(with: bytes[index]) else { return false }
            } else {
                let byte = bytes[index]
                guard byte >= least, byte <= most else { return false }
                (least, most) = (0x80, 0xBF)
                missing &-= 1
            }
            index &+= 1
        }
        return true
    }

    /// Takes the first byte of a code point beyond ASCII.
    private mutating func begin(with byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, least) = (2, 0xA0)
        case 0xED: (missing, most) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, least) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, most) = (3, 0x8F)
        default: return false
        }
        return true
    }

    /// Where the run of ASCII that begins at `start` ends; looks at eight bytes at a time.
    private static func endOfASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { break }
            index &+= 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index &+= 1 }
        return index
    }
}
