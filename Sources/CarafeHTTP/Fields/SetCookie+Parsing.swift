extension SetCookie {
    /// The cookie that a `Set-Cookie` field sets, as a client reads it (RFC 6265 §5.2): attributes in any order and
    /// any case, the last of each counts, unknown and malformed ones fall away.
    ///
    /// Nil where there is no name.
    public init?(parsing value: String) {
        let bytes = Array(value.utf8)
        let pair = CookiePair(bytes, at: 0)
        guard !pair.name.isEmpty else { return nil }
        self.init(FieldSyntax.string(bytes[pair.name]), CookiePair.decoded(bytes[pair.value]))
        path = nil
        var start = pair.end + 1
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x3B) ?? bytes.count
            let equals = bytes[start..<end].firstIndex(of: 0x3D) ?? end
            let name = bytes[FieldSyntax.trimmed(bytes, start..<equals)]
            let value = bytes[FieldSyntax.trimmed(bytes, min(equals + 1, end)..<end)]
            setAttribute(FieldSyntax.lowercased(name), value)
            start = end + 1
        }
    }

    private mutating func setAttribute(_ name: String, _ value: ArraySlice<UInt8>) {
        switch name {
        case "domain":
            let host = value.drop { $0 == 0x2E }
            domain = host.isEmpty ? nil : FieldSyntax.lowercased(host)
        case "expires":
            expires = HTTPDate(parsing: FieldSyntax.string(value)) ?? expires
        case "max-age":
            let isNegative = value.first == 0x2D
            guard let seconds = FieldSyntax.decimal(isNegative ? value.dropFirst() : value) else { return }
            maxAge = isNegative ? -seconds : seconds
        case "path":
            path = value.first == 0x2F ? FieldSyntax.string(value) : nil
        case "samesite":
            sameSite = SameSite.allCases.first { FieldSyntax.sameIgnoringCase($0.rawValue.utf8, value) }
        case "secure": isSecure = true
        case "httponly": isHTTPOnly = true
        case "partitioned": isPartitioned = true
        default: break
        }
    }
}
