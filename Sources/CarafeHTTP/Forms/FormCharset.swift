/// The charsets in which the text of a form may be (Werkzeug's safe list); anything else is read as UTF-8.
enum FormCharset: Sendable {
    case ascii
    case latin1
    case utf8

    /// The charset of that name, in any case; nil where it is none of the three.
    init?(name: some Sequence<UInt8>) {
        let name = name.map(FieldSyntax.lowercased)
        if name.elementsEqual("utf-8".utf8) {
            self = .utf8
        } else if name.elementsEqual("iso-8859-1".utf8) {
            self = .latin1
        } else if name.elementsEqual("ascii".utf8) || name.elementsEqual("us-ascii".utf8) {
            self = .ascii
        } else {
            return nil
        }
    }

    /// The text of `bytes`; what the charset does not know becomes U+FFFD.
    func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        switch self {
        case .utf8:
            return String(decoding: bytes, as: UTF8.self)
        case .latin1:
            return decode(bytes) { Unicode.Scalar($0) }
        case .ascii:
            return decode(bytes) { $0 < 0x80 ? Unicode.Scalar($0) : "\u{FFFD}" }
        }
    }

    private func decode(_ bytes: UnsafeRawBufferPointer, _ scalar: (UInt8) -> Unicode.Scalar) -> String {
        var text = ""
        text.reserveCapacity(bytes.count)
        for byte in bytes { text.unicodeScalars.append(scalar(byte)) }
        return text
    }
}
