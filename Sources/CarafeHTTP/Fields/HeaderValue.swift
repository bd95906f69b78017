/// The forms that most header field values have: lists, dictionaries, and values with parameters.
///
/// Functions that write leave CR, LF and NUL in place; ``Headers`` refuses a value that contains them.
public enum HeaderValue {
    /// `text` as a token or a quoted string (Werkzeug's `quote_header_value`): in quotes unless it is a token.
    ///
    /// ```swift
    /// HeaderValue.quote("a b")   // "\"a b\""
    /// HeaderValue.quote("")      // "\"\""
    /// ```
    public static func quote(_ text: String, allowToken: Bool = true) -> String {
        if allowToken, FieldSyntax.isToken(text) { return text }
        var result: [UInt8] = [0x22]
        result.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            if byte == 0x22 || byte == 0x5C { result.append(0x5C) }
            result.append(byte)
        }
        result.append(0x22)
        return String(decoding: result, as: UTF8.self)
    }

    /// The inverse of ``quote(_:allowToken:)``: quotes around `text` fall away with the backslashes within them.
    public static func unquote(_ text: String) -> String {
        unquote(Array(text.utf8)[...])
    }

    /// The items of a comma-separated list (Werkzeug's `parse_list_header`), without the quotes of items that are
    /// quoted as a whole; empty items fall away, and with an unclosed quote the list is empty.
    public static func parseList(_ value: String) -> [String] {
        let bytes = Array(value.utf8)
        return items(of: bytes).map { unquote(bytes[$0]) }
    }

    /// The `key=value` items of a list (Werkzeug's `parse_dict_header`); a bare key has no value. Of items with the
    /// same key, the last counts: ``FieldParameters`` says so.
    public static func parseDictionary(_ value: String) -> [(key: String, value: String?)] {
        parseList(value).compactMap { item in
            let bytes = Array(item.utf8)
            let equals = bytes.firstIndex(of: 0x3D)
            let key = bytes[FieldSyntax.trimmed(bytes, 0..<(equals ?? bytes.count))]
            guard !key.isEmpty else { return nil }
            guard let equals else { return (FieldSyntax.string(key), nil) }
            let value = bytes[FieldSyntax.trimmed(bytes, equals + 1..<bytes.count)]
            guard key.last == 0x2A else { return (FieldSyntax.string(key), unquote(value)) }
            var decoded = ExtendedValue(value)
            decoded.decode()
            return (FieldSyntax.string(key.dropLast()), unquote(decoded.bytes[...]))
        }
    }

    /// A list of items, each quoted where it must be (Werkzeug's `dump_header`).
    public static func dumpList(_ items: some Sequence<String>) -> String {
        items.map { quote($0) }.joined(separator: ", ")
    }

    /// A list of `key=value` items; a key without a value stands alone.
    public static func dumpDictionary(_ items: some Sequence<(key: String, value: String?)>) -> String {
        items.map { key, value in value.map { parameter(key, $0) } ?? key }.joined(separator: ", ")
    }

    /// `value; name=value; …` (Werkzeug's `dump_options_header`). The value of a name that ends in `*` is taken to
    /// be encoded already.
    public static func dumpOptions(_ value: String, _ parameters: FieldParameters) -> String {
        parameters.reduce(into: value) { $0 += "; " + parameter($1.name, $1.value) }
    }

    private static func parameter(_ name: String, _ value: String) -> String {
        name + "=" + (name.utf8.last == 0x2A ? value : quote(value))
    }

    /// Where the items of a list stand, trimmed.
    static func items(of bytes: [UInt8]) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var (start, isQuoted, isEscaped) = (0, false, false)
        func close(_ end: Int) {
            let item = FieldSyntax.trimmed(bytes, start..<end)
            if !item.isEmpty { items.append(item) }
            start = end + 1
        }
        for (index, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if byte == 0x5C { isEscaped = true } else if byte == 0x22 { isQuoted = false }
            } else if byte == 0x2C {
                close(index)
            } else if byte == 0x22 {
                isQuoted = true
            }
        }
        if isQuoted { return [] }
        close(bytes.count)
        return items
    }

    static func unquote(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.count >= 2, bytes.first == 0x22, bytes.last == 0x22 else { return FieldSyntax.string(bytes) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isEscaped = false
        for byte in bytes.dropFirst().dropLast() {
            if !isEscaped, byte == 0x5C {
                isEscaped = true
            } else {
                result.append(byte)
                isEscaped = false
            }
        }
        if isEscaped { result.append(0x5C) }
        return FieldSyntax.string(result)
    }
}
