import HTTPTypes

extension Headers {
    /// Adds a `Set-Cookie` field.
    ///
    /// - Throws: ``InvalidCookie`` as ``SetCookie/fieldValue(now:)`` does.
    public mutating func setCookie(_ cookie: SetCookie) throws(InvalidCookie) {
        appendUnchecked(HTTPField.Name.setCookie.rawName, try cookie.fieldValue())
    }
}

extension SetCookie {
    /// The field's value, byte for byte what Werkzeug's `dump_cookie` writes:
    /// `name=value; Domain=…; Expires=…; Max-Age=…; Secure; HttpOnly; Path=…; SameSite=…; Partitioned`.
    ///
    /// - Parameter now: What ``maxAge`` is counted from in `Expires`.
    /// - Throws: ``InvalidCookie`` where the name is not a token, domain or path could break the field, or a name
    ///   that begins with `__Secure-` or `__Host-` is used without what it promises.
    public func fieldValue(now: HTTPDate = .now) throws(InvalidCookie) -> String {
        try check()
        var result = name + "=" + quotedValue
        if let domain = normalizedDomain { result += "; Domain=" + domain }
        if let expires = expires ?? maxAge.map(now.advanced(by:)) { result += "; Expires=" + expires.description }
        if let maxAge { result += "; Max-Age=" + String(maxAge) }
        if isSecure || isPartitioned { result += "; Secure" }
        if isHTTPOnly { result += "; HttpOnly" }
        if let path { result += "; Path=" + PercentEncoding.encode(path, keeping: Self.pathBytes) }
        if let sameSite { result += "; SameSite=" + sameSite.rawValue }
        if isPartitioned { result += "; Partitioned" }
        return result
    }

    private static let pathBytes = ByteSet.path.union(ByteSet("%"))

    private func check() throws(InvalidCookie) {
        guard FieldSyntax.isToken(name) else {
            throw InvalidCookie(name: name, reason: "its name may hold only letters, digits and !#$%&'*+-.^_`|~.")
        }
        if let domain, !domain.utf8.allSatisfy({ Self.domainBytes.contains($0) }) {
            throw InvalidCookie(name: name, reason: "its domain is not an ASCII host name.")
        }
        if let path, FieldSyntax.hasControls(path) || path.utf8.contains(0x3B) {
            throw InvalidCookie(name: name, reason: "its path contains a control character or a semicolon.")
        }
        let lowercased = FieldSyntax.lowercased(name.utf8)
        let isSecure = isSecure || isPartitioned
        if lowercased.utf8.starts(with: "__secure-".utf8), !isSecure {
            throw InvalidCookie(name: name, reason: "a name with __Secure- needs isSecure = true.")
        }
        if lowercased.utf8.starts(with: "__host-".utf8),
            !isSecure || normalizedDomain != nil || !FieldSyntax.same(path ?? "", "/")
        {
            throw InvalidCookie(
                name: name, reason: "a name with __Host- needs isSecure = true, path = \"/\" and no domain.")
        }
    }

    private static let domainBytes = ByteSet.unreserved.union(ByteSet(":"))

    /// The domain without a port and the dots in front; nil where nothing is left.
    private var normalizedDomain: String? {
        guard let domain else { return nil }
        let host = domain.utf8.prefix { $0 != 0x3A }.drop { $0 == 0x2E }
        return host.isEmpty ? nil : FieldSyntax.string(host)
    }

    private static let bareBytes = ByteSet.alphanumerics.union(ByteSet("_!#$%&'()*+-./:<=>?@[]^`{|}~"))

    /// The value as it is where that can be, else in quotes, with `\ooo` for what even quotes do not allow.
    private var quotedValue: String {
        let bare = Self.bareBytes
        if value.utf8.allSatisfy({ bare.contains($0) }) { return value }
        var result: [UInt8] = [0x22]
        for byte in value.utf8 {
            switch byte {
            case 0x22, 0x5C:
                result += [0x5C, byte]
            case 0x00..<0x20, 0x2C, 0x3B, 0x7F...:
                result += [0x5C, 0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)]
            default:
                result.append(byte)
            }
        }
        result.append(0x22)
        return String(decoding: result, as: UTF8.self)
    }
}
