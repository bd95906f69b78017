import Crypto

/// An HMAC under one derived key, prepared once: the two key blocks are already hashed when a message comes.
enum MessageAuthenticator: Sendable {
    case sha1(HMAC<Insecure.SHA1>)
    case sha256(HMAC<SHA256>)
    case sha384(HMAC<SHA384>)
    case sha512(HMAC<SHA512>)

    /// The authenticator for one secret key, salt and scheme: ItsDangerous' `derive_key`.
    init(secretKey: [UInt8], salt: [UInt8], scheme: SignatureScheme) {
        let key: [UInt8] =
            switch scheme.keyDerivation {
            case .concat: scheme.digest.hash(salt + secretKey)
            case .djangoConcat: scheme.digest.hash(salt + Array("signer".utf8) + secretKey)
            case .hmac: MessageAuthenticator(key: secretKey, digest: scheme.digest).code(for: salt[...])
            case .none: secretKey
            }
        self.init(key: key, digest: scheme.digest)
    }

    init(key: [UInt8], digest: DigestMethod) {
        let key = SymmetricKey(data: key)
        self =
            switch digest {
            case .sha1: .sha1(HMAC(key: key))
            case .sha256: .sha256(HMAC(key: key))
            case .sha384: .sha384(HMAC(key: key))
            case .sha512: .sha512(HMAC(key: key))
            }
    }

    /// The message's authentication code.
    func code(for message: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .sha1(let prepared): Self.code(for: message, prepared)
        case .sha256(let prepared): Self.code(for: message, prepared)
        case .sha384(let prepared): Self.code(for: message, prepared)
        case .sha512(let prepared): Self.code(for: message, prepared)
        }
    }

    private static func code<H>(for message: ArraySlice<UInt8>, _ prepared: HMAC<H>) -> [UInt8] {
        var authenticator = prepared
        authenticator.update(data: message)
        return authenticator.finalize().withUnsafeBytes { Array($0) }
    }
}

extension DigestMethod {
    /// The bytes' digest.
    func hash(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: Array(Insecure.SHA1.hash(data: bytes))
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }
}
