extension HeaderValue {
    /// How many parameters of one value are read; those after them are passed over.
    static let parameterLimit = 100

    /// A value with parameters, such as `form-data; name="file"; filename*=UTF-8''caf%C3%A9.txt` (Werkzeug's
    /// `parse_options_header`).
    ///
    /// Names of parameters become lower case. Extended values (`name*=charset''…`, RFC 8187) and continuations
    /// (`name*0=…; name*1=…`, RFC 2231) are put together, `\"` and the `%22` of browsers become quotes, and parts
    /// that are malformed fall away. At most 100 parameters are read.
    public static func parseOptions(_ value: String) -> (value: String, parameters: FieldParameters) {
        let bytes = Array(value.utf8)
        let semicolon = bytes.firstIndex(of: 0x3B) ?? bytes.count
        let main = FieldSyntax.trimmed(bytes, 0..<semicolon)
        guard !main.isEmpty, semicolon < bytes.count else {
            return (FieldSyntax.string(bytes[main]), FieldParameters())
        }
        let parts = parameterParts(bytes, from: semicolon + 1)
        return (FieldSyntax.string(bytes[main]), FieldParameters(parsed: joined(parts)))
    }

    /// The well-formed parameters as they stand, quoted values with their quotes.
    private static func parameterParts(
        _ bytes: [UInt8], from start: Int
    ) -> [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        let token = ByteSet.token
        var parts: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
        var index = start
        while index < bytes.count, parts.count < parameterLimit {
            while index < bytes.count, FieldSyntax.isWhitespace(bytes[index]) { index += 1 }
            let name = bytes[index...].prefix { token.contains($0) }
            if !name.isEmpty, name.endIndex < bytes.count, bytes[name.endIndex] == 0x3D {
                index = name.endIndex + 1
                let value = bytes[index...].prefix { token.contains($0) }
                if !value.isEmpty {
                    parts.append((name, value))
                    index = value.endIndex
                } else if let end = quotedStringEnd(bytes, from: index) {
                    parts.append((name, bytes[index..<end]))
                    index = end
                }
            }
            index = (bytes[index...].firstIndex(of: 0x3B) ?? bytes.count) + 1
        }
        return parts
    }

    /// Where the quoted string that begins at `start` ends; nil where there is none or it is not closed.
    private static func quotedStringEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        guard start < bytes.count, bytes[start] == 0x22 else { return nil }
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == 0x22 { return index + 1 }
            let isPair =
                bytes[index] == 0x5C && index + 1 < bytes.count
                && (bytes[index + 1] == 0x5C || bytes[index + 1] == 0x22)
            index += isPair ? 2 : 1
        }
        return nil
    }

    /// Decodes extended values and joins continuations.
    private static func joined(
        _ parts: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]
    ) -> [(name: String, value: String)] {
        var result: [(name: String, bytes: [UInt8])] = []
        // A continuation need not repeat the charset: the last that was named holds.
        var charsetName: [UInt8] = []
        var continued: ExtendedValue.Charset?
        for part in parts {
            var name = part.name
            var value = Array(part.value)
            if name.last == 0x2A {
                name = name.dropLast()
                var extended = ExtendedValue(part.value)
                if let own = extended.charsetName { charsetName = own }
                if let charset = charsetName.isEmpty ? continued : ExtendedValue.Charset(charsetName) {
                    continued = charset
                    extended.decode(from: charset)
                }
                value = extended.bytes
            }
            value = unquotedParameter(value)
            let base = continuationBase(name)
            let key = FieldSyntax.lowercased(base ?? name)
            if let index = result.firstIndex(where: { FieldSyntax.same($0.name, key) }) {
                if base == nil { result[index].bytes = value } else { result[index].bytes += value }
            } else {
                result.append((key, value))
            }
        }
        return result.map { ($0.name, FieldSyntax.string($0.bytes)) }
    }

    /// `name` without `*n` at its end; nil where it has none.
    private static func continuationBase(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var end = name.endIndex
        while end > name.startIndex, FieldSyntax.isDigit(name[end - 1]) { end -= 1 }
        guard end < name.endIndex, end > name.startIndex, name[end - 1] == 0x2A else { return nil }
        return name[..<(end - 1)]
    }

    /// The value without its quotes, `\\`, `\"` and `%22` decoded.
    private static func unquotedParameter(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.first == 0x22, bytes.last == 0x22 else { return bytes }
        let content = bytes.dropFirst().dropLast()
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = content.startIndex
        while index < content.endIndex {
            let rest = content[index...]
            if rest.starts(with: [0x5C, 0x5C]) || rest.starts(with: [0x5C, 0x22]) {
                result.append(content[index + 1])
                index += 2
            } else if rest.starts(with: [0x25, 0x32, 0x32]) {
                result.append(0x22)
                index += 3
            } else {
                result.append(content[index])
                index += 1
            }
        }
        return result
    }
}
