import Crypto
import CryptoExtras
import FoundationEssentials

/// Makes and checks password hashes in Werkzeug's format, `method$salt$hash`, within limits.
///
/// Hashing is slow on purpose, some 60 ms. In an asynchronous function these methods leave the caller's thread for one of
/// a few of their own; a synchronous one, as a script, computes where it stands and must not do so on an event loop.
///
///     user.passwordHash = try await PasswordHasher.shared.generate(form.password)
///     guard try await PasswordHasher.shared.check(user.passwordHash, form.password) else { … }
public struct PasswordHasher: Sendable {
    /// What a hash may cost.
    public let limits: PasswordHashLimits
    /// The threads that compute.
    public let workers: PasswordWorkers

    /// The hasher of ``generatePasswordHash(_:method:saltLength:)-(String,_,_)`` and
    /// ``checkPasswordHash(_:_:)-(String,_)``.
    public static let shared = PasswordHasher()

    /// A hasher.
    public init(limits: PasswordHashLimits = PasswordHashLimits(), workers: PasswordWorkers = .shared) {
        self.limits = limits
        self.workers = workers
    }

    /// A new hash of a password, with a random salt of letters and digits.
    ///
    /// - Throws: ``PasswordHashError`` of kind `unsupportedMethod`, `emptySalt` or `saltTooLong`.
    public func generate(
        _ password: String, method: PasswordMethod = .scrypt, saltLength: Int = 16
    ) throws(PasswordHashError) -> String {
        guard saltLength >= 1 else { throw .emptySalt }
        guard saltLength <= StoredPasswordHash.maximumSaltLength else { throw .saltTooLong }
        let salt = randomSalt(length: saltLength)
        guard limits.admit(method), let hash = Self.derive(method, salt: Array(salt.utf8), password: password) else {
            throw .unsupported(method)
        }
        return "\(method)$\(salt)$\(hash)"
    }

    /// A new hash of a password, computed off the caller's thread.
    ///
    /// - Throws: ``PasswordHashError`` of kind `unsupportedMethod`, `emptySalt`, `saltTooLong` or `busy`, or `CancellationError`.
    public func generate(
        _ password: String, method: PasswordMethod = .scrypt, saltLength: Int = 16
    ) async throws -> String {
        try await workers.run { Result { try generate(password, method: method, saltLength: saltLength) } }.get()
    }

    /// Whether a password is the one of a stored hash. A hash that is malformed, of another kind or over the limits
    /// matches none.
    public func check(_ hash: String, _ password: String) -> Bool {
        guard
            let stored = StoredPasswordHash(hash), let method = PasswordMethod(stored.method), limits.admit(method),
            let computed = Self.derive(method, salt: stored.salt, password: password)
        else { return false }
        return constantTimeEquals(computed.utf8, stored.hash)
    }

    /// Whether a password is the one of a stored hash, computed off the caller's thread.
    ///
    /// - Throws: ``PasswordHashError`` of kind `busy`, or `CancellationError`.
    public func check(_ hash: String, _ password: String) async throws -> Bool {
        try await workers.run { check(hash, password) }
    }

    /// The hash in hexadecimal; nil where the parameters are none that the method takes.
    private static func derive(_ method: PasswordMethod, salt: [UInt8], password: String) -> String? {
        var password = Array(password.utf8)
        // HMAC fills its key up with zero bytes, so this one hashes like none at all and has an address to be read from.
        if password.isEmpty { password = [0] }
        let key: SymmetricKey?
        switch method {
        case .scrypt(let cost, let blockSize, let parallelism):
            key = try? KDF.Scrypt.deriveKey(
                from: password, salt: salt, outputByteCount: 64, rounds: cost, blockSize: blockSize,
                parallelism: parallelism)
        case .pbkdf2(let digest, let iterations):
            key = try? KDF.Insecure.PBKDF2.deriveKey(
                from: password, salt: salt, using: digest.function, outputByteCount: digest.byteCount,
                unsafeUncheckedRounds: iterations)
        }
        return key?.withUnsafeBytes { hexadecimal(Array($0)) }
    }
}

extension PasswordDigest {
    fileprivate var function: KDF.Insecure.PBKDF2.HashFunction {
        switch self {
        case .md5: .insecureMD5
        case .sha1: .insecureSHA1
        case .sha224: .insecureSHA224
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }

    fileprivate var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}
