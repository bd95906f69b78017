/// Blanks, found in UTF-8.
extension PythonText {
    /// How many bytes the blank that begins at `offset` has; 0 where none does.
    @inline(__always)
    static func blankWidth(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let first = bytes[offset]
        if first < 0x80 { return first <= 0x20 && isSpace(Unicode.Scalar(first)) ? 1 : 0 }
        return wideBlankWidth(bytes, at: offset)
    }

    /// How many bytes the blank that ends before `offset` has; 0 where none does.
    @inline(__always)
    static func blankWidth(_ bytes: UnsafeBufferPointer<UInt8>, before offset: Int) -> Int {
        let last = bytes[offset - 1]
        if last < 0x80 { return last <= 0x20 && isSpace(Unicode.Scalar(last)) ? 1 : 0 }
        for width in 2...3 where offset >= width && bytes[offset - width] & 0xC0 == 0xC0 {
            return wideBlankWidth(bytes, at: offset - width) == width ? width : 0
        }
        return 0
    }

    /// As ``blankWidth(_:at:)``, for blanks that are not ASCII's.
    private static func wideBlankWidth(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        guard offset + 1 < bytes.count else { return 0 }
        let (first, second) = (UInt32(bytes[offset]), UInt32(bytes[offset + 1]))
        if first & 0xE0 == 0xC0 {
            return Unicode.Scalar((first & 0x1F) << 6 | second & 0x3F).map(isSpace) ?? false ? 2 : 0
        }
        guard first & 0xF0 == 0xE0, offset + 2 < bytes.count else { return 0 }
        let value = (first & 0x0F) << 12 | (second & 0x3F) << 6 | UInt32(bytes[offset + 2]) & 0x3F
        return Unicode.Scalar(value).map(isSpace) ?? false ? 3 : 0
    }

    /// The bytes without the blanks at the ends of a side.
    static func withoutBlanks(_ bytes: UnsafeBufferPointer<UInt8>, _ side: Side) -> Range<Int> {
        var (start, end) = (0, bytes.count)
        if side != .end {
            while start < end {
                let width = blankWidth(bytes, at: start)
                if width == 0 { break }
                start += width
            }
        }
        if side != .start {
            while start < end {
                let width = blankWidth(bytes, before: end)
                if width == 0 { break }
                end -= width
            }
        }
        return start..<end
    }
}
