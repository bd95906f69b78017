// Strings: RFC 8259 §7, with the escapes that Python's json module chooses.

extension JSONOutput {
    /// Appends a string in quotes, escaped.
    @inline(__always)
    func append(string: String) {
        // The storage of native strings is contiguous; the copy is for those that are not.
        if string.utf8.withContiguousStorageIfAvailable({ append(utf8: $0) }) == nil {
            Array(string.utf8).withUnsafeBufferPointer { append(utf8: $0) }
        }
    }

    /// Copies eight bytes at a time as long as none of them needs an escape.
    func append(utf8 text: UnsafeBufferPointer<UInt8>) {
        let quoted = reserve(text.count + 2)
        quoted.pointee = UInt8(ascii: "\"")
        var index = 0
        if let base = text.baseAddress, !options.escapesHTML {
            let ascii = options.escapesNonASCII
            let to = quoted + 1
            while index + 8 <= text.count {
                let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                if Self.needsEscape(word, ascii: ascii) { break }
                UnsafeMutableRawPointer(to + index).storeBytes(of: word, as: UInt64.self)
                index += 8
            }
            while index < text.count, !Self.needsEscape(base[index], ascii: ascii) {
                to[index] = base[index]
                index += 1
            }
        }
        if index == text.count {
            quoted[index + 1] = UInt8(ascii: "\"")
            advance(to: quoted + index + 2)
        } else {
            advance(to: quoted + index + 1)
            appendEscaped(text, from: index)
        }
    }

    /// True where any of the eight bytes is below U+0020, a quote or a backslash; with `ascii` also beyond U+007E.
    /// It may be true for others, never false for one of these.
    @inline(__always)
    private static func needsEscape(_ word: UInt64, ascii: Bool) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        var found = (word &- ones &* 0x20) & ~word
        found |= (quotes &- ones) & ~quotes
        found |= (backslashes &- ones) & ~backslashes
        if ascii { found |= word | (word &+ ones) }
        return found & (ones &* 0x80) != 0
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8, ascii: Bool) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || (ascii && byte >= 0x7F)
    }

    @inline(never)
    private func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
        var index = start
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0..<0x20: append(escape: UInt16(byte))
            case 0x7F where options.escapesNonASCII: append(escape: 0x7F)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "'"):
                if options.escapesHTML { append(escape: UInt16(byte)) } else { append(byte) }
            case 0x80...: index += appendNonASCII(text, at: index) - 1
            default: append(byte)
            }
            index += 1
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends the scalar at `index`, whose bytes are valid UTF-8, and returns how many they are.
    private func appendNonASCII(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let length = text[index] < 0xE0 ? 2 : text[index] < 0xF0 ? 3 : 4
        let end = min(index + length, text.count)
        var scalar = UInt32(text[index] & (0x7F >> UInt8(length)))
        for byte in text[(index + 1)..<end] { scalar = scalar << 6 | UInt32(byte & 0x3F) }
        if !options.escapesNonASCII && !(options.escapesHTML && (scalar == 0x2028 || scalar == 0x2029)) {
            append(UnsafeBufferPointer(rebasing: text[index..<end]))
        } else if scalar < 0x1_0000 {
            append(escape: UInt16(truncatingIfNeeded: scalar))
        } else {
            append(escape: UInt16(truncatingIfNeeded: 0xD800 + (scalar &- 0x1_0000) >> 10))
            append(escape: UInt16(truncatingIfNeeded: 0xDC00 + (scalar &- 0x1_0000) & 0x3FF))
        }
        return end - index
    }

    private func append(escape unit: UInt16) {
        append("\\u")
        for shift in [UInt16(12), 8, 4, 0] { append(Self.hexadecimal(UInt8(truncatingIfNeeded: unit >> shift))) }
    }

    /// The digit for the low four bits.
    @inline(__always)
    static func hexadecimal(_ value: UInt8) -> UInt8 {
        let digit = value & 0xF
        return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
    }
}
