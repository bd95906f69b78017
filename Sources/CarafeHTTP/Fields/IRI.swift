/// Addresses as people read them and as the wire carries them (RFC 3987).
public enum IRI {
    /// A URI of an address that may have characters that a URI cannot have (Werkzeug's `iri_to_uri`): what is not
    /// ASCII or not allowed in its part is percent-encoded, percent signs stay, and a relative address stays relative.
    ///
    /// ```swift
    /// IRI.toURI("/n?x=<é>")   // "/n?x=%3C%C3%A9%3E"
    /// ```
    ///
    /// Unlike Werkzeug, it encodes a host that is not ASCII as UTF-8 (RFC 3986 §3.2.2), which browsers turn into
    /// Punycode themselves. Line breaks are encoded too, so that the result is always fit for a field.
    public static func toURI(_ iri: String) -> String {
        let parts = Parts(iri)
        let percent = ByteSet("%")
        return FieldSyntax.string(parts.scheme)
            + PercentEncoding.encode(parts.authority, keeping: authority.union(percent))
            + PercentEncoding.encode(parts.path, keeping: ByteSet.path.union(percent))
            + PercentEncoding.encode(parts.query, keeping: ByteSet.query.union(percent))
            + PercentEncoding.encode(parts.fragment, keeping: ByteSet.fragment.union(percent))
    }

    /// An address for people of a URI (Werkzeug's `uri_to_iri`): percent-encoded UTF-8 is decoded, but for what would
    /// then mean something else, and what is not UTF-8. A host in Punycode stays.
    ///
    /// ```swift
    /// IRI.fromURI("/p%C3%A5th%2F?q=%C3%A8ry%DF")   // "/påth%2F?q=èry%DF"
    /// ```
    public static func fromURI(_ uri: String) -> String {
        let parts = Parts(uri)
        return FieldSyntax.string(parts.scheme) + FieldSyntax.string(parts.authority)
            + decode(parts.path, except: ByteSet("/?#")) + decode(parts.query, except: ByteSet("&=+#"))
            + decode(parts.fragment, except: ByteSet(""))
    }

    private static let authority = ByteSet.unreserved.union(ByteSet("!$&'()*+,;=:@[]/"))

    /// Decodes but controls, space, percent signs and `reserved`.
    private static func decode(_ bytes: ArraySlice<UInt8>, except reserved: ByteSet) -> String {
        var result = ""
        // Bytes that came decoded; they are text once nothing that stays encoded can follow them.
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == 0x25, bytes.endIndex - index > 2,
                let high = PercentEncoding.nibble(bytes[index + 1]), let low = PercentEncoding.nibble(bytes[index + 2])
            else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            let byte = high << 4 | low
            if byte <= 0x20 || byte == 0x25 || byte == 0x7F || reserved.contains(byte) {
                result += PercentEncoding.string(quotingInvalid: decoded)
                decoded.removeAll(keepingCapacity: true)
                result += FieldSyntax.string(bytes[index..<index + 3])
            } else {
                decoded.append(byte)
            }
            index += 3
        }
        return result + PercentEncoding.string(quotingInvalid: decoded)
    }

    /// The parts of an address (RFC 3986 appendix B), each with the delimiters before it.
    private struct Parts {
        var scheme: ArraySlice<UInt8>
        var authority: ArraySlice<UInt8>
        var path: ArraySlice<UInt8>
        var query: ArraySlice<UInt8>
        var fragment: ArraySlice<UInt8>

        init(_ text: String) {
            let bytes = Array(text.utf8)
            let fragmentStart = bytes.firstIndex(of: 0x23) ?? bytes.endIndex
            fragment = bytes[fragmentStart...]
            let queryStart = bytes[..<fragmentStart].firstIndex(of: 0x3F) ?? fragmentStart
            query = bytes[queryStart..<fragmentStart]
            let rest = bytes[..<queryStart]
            let schemeEnd = Self.schemeEnd(rest)
            scheme = rest[..<schemeEnd]
            authority = rest[schemeEnd..<schemeEnd]
            if rest[schemeEnd...].starts(with: [0x2F, 0x2F]) {
                let end = rest[(schemeEnd + 2)...].firstIndex(of: 0x2F) ?? queryStart
                authority = rest[schemeEnd..<end]
            }
            path = rest[authority.endIndex...]
        }

        /// Where the scheme and its colon end; the start where there is none.
        private static func schemeEnd(_ bytes: ArraySlice<UInt8>) -> Int {
            let name = bytes.prefix { FieldSyntax.lowercased($0) &- 0x61 < 26 || schemeBytes.contains($0) }
            guard let first = name.first, FieldSyntax.lowercased(first) &- 0x61 < 26, name.endIndex < bytes.endIndex,
                bytes[name.endIndex] == 0x3A
            else { return bytes.startIndex }
            return name.endIndex + 1
        }

        private static let schemeBytes = ByteSet("0123456789+-.")
    }
}
