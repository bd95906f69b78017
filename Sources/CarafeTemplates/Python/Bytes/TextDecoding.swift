/// `bytes.decode`.
extension TextEncoding {
    static func decode(_ call: PythonCall) throws -> TemplateValue {
        let (encoding, errors) = try arguments(call, "decode")
        var decoding = Decoding(bytes: TemplateBytes.bytes(call.receiver) ?? [], errors: errors)
        switch encoding {
        case .utf8: try decoding.readUTF8()
        case .utf8WithMark:
            if decoding.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { decoding.position = 3 }
            try decoding.readUTF8()
        case .ascii: try decoding.readASCII()
        case .latin1: for byte in decoding.bytes { decoding.result.append(Unicode.Scalar(byte)) }
        case .utf16(let isBig, let hasMark): try decoding.readUnits(2, "utf-16", isBig: isBig, hasMark: hasMark)
        case .utf32(let isBig, let hasMark): try decoding.readUnits(4, "utf-32", isBig: isBig, hasMark: hasMark)
        }
        let text = String(decoding.result)
        try PythonText.check(size: text.utf8.count, call.limits)
        return .string(text)
    }
}

/// Reads text from bytes and deals with those that are none.
private struct Decoding {
    let bytes: [UInt8]
    let errors: String
    var position = 0
    var result = String.UnicodeScalarView()

    init(bytes: [UInt8], errors: String) {
        self.bytes = bytes
        self.errors = errors
    }

    mutating func readASCII() throws {
        for (index, byte) in bytes.enumerated() {
            if byte < 0x80 {
                result.append(Unicode.Scalar(byte))
            } else {
                try refuse(index..<(index + 1), "ascii", "ordinal not in range(128)")
            }
        }
    }

    mutating func readUTF8() throws {
        while position < bytes.count {
            let start = position
            let first = bytes[start]
            let (length, second): (Int, ClosedRange<UInt8>) =
                switch first {
                case 0..<0x80: (1, 0x80...0xBF)
                case 0xC2...0xDF: (2, 0x80...0xBF)
                case 0xE0: (3, 0xA0...0xBF)
                case 0xED: (3, 0x80...0x9F)
                case 0xE1...0xEF: (3, 0x80...0xBF)
                case 0xF0: (4, 0x90...0xBF)
                case 0xF4: (4, 0x80...0x8F)
                case 0xF1...0xF3: (4, 0x80...0xBF)
                default: (0, 0x80...0xBF)
                }
            guard length > 0 else {
                try refuse(start..<(start + 1), "utf-8", "invalid start byte")
                position = start + 1
                continue
            }
            var value = UInt32(length == 1 ? first : first & (0x7F >> UInt8(length)))
            var end = start + 1
            while end < start + length, end < bytes.count,
                (end == start + 1 ? second : 0x80...0xBF).contains(bytes[end])
            {
                value = value << 6 | UInt32(bytes[end] & 0x3F)
                end += 1
            }
            if end == start + length {
                result.append(Unicode.Scalar(value) ?? "\u{FFFD}")
            } else {
                let isCut = end == bytes.count
                try refuse(start..<end, "utf-8", isCut ? "unexpected end of data" : "invalid continuation byte")
            }
            position = end
        }
    }

    /// Reads units of two or four bytes, whose order a mark at the beginning may tell.
    mutating func readUnits(_ width: Int, _ name: String, isBig: Bool, hasMark: Bool) throws {
        var isBig = isBig
        if hasMark, bytes.count >= width {
            let mark = unit(at: 0, width, isBig: false)
            if mark == 0xFEFF { position = width }
            if mark == (width == 2 ? 0xFFFE : 0xFFFE_0000) { (position, isBig) = (width, true) }
        }
        let codec = name + (hasMark ? "" : isBig ? "-be" : "-le")
        while position < bytes.count {
            let start = position
            guard start + width <= bytes.count else {
                try refuse(start..<bytes.count, codec, "truncated data")
                break
            }
            var value = unit(at: start, width, isBig: isBig)
            position += width
            if width == 2, (0xD800..<0xDC00).contains(value), position + 2 <= bytes.count {
                let low = unit(at: position, 2, isBig: isBig)
                if (0xDC00..<0xE000).contains(low) {
                    value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                    position += 2
                }
            }
            if let scalar = Unicode.Scalar(value) {
                result.append(scalar)
            } else if width == 4 {
                let reason =
                    value > 0x10FFFF
                    ? "code point not in range(0x110000)" : "code point in surrogate code point range(0xd800, 0xe000)"
                try refuse(start..<position, codec, reason)
            } else {
                let isHigh = value < 0xDC00
                let isCut = isHigh && position + 2 > bytes.count
                let end = isCut ? bytes.count : position
                try refuse(
                    start..<end, codec,
                    isCut ? "unexpected end of data" : isHigh ? "illegal UTF-16 surrogate" : "illegal encoding")
                position = end
            }
        }
    }

    private func unit(at start: Int, _ width: Int, isBig: Bool) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<width { value = value << 8 | UInt32(bytes[start + (isBig ? index : width - 1 - index)]) }
        return value
    }

    private mutating func refuse(_ range: Range<Int>, _ name: String, _ reason: String) throws {
        switch errors {
        case "ignore": break
        case "replace": result.append("\u{FFFD}")
        case "backslashreplace":
            for byte in bytes[range] { result += PythonText.escape(Unicode.Scalar(byte)).unicodeScalars }
        case "strict", "surrogateescape", "surrogatepass", "xmlcharrefreplace", "namereplace":
            let what =
                range.count == 1
                ? "byte \(Self.hexadecimal(bytes[range.lowerBound])) in position \(range.lowerBound)"
                : "bytes in position \(range.lowerBound)-\(range.upperBound - 1)"
            throw TemplateError(
                TemplateError.Kind("UnicodeDecodeError"), "'\(name)' codec can't decode \(what): \(reason)")
        default: throw TemplateError(TextEncoding.lookupError, "unknown error handler name '\(errors)'")
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16)
    }
}
