import HTTPTypes

/// How a client may prove who it is (`WWW-Authenticate`, RFC 9110 §11.6.1); goes with status 401.
///
/// ```swift
/// response.headers[.wwwAuthenticate] = try WWWAuthenticate.basic(realm: "Staff").description
/// ```
public struct WWWAuthenticate: Sendable, Hashable {
    /// The scheme in lower case: `basic`, `bearer`, `digest`, …
    public let scheme: String

    /// The one opaque token of schemes that have it, such as `Negotiate`.
    public let token: String?

    /// The parameters, such as `realm`.
    public let parameters: FieldParameters

    /// A challenge of any scheme.
    ///
    /// - Throws: ``InvalidFieldValue`` where the scheme or the name of a parameter is not a token, or a value
    ///   contains a control character or a line break.
    public init(scheme: String, parameters: [(name: String, value: String)]) throws(InvalidFieldValue) {
        guard FieldSyntax.isToken(scheme),
            parameters.allSatisfy({ FieldSyntax.isToken($0.name) && !FieldSyntax.hasControls($0.value) })
        else { throw InvalidFieldValue(name: .wwwAuthenticate) }
        self.scheme = FieldSyntax.lowercased(scheme.utf8)
        self.parameters = FieldParameters(parsed: parameters)
        token = nil
    }

    /// A name and a password, sent as UTF-8 (RFC 7617).
    public static func basic(realm: String) throws(InvalidFieldValue) -> WWWAuthenticate {
        try WWWAuthenticate(scheme: "basic", parameters: [("realm", realm), ("charset", "UTF-8")])
    }

    /// A bearer token; `error` and its description say what was wrong with the one that came (RFC 6750 §3).
    public static func bearer(
        realm: String? = nil, scope: String? = nil, error: String? = nil, errorDescription: String? = nil
    ) throws(InvalidFieldValue) -> WWWAuthenticate {
        let parameters: [(name: String, value: String)] = [
            ("realm", realm), ("scope", scope), ("error", error), ("error_description", errorDescription),
        ].compactMap { name, value in value.map { (name: name, value: $0) } }
        return try WWWAuthenticate(scheme: "bearer", parameters: parameters)
    }

    /// A digest of the password (RFC 7616).
    public static func digest(
        realm: String, nonce: String, opaque: String? = nil, qop: String = "auth", algorithm: String = "SHA-256",
        isStale: Bool = false
    ) throws(InvalidFieldValue) -> WWWAuthenticate {
        var parameters: [(name: String, value: String)] = [("realm", realm), ("nonce", nonce)]
        if let opaque { parameters.append(("opaque", opaque)) }
        parameters += [("qop", qop), ("algorithm", algorithm)]
        if isStale { parameters.append(("stale", "true")) }
        return try WWWAuthenticate(scheme: "digest", parameters: parameters)
    }

    /// A field that holds one challenge; nil where it has no scheme.
    public init?(parsing value: String) {
        let bytes = Array(value.utf8)
        let (scheme, rest) = AuthenticationScheme.split(bytes)
        guard !scheme.isEmpty else { return nil }
        self.scheme = FieldSyntax.lowercased(scheme)
        let hasParameters = AuthenticationScheme.hasParameters(rest)
        parameters = hasParameters ? AuthenticationScheme.parameters(rest) : FieldParameters()
        token = hasParameters || rest.isEmpty ? nil : FieldSyntax.string(rest)
    }
}

extension WWWAuthenticate: CustomStringConvertible {
    /// The field's value, with the scheme capitalised: `Basic realm="Staff", charset="UTF-8"`.
    public var description: String {
        let rest = token ?? AuthenticationScheme.dump(parameters)
        return AuthenticationScheme.capitalized(scheme) + (rest.utf8.isEmpty ? "" : " " + rest)
    }
}
