import Crypto

/// Whether a password is the one of a hash that Werkzeug wrote before 2.3 and refuses since 3.0.
///
/// These are `sha256$salt$hash` (an HMAC under the salt), `md5$$hash` (without a salt, the plain digest) and
/// `plain$$password`. All can be searched by the billion a second: use this only to let the users of an old table in once
/// more, and store a new hash at that moment.
///
///     if checkLegacyPasswordHash(user.passwordHash, form.password) {
///         user.passwordHash = try await generatePasswordHash(form.password)
///     }
public func checkLegacyPasswordHash(_ hash: String, _ password: String) -> Bool {
    guard let stored = StoredPasswordHash(hash) else { return false }
    let password = Array(password.utf8)
    if stored.method.utf8.elementsEqual("plain".utf8) {
        return constantTimeEquals(password, stored.hash)
    }
    guard let digest = PasswordDigest(rawValue: stored.method) else { return false }
    let computed: [UInt8]? =
        switch digest {
        case .md5: legacyHash(Insecure.MD5.self, salt: stored.salt, password: password)
        case .sha1: legacyHash(Insecure.SHA1.self, salt: stored.salt, password: password)
        case .sha256: legacyHash(SHA256.self, salt: stored.salt, password: password)
        case .sha384: legacyHash(SHA384.self, salt: stored.salt, password: password)
        case .sha512: legacyHash(SHA512.self, salt: stored.salt, password: password)
        case .sha224: nil
        }
    return computed.map { constantTimeEquals(hexadecimal($0).utf8, stored.hash) } ?? false
}

private func legacyHash<Digest: HashFunction>(_: Digest.Type, salt: [UInt8], password: [UInt8]) -> [UInt8] {
    salt.isEmpty
        ? Array(Digest.hash(data: password))
        : Array(HMAC<Digest>.authenticationCode(for: password, using: SymmetricKey(data: salt)))
}
