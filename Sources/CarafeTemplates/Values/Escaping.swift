/// Escapes text for HTML, as MarkupSafe does: `& < > ' "` become `&amp; &lt; &gt; &#39; &#34;`.
enum Escaping {
    /// `text` escaped; the same text where there is nothing to escape.
    static func escape(_ text: String) -> String {
        let escaped: String?? = text.utf8.withContiguousStorageIfAvailable { bytes -> String? in
            let first = firstSpecial(bytes, from: 0)
            if first == bytes.count { return nil }
            let count = escapedCount(bytes, from: first)
            return String(unsafeUninitializedCapacity: count + slack) { buffer in
                guard let target = buffer.baseAddress else { return 0 }
                return write(bytes, to: target)
            }
        }
        if let escaped { return escaped ?? text }
        return escape(String(decoding: Array(text.utf8), as: UTF8.self))
    }

    /// How many bytes past the end of what it writes ``write(_:to:)`` may write over.
    static let slack = 8

    /// Writes `bytes` escaped, which there must be room for, and for the ``slack``: eight are looked at and copied at a time.
    ///
    /// - Returns: how many bytes it wrote
    @inline(__always)
    static func write(_ bytes: UnsafeBufferPointer<UInt8>, to start: UnsafeMutablePointer<UInt8>) -> Int {
        guard let first = bytes.baseAddress else { return 0 }
        var source = UnsafeRawPointer(first)
        let end = source + bytes.count
        var target = UnsafeMutableRawPointer(start)
        while source + 8 <= end {
            let word = source.loadUnaligned(as: UInt64.self)
            target.storeBytes(of: word, as: UInt64.self)
            let candidates = candidates(word)
            if candidates == 0 {
                source += 8
                target += 8
                continue
            }
            let clean = candidates.littleEndian.trailingZeroBitCount / 8
            source += clean
            target = write(source.load(as: UInt8.self), to: target + clean)
            source += 1
        }
        while source < end {
            target = write(source.load(as: UInt8.self), to: target)
            source += 1
        }
        return target - UnsafeMutableRawPointer(start)
    }

    /// Writes one byte, or what stands for it.
    @inline(__always)
    private static func write(_ byte: UInt8, to target: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
        let (entity, count): (UInt64, Int)
        switch byte {
        case UInt8(ascii: "&"): (entity, count) = (0x3B_706D_6126, 5)  // &amp;
        case UInt8(ascii: "<"): (entity, count) = (0x3B74_6C26, 4)  // &lt;
        case UInt8(ascii: ">"): (entity, count) = (0x3B74_6726, 4)  // &gt;
        case UInt8(ascii: "'"): (entity, count) = (0x3B_3933_2326, 5)  // &#39;
        case UInt8(ascii: "\""): (entity, count) = (0x3B_3433_2326, 5)  // &#34;
        default:
            target.storeBytes(of: byte, as: UInt8.self)
            return target + 1
        }
        target.storeBytes(of: entity.littleEndian, as: UInt64.self)
        return target + count
    }

    /// How many bytes `bytes` are when they are escaped; before `start` none of them need be.
    static func escapedCount(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int {
        var count = bytes.count
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "\""): count += 4
            case UInt8(ascii: "<"), UInt8(ascii: ">"): count += 3
            default: break
            }
        }
        return count
    }

    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""): true
        default: false
        }
    }

    /// Where the first byte to escape is, from `start` on; the count where there is none.
    @inline(__always)
    static func firstSpecial(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= bytes.count {
            let candidates = candidates(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            if candidates == 0 {
                index += 8
                continue
            }
            let found = index + candidates.littleEndian.trailingZeroBitCount / 8
            if isSpecial(bytes[found]) { return found }
            index = found + 1
        }
        while index < bytes.count && !isSpecial(bytes[index]) { index += 1 }
        return index
    }

    /// The high bit of each byte that may be special. Without bits 0 and 2, `"`, `&`, `'` are 0x22, as is only `#` besides;
    /// with bit 1, `<` and `>` are 0x3E. The lowest of the bits is exact, those above it need not be.
    @inline(__always)
    static func candidates(_ word: UInt64) -> UInt64 {
        let quotes = (word & 0xFAFA_FAFA_FAFA_FAFA) ^ 0x2222_2222_2222_2222
        let angles = (word | 0x0202_0202_0202_0202) ^ 0x3E3E_3E3E_3E3E_3E3E
        let ones: UInt64 = 0x0101_0101_0101_0101
        return ((quotes &- ones) & ~quotes | (angles &- ones) & ~angles) & 0x8080_8080_8080_8080
    }
}
