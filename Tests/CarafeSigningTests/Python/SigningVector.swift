import CarafeSigning
import Foundation

/// One token and what ItsDangerous or Flask makes of it, as `signing_oracle.py` writes it.
struct SigningVector: Codable, Hashable {
    var kind: Kind
    /// The secret keys, oldest first.
    var keys: [String]
    var salt: String
    var separator: String
    var derivation: String
    var digest: String
    /// The time at which the token is signed, or read.
    var now: Int64
    var maxAge: Int64?
    var token = ""
    /// Where the token comes from.
    var origin: Origin?
    /// The value as portable text, where Python accepts the token.
    var value: String?
    /// The name of Python's error, where it does not.
    var error: String?

    enum Origin: String, Codable {
        /// Python signed it with these keys at that time.
        case signed
        /// Python signed it in some other way: with other keys, at another time, or without a proper payload.
        case crafted
        /// It was changed after it was signed.
        case changed
    }

    enum Kind: String, Codable, CaseIterable {
        case signer, timestamp, serializer, timed, session
    }
}

extension SigningVector {
    /// What our signer of that kind reads from the token, as portable text.
    func read() throws(SigningError) -> String {
        switch kind {
        case .signer: try Portable.text(.string(signer().unsign(token)))
        case .timestamp: try Portable.text(.string(timestampSigner().unsign(token, maxAge: age)))
        case .serializer, .timed, .session: try Portable.text(loaded())
        }
    }

    /// What our signer of that kind makes of the value that it reads from the token.
    func readAndSigned() throws(SigningError) -> String {
        switch kind {
        case .signer: try signer().sign(signer().unsign(token))
        case .timestamp: try timestampSigner().sign(timestampSigner().unsign(token))
        case .serializer, .timed, .session: try signed(loaded())
        }
    }

    /// What our signer of that kind makes of a value; the signers take text alone.
    func signed(_ value: SessionValue) throws(SigningError) -> String {
        switch kind {
        case .signer: try signer().sign(value.string ?? "")
        case .timestamp: try timestampSigner().sign(value.string ?? "")
        case .serializer: try serializer().dumps(value)
        case .timed: try timedSerializer().dumps(value)
        case .session: try session().dumps(value.object ?? [:])
        }
    }

    private func loaded() throws(SigningError) -> SessionValue {
        switch kind {
        case .timed: try timedSerializer().loads(token, maxAge: age)
        case .session: .object(try session().loads(token, maxAge: age))
        default: try serializer().loads(token)
        }
    }

    private func signer() throws(SigningError) -> Signer {
        try Signer(secretKeys: secretKeys(), salt: salt, separator: separator, scheme: scheme)
    }

    private func timestampSigner() throws(SigningError) -> TimestampSigner {
        try TimestampSigner(secretKeys: secretKeys(), salt: salt, separator: separator, scheme: scheme, now: clock)
    }

    private func serializer() throws(SigningError) -> URLSafeSerializer {
        try URLSafeSerializer(secretKeys: secretKeys(), salt: salt, separator: separator, scheme: scheme)
    }

    private func timedSerializer() throws(SigningError) -> URLSafeTimedSerializer {
        try URLSafeTimedSerializer(
            secretKeys: secretKeys(), salt: salt, separator: separator, scheme: scheme, now: clock)
    }

    private func session() throws(SigningError) -> SessionCookieSerializer {
        SessionCookieSerializer(secretKeys: try secretKeys(), now: clock)
    }

    private var age: Duration? { maxAge.map { .seconds($0) } }
    private var clock: @Sendable () -> Int64 { { [now] in now } }

    private func secretKeys() throws(SigningError) -> SecretKeys {
        try SecretKeys(current: keys.last ?? "", fallbacks: keys.dropLast())
    }

    private var scheme: SignatureScheme {
        let derivations: [String: KeyDerivation] = [
            "concat": .concat, "django-concat": .djangoConcat, "hmac": .hmac, "none": .none,
        ]
        let digests: [String: DigestMethod] = ["sha1": .sha1, "sha256": .sha256, "sha384": .sha384, "sha512": .sha512]
        guard let derivation = derivations[derivation], let digest = digests[digest] else {
            preconditionFailure("no such scheme: \(derivation), \(digest)")
        }
        return SignatureScheme(keyDerivation: derivation, digest: digest)
    }
}

/// One password hash and Werkzeug's answer to a password: `True`, `False` or the name of its error.
struct PasswordVector: Codable, Hashable {
    var hash: String
    var password: String
    var answer: String?
}
