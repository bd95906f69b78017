extension Parameters {
    /// The cookies of a `Cookie` field (RFC 6265 §4.2), as Werkzeug's `parse_cookie` reads them.
    ///
    /// Quoted values lose their quotes and the backslashes of ``SetCookie``; percent signs mean nothing. A name without
    /// a value is kept, a value without a name is not: it could pose as another cookie (`=__Host-x=…`). A cookie
    /// that came several times keeps all its values, the first of which is the most specific.
    ///
    /// - Throws: ``TooManyParameters`` where there are more than `limit`.
    public init(cookies value: String, limit: Int = 100) throws(TooManyParameters) {
        let bytes = Array(value.utf8)
        var pairs: [(String, String)] = []
        var index = 0
        while index < bytes.count {
            let pair = CookiePair(bytes, at: index)
            index = pair.end + 1
            guard !pair.name.isEmpty else { continue }
            guard pairs.count < limit else { throw TooManyParameters(limit: limit) }
            pairs.append((FieldSyntax.string(bytes[pair.name]), CookiePair.decoded(bytes[pair.value])))
        }
        self.init(pairs)
    }
}

/// One `name=value` of a `Cookie` or `Set-Cookie` field.
struct CookiePair {
    /// The name, trimmed; empty where the value has none.
    let name: Range<Int>

    /// The value, trimmed, with its quotes.
    let value: Range<Int>

    /// Where the semicolon after it stands, or the end.
    let end: Int

    init(_ bytes: [UInt8], at start: Int) {
        let delimiter = bytes[start...].firstIndex { $0 == 0x3D || $0 == 0x3B } ?? bytes.count
        name = FieldSyntax.trimmed(bytes, start..<delimiter)
        guard delimiter < bytes.count, bytes[delimiter] == 0x3D else {
            value = delimiter..<delimiter
            end = delimiter
            return
        }
        // A quoted value may contain semicolons. Each failed search ends at a quote that can begin no other value,
        // so that all of them together are linear.
        end =
            Self.endOfQuoted(bytes, after: delimiter) ?? bytes[delimiter...].firstIndex(of: 0x3B) ?? bytes.count
        value = FieldSyntax.trimmed(bytes, delimiter + 1..<end)
    }

    /// Where a pair whose value is quoted ends; nil where the value is not, or where more follows its last quote.
    private static func endOfQuoted(_ bytes: [UInt8], after equals: Int) -> Int? {
        var index = skipWhitespace(bytes, from: equals + 1)
        guard index < bytes.count, bytes[index] == 0x22 else { return nil }
        index += 1
        while index < bytes.count, bytes[index] != 0x22 { index += bytes[index] == 0x5C ? 2 : 1 }
        guard index < bytes.count else { return nil }
        let end = skipWhitespace(bytes, from: index + 1)
        return end == bytes.count || bytes[end] == 0x3B ? end : nil
    }

    private static func skipWhitespace(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, FieldSyntax.isWhitespace(bytes[index]) { index += 1 }
        return index
    }

    /// The value without its quotes; `\ooo` is the byte of that octal number, `\x` is x.
    static func decoded(_ value: ArraySlice<UInt8>) -> String {
        guard value.count >= 2, value.first == 0x22, value.last == 0x22 else { return FieldSyntax.string(value) }
        let content = value.dropFirst().dropLast()
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = content.startIndex
        while index < content.endIndex {
            if content[index] != 0x5C || index + 1 == content.endIndex {
                result.append(content[index])
                index += 1
            } else if let byte = octal(content[(index + 1)...]) {
                result.append(byte)
                index += 4
            } else {
                result.append(content[index + 1])
                index += 2
            }
        }
        return FieldSyntax.string(result)
    }

    /// The byte of three octal digits.
    private static func octal(_ bytes: ArraySlice<UInt8>) -> UInt8? {
        let digits = bytes.prefix(3).map { $0 &- 0x30 }
        guard digits.count == 3, digits[0] < 4, digits[1] < 8, digits[2] < 8 else { return nil }
        return digits[0] << 6 | digits[1] << 3 | digits[2]
    }
}
