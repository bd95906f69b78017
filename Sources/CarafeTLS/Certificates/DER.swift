#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// As much of the Distinguished Encoding Rules (X.690) as a certificate is written with.
enum DER {
    static let commonName: [UInt8] = [0x06, 0x03, 0x55, 0x04, 0x03]
    static let subjectAlternativeName: [UInt8] = [0x06, 0x03, 0x55, 0x1D, 0x11]
    static let basicConstraints: [UInt8] = [0x06, 0x03, 0x55, 0x1D, 0x13]
    static let ecdsaWithSHA256: [UInt8] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, parts.flatMap(\.self)) }
    static func set(_ parts: [UInt8]...) -> [UInt8] { value(0x31, parts.flatMap(\.self)) }
    /// A positive number in big-endian bytes; the first has no top bit.
    static func integer(_ bytes: [UInt8]) -> [UInt8] { value(0x02, bytes) }
    static func bitString(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }
    static func utf8(_ text: String) -> [UInt8] { value(0x0C, Array(text.utf8)) }
    static func explicit(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] { value(0xA0 | tag, bytes) }
    static func implicit(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] { value(0x80 | tag, bytes) }

    static func `extension`(_ name: [UInt8], _ content: [UInt8], isCritical: Bool = false) -> [UInt8] {
        sequence(name, isCritical ? [0x01, 0x01, 0xFF] : [], value(0x04, content))
    }

    /// A time before 2050 (RFC 5280 §4.1.2.5.1).
    static func utcTime(_ time: time_t) -> [UInt8] {
        var (time, parts) = (time, tm())
        gmtime_r(&time, &parts)
        let numbers = [parts.tm_year % 100, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
        return value(0x17, numbers.flatMap { [0x30 + UInt8($0 / 10 % 10), 0x30 + UInt8($0 % 10)] } + [0x5A])
    }

    private static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<0x80: [UInt8(count)]
            case ..<0x100: [0x81, UInt8(count)]
            default: [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
            }
        return [tag] + length + content
    }
}
