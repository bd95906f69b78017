/// A header value that is followed by parameters, as in Content-Disposition and Content-Type:
/// `form-data; name="a"; filename="b.txt"` (RFC 7578 §4.2, RFC 9110 §5.6.6).
///
/// An unquoted value runs to the next `;` or white space, which takes in the unquoted boundaries with `=` that some
/// clients send. In a quoted value `\"` and `\\` are escapes and any other backslash stands for itself (a Windows
/// path), and `%22` is a quotation mark, which is how browsers write one (HTML, multipart form data). That is what
/// Werkzeug's `parse_options_header` does; but what it skips as invalid is `nil` here: two parsers that skip
/// differently see different forms.
struct HeaderParameters {
    /// Clients send three at most. Each is compared with all others, which a thousand in each part would make slow.
    private static let maximumCount = 16

    /// The value before the first parameter, ASCII letters in lower case.
    let value: [UInt8]

    /// The parameters in order; the names in lower case, the values without their quotes.
    private(set) var parameters: [(name: [UInt8], value: [UInt8])] = []

    /// Parses a header field's value; nil where it breaks the grammar, names a parameter twice or has more than 16.
    init?(_ bytes: [UInt8]) {
        var cursor = Cursor(bytes)
        cursor.skipWhitespace()
        value = cursor.take { $0 != Ascii.semicolon && !Octet.isSpaceOrTab($0) }.map(FieldSyntax.lowercased)
        while true {
            cursor.skipWhitespace()
            guard let separator = cursor.next() else { return }
            guard separator == Ascii.semicolon else { return nil }
            cursor.skipWhitespace()
            if cursor.peek() == nil { return }
            let name = cursor.take(where: Octet.isToken).map(FieldSyntax.lowercased)
            guard !name.isEmpty, self[name] == nil, cursor.next() == Ascii.equals else { return nil }
            guard let value = cursor.peek() == Ascii.quote ? cursor.takeQuoted() : cursor.takeUnquoted()
            else { return nil }
            guard parameters.count < Self.maximumCount else { return nil }
            parameters.append((name, value))
        }
    }

    /// The value of the parameter called `name`, which is in lower case.
    subscript(name: String) -> [UInt8]? { self[Array(name.utf8)] }

    private subscript(name: [UInt8]) -> [UInt8]? { parameters.first { $0.name == name }?.value }

    /// A parameter as text: `name*` (RFC 8187: charset, language and percent-encoded bytes) before `name`.
    ///
    /// - Returns: `.some(nil)` where there is no such parameter; nil where one is there but cannot be read.
    func text(of name: String) -> String?? {
        if let extended = self[name + "*"] {
            guard let text = Self.decodeExtended(extended) else { return nil }
            return .some(text)
        }
        // RFC 2231's continuations (`filename*0=`) are no part of HTTP (RFC 8187 §1); taking such a file for a
        // field would be worse than refusing it.
        let continuation = Array((name + "*").utf8)
        if parameters.contains(where: { $0.name.starts(with: continuation) }) { return nil }
        guard let plain = self[name] else { return .some(nil) }
        return .some(String(decoding: plain, as: UTF8.self))
    }

    private static func decodeExtended(_ bytes: [UInt8]) -> String? {
        let pieces = bytes.split(separator: Ascii.apostrophe, maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, let charset = FormCharset(name: pieces[0]) else { return nil }
        return PercentEncoding.decodedBytes(pieces[2]).withUnsafeBytes(charset.decode)
    }

    /// Reads bytes one after the other.
    private struct Cursor {
        private let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

        mutating func next() -> UInt8? {
            guard let byte = peek() else { return nil }
            index += 1
            return byte
        }

        mutating func take(where belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
            let start = index
            while let byte = peek(), belongs(byte) { index += 1 }
            return bytes[start..<index]
        }

        mutating func skipWhitespace() { _ = take(where: Octet.isSpaceOrTab) }

        mutating func takeUnquoted() -> [UInt8]? {
            let value = take { $0 != Ascii.semicolon && $0 != Ascii.quote && !Octet.isSpaceOrTab($0) }
            return value.isEmpty ? nil : Array(value)
        }

        /// The quoted value at the cursor, nil where it does not end.
        mutating func takeQuoted() -> [UInt8]? {
            index += 1
            var value: [UInt8] = []
            while let byte = next() {
                switch byte {
                case Ascii.quote: return value
                case Ascii.backslash where peek() == Ascii.quote || peek() == Ascii.backslash:
                    if let escaped = next() { value.append(escaped) }
                case Ascii.percent where bytes[index...].starts(with: [0x32, 0x32]):
                    index += 2
                    value.append(Ascii.quote)
                default: value.append(byte)
                }
            }
            return nil
        }
    }
}
