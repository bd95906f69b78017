/// Which characters stay as they are beside letters, digits and `_.-~`. Each place in a URL has its own set, that of
/// Werkzeug and the WHATWG's URL standard.
struct AllowedCharacters {
    private let others: StaticString
    /// Whether a space is written as a plus.
    let plusForSpace: Bool

    /// A path.
    static let path = AllowedCharacters(others: "!$&'()*+,/:;=@", plusForSpace: false)
    /// A name or value in a query.
    static let query = AllowedCharacters(others: "!$'()*,/:;?@", plusForSpace: true)
    /// A fragment, escapes in it kept.
    static let fragment = AllowedCharacters(others: "%!#$&'()*+,/:;=?@", plusForSpace: false)

    func contains(_ byte: UInt8) -> Bool {
        if isWordByte(byte) { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "~"): return true
        default: return others.withUTF8Buffer { $0.contains(byte) }
        }
    }
}

/// UTF-8 with every byte that is not allowed written as `%XX`.
func percentEncoded(_ bytes: some Sequence<UInt8>, allowing allowed: AllowedCharacters) -> String {
    let digits: StaticString = "0123456789ABCDEF"
    var encoded: [UInt8] = []
    for byte in bytes {
        if allowed.contains(byte) {
            encoded.append(byte)
        } else if byte == UInt8(ascii: " "), allowed.plusForSpace {
            encoded.append(UInt8(ascii: "+"))
        } else {
            digits.withUTF8Buffer {
                encoded += [UInt8(ascii: "%"), $0[Int(byte >> 4)], $0[Int(byte & 15)]]
            }
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}
