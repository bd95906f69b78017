/// What a client sends to prove who it is (`Authorization`, RFC 9110 §11.6.2).
///
/// ```swift
/// if case .basic(let username, let password) = request.headers.authorization?.credentials { … }
/// ```
public struct Authorization: Sendable, Hashable {
    /// The part after the scheme.
    public enum Credentials: Sendable, Hashable {
        /// A name and a password (RFC 7617).
        case basic(username: String, password: String)
        /// One opaque token, as `Bearer` has it (RFC 6750).
        case token(String)
        /// Parameters, as `Digest` has them (RFC 7616).
        case parameters(FieldParameters)
    }

    /// The scheme in lower case: `basic`, `bearer`, `digest`, …
    public let scheme: String

    /// What follows it.
    public let credentials: Credentials

    /// A name and a password.
    public static func basic(username: String, password: String) -> Authorization {
        Authorization(scheme: "basic", credentials: .basic(username: username, password: password))
    }

    /// A bearer token.
    public static func bearer(_ token: String) -> Authorization {
        Authorization(scheme: "bearer", credentials: .token(token))
    }

    private init(scheme: String, credentials: Credentials) {
        self.scheme = scheme
        self.credentials = credentials
    }

    /// The field's value; nil where it has no scheme, or where the scheme is `Basic` and the rest is not strict
    /// base64 of UTF-8 with a colon in it.
    public init?(parsing value: String) {
        let bytes = Array(value.utf8)
        let (scheme, rest) = AuthenticationScheme.split(bytes)
        guard !scheme.isEmpty else { return nil }
        self.scheme = FieldSyntax.lowercased(scheme)
        if FieldSyntax.same(self.scheme, "basic") {
            guard let decoded = Base64.decode(rest), let colon = decoded.firstIndex(of: 0x3A),
                let username = String(validating: decoded[..<colon], as: UTF8.self),
                let password = String(validating: decoded[(colon + 1)...], as: UTF8.self)
            else { return nil }
            credentials = .basic(username: username, password: password)
        } else if AuthenticationScheme.hasParameters(rest) {
            credentials = .parameters(AuthenticationScheme.parameters(rest))
        } else {
            credentials = .token(FieldSyntax.string(rest))
        }
    }
}

extension Authorization: CustomStringConvertible {
    /// The field's value, with the scheme capitalised.
    public var description: String {
        let rest =
            switch credentials {
            case .basic(let username, let password): Base64.encode(Array((username + ":" + password).utf8))
            case .token(let token): token
            case .parameters(let parameters): AuthenticationScheme.dump(parameters)
            }
        return AuthenticationScheme.capitalized(scheme) + " " + rest
    }
}
