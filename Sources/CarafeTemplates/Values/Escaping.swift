/// Escapes text for HTML, as MarkupSafe does: `& < > ' "` become `&amp; &lt; &gt; &#39; &#34;`.
enum Escaping {
    /// `text` escaped; the same text where there is nothing to escape.
    static func escape(_ text: String) -> String {
        let escaped: String?? = text.utf8.withContiguousStorageIfAvailable { bytes -> String? in
            if firstSpecial(bytes, from: 0) == bytes.count { return nil }
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count + bytes.count / 2 + 8)
            append(bytes) { output.append(contentsOf: $0) }
            return String(decoding: output, as: UTF8.self)
        }
        if let escaped { return escaped ?? text }
        return escape(String(decoding: Array(text.utf8), as: UTF8.self))
    }

    /// Hands `bytes` escaped to `write`, run by run.
    @inline(__always)
    static func append(_ bytes: UnsafeBufferPointer<UInt8>, to write: (UnsafeBufferPointer<UInt8>) -> Void) {
        var start = 0
        while true {
            let end = firstSpecial(bytes, from: start)
            if end > start { write(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
            if end == bytes.count { return }
            let entity = entity(bytes[end])
            write(UnsafeBufferPointer(start: entity.utf8Start, count: entity.utf8CodeUnitCount))
            start = end + 1
        }
    }

    /// What stands for one of the five bytes.
    @inline(__always)
    static func entity(_ byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "'"): "&#39;"
        default: "&#34;"
        }
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
