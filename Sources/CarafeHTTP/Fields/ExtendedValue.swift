/// The value of an extended parameter, `charset'language'value` (RFC 2231 §4, RFC 8187), while it is decoded.
struct ExtendedValue {
    /// The charsets that are decoded. Clients of today send UTF-8; the list will not grow (Werkzeug's own).
    enum Charset: Sendable {
        case ascii, utf8, latin1

        init?(_ name: some Collection<UInt8>) {
            switch FieldSyntax.lowercased(name) {
            case "ascii", "us-ascii": self = .ascii
            case "utf-8": self = .utf8
            case "iso-8859-1": self = .latin1
            default: return nil
            }
        }
    }

    /// The value: without the mark of its charset, and, once decoded, as UTF-8.
    private(set) var bytes: [UInt8]

    /// The charset that the value names itself; empty where it names none, nil where it bears no mark.
    let charsetName: [UInt8]?

    init(_ value: ArraySlice<UInt8>) {
        let token = ByteSet.token
        if let first = value.firstIndex(of: 0x27),
            let second = value[(first + 1)...].firstIndex(of: 0x27),
            value[value.startIndex..<first].allSatisfy({ token.contains($0) }),
            value[(first + 1)..<second].allSatisfy({ token.contains($0) }),
            case let rest = value[(second + 1)...].prefix(while: { token.contains($0) }), !rest.isEmpty
        {
            charsetName = Array(value[value.startIndex..<first])
            bytes = Array(rest)
        } else {
            charsetName = nil
            bytes = Array(value)
        }
    }

    /// Decodes the percent-encoded bytes from the value's own charset; a charset that is not known leaves them.
    mutating func decode() {
        if let charset = charsetName.flatMap({ Charset($0) }) { decode(from: charset) }
    }

    mutating func decode(from charset: Charset) {
        let decoded = PercentEncoding.decodedBytes(bytes)
        switch charset {
        case .utf8:
            bytes = Array(String(decoding: decoded, as: UTF8.self).utf8)
        case .latin1:
            bytes = decoded.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
        case .ascii:
            bytes = decoded.flatMap { $0 < 0x80 ? [$0] : [0xEF, 0xBF, 0xBD] }
        }
    }
}
