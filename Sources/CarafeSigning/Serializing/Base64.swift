/// The two base64 alphabets of RFC 4648 that signed values use; reading is strict, so no two texts mean the same bytes.
enum Base64 {
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// For each byte its six bits, or 255 where it is no character of the alphabet.
    private static let urlSafeValues = values(of: urlSafe)
    private static let standardValues = values(of: standard)

    /// Whether the byte is of the URL-safe alphabet, or `=`.
    static func isAlphabetOrPadding(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || urlSafe.contains(byte)
    }

    /// The length of so many bytes in base64 without padding.
    static func encodedCount(_ byteCount: Int) -> Int {
        byteCount / 3 * 4 + (byteCount % 3 == 0 ? 0 : byteCount % 3 + 1)
    }

    /// Appends the bytes in the URL-safe alphabet without padding.
    static func appendURLSafe(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        append(bytes, in: urlSafe, to: &text)
    }

    /// Appends the bytes in the standard alphabet with padding.
    static func appendStandard(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        append(bytes, in: standard, to: &text)
        if bytes.count % 3 > 0 {
            text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - bytes.count % 3))
        }
    }

    /// The bytes that a text in the URL-safe alphabet without padding stands for; nil where it is not exactly that.
    static func decodeURLSafe(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        decode(text, urlSafeValues)
    }

    /// The bytes that a text in the standard alphabet with padding stands for; nil where it is not exactly that.
    static func decodeStandard(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var digits = text
        while digits.last == UInt8(ascii: "="), text.count - digits.count < 2 { digits.removeLast() }
        return decode(digits, standardValues)
    }

    private static func append(_ bytes: ArraySlice<UInt8>, in alphabet: [UInt8], to text: inout [UInt8]) {
        text.reserveCapacity(text.count + encodedCount(bytes.count))
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> bitCount & 63)])
            }
        }
        if bitCount > 0 {
            text.append(alphabet[Int(bits << (6 - bitCount) & 63)])
        }
    }

    private static func decode(_ text: ArraySlice<UInt8>, _ values: [UInt8]) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for character in text {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        // Spare bits that are not zero would be a second spelling of the same bytes.
        guard bits & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }

    private static func values(of alphabet: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }
}
