/// The classes of bytes in RFC 9110 §5.6 and RFC 3986, and the search for the end of a line.
///
/// Each class is a set of ASCII bytes as two words of bits: a test is a shift, without a table in memory.
enum Octet {
    /// `tchar`
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        isMember(byte, 0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
    }

    /// `unreserved` and `sub-delims`: the bytes of a registered name, but for percent signs
    @inline(__always)
    static func isRegisteredName(_ byte: UInt8) -> Bool {
        isMember(byte, 0x2BFF_7FD2_0000_0000, 0x47FF_FFFE_87FF_FFFE)
    }

    /// Visible ASCII but for `%`, `?` and `#`: the bytes of a path that need no further look
    @inline(__always)
    static func isPlainPath(_ byte: UInt8) -> Bool {
        isMember(byte, 0x7FFF_FFD6_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
    }

    /// Visible ASCII but for `#`
    @inline(__always)
    static func isQuery(_ byte: UInt8) -> Bool {
        isMember(byte, 0xFFFF_FFF6_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The value of a hexadecimal digit, nil for any other byte.
    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte &- 0x30) }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? Int(letter) + 10 : nil
    }

    @inline(__always)
    static func isSpaceOrTab(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    @inline(__always)
    static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    @inline(__always)
    private static func isMember(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        byte < 0x80 && ((byte < 0x40 ? low : high) &>> UInt64(byte & 0x3F)) & 1 == 1
    }

    /// The place of the first control character that is not a tab, `end` where there is none.
    ///
    /// Eight bytes at a time: this is the only pass over a field's value, and values are most of a head.
    @inline(__always)
    static func firstControl(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while end - index >= 8 {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let deletes = word ^ (ones &* 0x7F)
            // The lowest bit that is set marks the first byte below 0x20 or equal to 0x7F exactly; only bits above
            // a true one can be wrong.
            let marks = ((word &- ones &* 0x20) & ~word | (deletes &- ones) & ~deletes) & tops
            if marks == 0 {
                index &+= 8
                continue
            }
            index &+= marks.trailingZeroBitCount &>> 3
            guard bytes[index] == 0x09 else { return index }
            index &+= 1
        }
        while index < end {
            let byte = bytes[index]
            if isControl(byte), byte != 0x09 { return index }
            index &+= 1
        }
        return end
    }

    /// Whether the bytes are `name`, which is in lower case, whatever their case.
    @inline(__always)
    static func equal(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        var index = range.lowerBound
        for expected in UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount) {
            var byte = bytes[index]
            if byte &- 0x41 < 26 { byte |= 0x20 }
            if byte != expected { return false }
            index &+= 1
        }
        return true
    }
}
