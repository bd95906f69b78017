/// What `Authorization` and `WWW-Authenticate` have in common: `scheme token` or `scheme name=value, …`.
enum AuthenticationScheme {
    /// The scheme, and the rest without white space around it.
    static func split(_ bytes: [UInt8]) -> (scheme: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
        let whole = FieldSyntax.trimmed(bytes)
        let space = bytes[whole].firstIndex(of: 0x20) ?? whole.upperBound
        return (bytes[whole.lowerBound..<space], bytes[FieldSyntax.trimmed(bytes, space..<whole.upperBound)])
    }

    /// A token may end in equals signs; one that stands before anything else belongs to a parameter.
    static func hasParameters(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let equals = rest.firstIndex(of: 0x3D) else { return false }
        return rest[equals...].contains { $0 != 0x3D }
    }

    /// The parameters; their names become lower case, and those without a value fall away.
    static func parameters(_ rest: ArraySlice<UInt8>) -> FieldParameters {
        FieldParameters(
            parsed: HeaderValue.parseDictionary(FieldSyntax.string(rest)).compactMap { key, value in
                value.map { (FieldSyntax.lowercased(key.utf8), $0) }
            })
    }

    /// The parameters that are never quoted (RFC 7616 §3.3); clients are known to read the others only in quotes.
    private static let unquoted: Set<String> = ["stale", "algorithm", "nc"]

    static func dump(_ parameters: FieldParameters) -> String {
        parameters.map { name, value in
            name + "=" + HeaderValue.quote(value, allowToken: unquoted.contains(name))
        }.joined(separator: ", ")
    }

    /// `basic` as `Basic`.
    static func capitalized(_ scheme: String) -> String {
        let bytes = scheme.utf8.enumerated().map { index, byte in
            index == 0 && byte &- 0x61 < 26 ? byte & 0xDF : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
