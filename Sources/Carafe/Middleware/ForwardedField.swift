import CarafeHTTP

/// The fields that each proxy on the way adds a value to, the nearest one the last.
///
/// They are read from their end: what stands further ahead was written by somebody less known, and must not be able to
/// change how the rest is read.
enum ForwardedField {
    /// The value that many from the end, trimmed; nil where there are fewer. Empty values do not count.
    static func value(_ lines: [String], fromEnd hops: Int) -> String? {
        bytes(lines, fromEnd: hops, hasQuotes: false).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The parameters of the element of `Forwarded` (RFC 7239 §4) that many from the end; nil where there are fewer.
    static func element(_ lines: [String], fromEnd hops: Int) -> FieldParameters? {
        bytes(lines, fromEnd: hops, hasQuotes: true).map { element in
            HeaderValue.parseOptions("element;" + String(decoding: element, as: UTF8.self)).parameters
        }
    }

    private static func bytes(_ lines: [String], fromEnd hops: Int, hasQuotes: Bool) -> [UInt8]? {
        guard hops > 0 else { return nil }
        var missing = hops
        for line in lines.reversed() {
            let line = Array(line.utf8)
            var end = line.endIndex
            while end >= line.startIndex {
                let comma = lastComma(in: line[..<end], hasQuotes: hasQuotes)
                let value = trimmed(line[(comma.map { $0 + 1 } ?? line.startIndex)..<end])
                if !value.isEmpty {
                    missing -= 1
                    if missing == 0 { return Array(value) }
                }
                guard let comma else { break }
                end = comma
            }
        }
        return nil
    }

    /// The last comma that is not within quotes.
    private static func lastComma(in bytes: ArraySlice<UInt8>, hasQuotes: Bool) -> Int? {
        var isQuoted = false
        var index = bytes.endIndex
        while index > bytes.startIndex {
            index -= 1
            switch bytes[index] {
            case UInt8(ascii: "\"") where hasQuotes && !isEscaped(bytes, index): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: return index
            default: break
            }
        }
        return nil
    }

    /// Whether a backslash stands before the byte that is no escaped one itself.
    private static func isEscaped(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Bool {
        var start = index
        while start > bytes.startIndex, bytes[start - 1] == UInt8(ascii: "\\") { start -= 1 }
        return (index - start) % 2 == 1
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var bytes = bytes.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes
    }
}
