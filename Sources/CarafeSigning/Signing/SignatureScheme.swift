/// How a signature is made: how the signing key derives from the secret key and the salt, and with which hash.
public struct SignatureScheme: Hashable, Sendable {
    /// How the signing key is derived.
    public var keyDerivation: KeyDerivation
    /// The hash of the derivation and of the HMAC.
    public var digest: DigestMethod

    /// A scheme; ItsDangerous' own defaults unless told otherwise.
    public init(keyDerivation: KeyDerivation = .djangoConcat, digest: DigestMethod = .sha1) {
        self.keyDerivation = keyDerivation
        self.digest = digest
    }

    /// What ItsDangerous does unless told otherwise: `django-concat` and SHA-1.
    public static let itsDangerous = SignatureScheme()

    /// What Flask signs its session cookie with: `hmac` and SHA-1.
    public static let flaskSession = SignatureScheme(keyDerivation: .hmac)
}

/// How a signing key is made of a secret key and a salt: ItsDangerous' `key_derivation`.
///
/// The salt is no secret; it keeps signatures that are made for one purpose from serving another.
public enum KeyDerivation: Hashable, Sendable {
    /// The digest of the salt followed by the key. A salt and key of `ab`, `c` make the same signing key as `a`, `bc`.
    case concat
    /// The digest of the salt, the word `signer` and the key, as Django once did: the default.
    case djangoConcat
    /// The HMAC of the salt under the key, as Flask's sessions do; the best of them.
    case hmac
    /// The key itself: the salt does nothing, so a signature for one purpose serves every other.
    case none
}

/// The hash of a signature: ItsDangerous' `digest_method`.
///
/// SHA-1 is ItsDangerous' and Flask's default. Its known weakness, collisions, does not weaken an HMAC.
public enum DigestMethod: Hashable, Sendable {
    /// SHA-1, 20 bytes.
    case sha1
    /// SHA-256, 32 bytes.
    case sha256
    /// SHA-384, 48 bytes.
    case sha384
    /// SHA-512, 64 bytes.
    case sha512
}
