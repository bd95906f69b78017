/// Percent-encoding (RFC 3986 §2.1) on UTF-8 bytes.
public enum PercentEncoding {
    /// `text` with every byte outside `allowed` written as `%XX`, in upper case.
    ///
    /// ```swift
    /// PercentEncoding.encode("a b/é", keeping: .pathSegment)   // "a%20b%2F%C3%A9"
    /// ```
    public static func encode(_ text: String, keeping allowed: ByteSet = .unreserved) -> String {
        encode(text.utf8, keeping: allowed)
    }

    /// `text` with its percent-encoded bytes decoded; what is not UTF-8 becomes U+FFFD, and a percent sign without
    /// two hexadecimal digits stays.
    public static func decode(_ text: String) -> String {
        String(decoding: decodedBytes(text.utf8), as: UTF8.self)
    }

    static func encode(_ bytes: some Collection<UInt8>, keeping allowed: ByteSet) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if allowed.contains(byte) { result.append(byte) } else { append(byte, encodedTo: &result) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func append(_ byte: UInt8, encodedTo result: inout [UInt8]) {
        result.append(0x25)
        result.append(hexadecimal(byte >> 4))
        result.append(hexadecimal(byte & 0x0F))
    }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x37 + nibble
    }

    /// The value of a hexadecimal digit.
    static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }

    /// The decoded bytes.
    package static func decodedBytes(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        let isDone: Void? = bytes.withContiguousStorageIfAvailable {
            decode(UnsafeRawBufferPointer($0), plusIsSpace: false, into: &result)
        }
        if isDone == nil { Array(bytes).withUnsafeBytes { decode($0, plusIsSpace: false, into: &result) } }
        return result
    }

    /// Appends `bytes` to `decoded`, each `%XX` as the byte it stands for; with `plusIsSpace`, as forms are encoded.
    static func decode(_ bytes: UnsafeRawBufferPointer, plusIsSpace: Bool, into decoded: inout [UInt8]) {
        decoded.reserveCapacity(decoded.count + bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x25, bytes.count - index >= 2, let high = nibble(bytes[index]),
                let low = nibble(bytes[index + 1])
            {
                decoded.append(high << 4 | low)
                index += 2
            } else {
                decoded.append(byte == 0x2B && plusIsSpace ? 0x20 : byte)
            }
        }
    }

    /// The name or value of a pair of a query or a form: `+` is a space, and what is not UTF-8 in the end is written
    /// as `%XX`.
    static func decodeFormText(_ bytes: UnsafeRawBufferPointer) -> String {
        if !bytes.contains(where: { $0 == 0x25 || $0 == 0x2B }), let text = String(validating: bytes, as: UTF8.self) {
            return text
        }
        var decoded: [UInt8] = []
        decode(bytes, plusIsSpace: true, into: &decoded)
        return string(quotingInvalid: decoded)
    }

    /// Text of bytes that may not be UTF-8: what is not is written as `%XX`, so that nothing is lost (Werkzeug's
    /// `werkzeug.url_quote` error handler).
    static func string(quotingInvalid bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let length = sequenceLength(bytes, at: index)
            if length == 0 {
                append(bytes[index], encodedTo: &result)
                index += 1
            } else {
                result.append(contentsOf: bytes[index..<index + length])
                index += length
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The length of the well-formed UTF-8 sequence at `index` (Unicode 3.9, table 3-7); 0 where there is none.
    private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard bytes.count - index >= length, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
