/// Base64 with the standard alphabet and its padding (RFC 4648 §4), strictly.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// `bytes` in base64.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var iterator = bytes.makeIterator()
        while let first = iterator.next() {
            let (second, third) = (iterator.next(), iterator.next())
            result.append(alphabet[Int(first >> 2)])
            result.append(alphabet[Int((first & 0x03) << 4 | (second ?? 0) >> 4)])
            result.append(second.map { alphabet[Int(($0 & 0x0F) << 2 | (third ?? 0) >> 6)] } ?? 0x3D)
            result.append(third.map { alphabet[Int($0 & 0x3F)] } ?? 0x3D)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes of `text`; nil where a character is not of the alphabet, the padding is missing or misplaced, or
    /// bits that carry nothing are set, so that each value has one spelling.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == 0x3D }.count
        guard text.count % 4 == 0, padding <= 2 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 4 * 3)
        var (bits, count): (UInt32, Int) = (0, 0)
        for byte in text.dropLast(padding) {
            guard let sextet = sextet(byte) else { return nil }
            bits = bits << 6 | sextet
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        return bits == 0 ? result : nil
    }

    private static func sextet(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x47)
        case 0x30...0x39: UInt32(byte + 4)
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
