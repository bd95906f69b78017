/// How a password hash is computed: Werkzeug's `method`.
public enum PasswordMethod: Hashable, Sendable {
    /// scrypt (RFC 7914). The cost is its N, a power of two; it takes 128 · cost · blockSize bytes of memory.
    /// A block size over 16 takes a parallelism of 2 or more: swift-crypto does not compute it in one lane.
    case scrypt(cost: Int, blockSize: Int, parallelism: Int)
    /// PBKDF2 (RFC 8018) over HMAC; less secure, since it takes no memory.
    case pbkdf2(PasswordDigest, iterations: Int)

    /// Werkzeug's `scrypt`: `scrypt:32768:8:1`, 32 MiB and some 60 ms.
    public static let scrypt = PasswordMethod.scrypt(cost: 32_768, blockSize: 8, parallelism: 1)

    /// Werkzeug's `pbkdf2`: `pbkdf2:sha256:1000000`.
    public static let pbkdf2 = PasswordMethod.pbkdf2(.sha256, iterations: 1_000_000)

    /// A method from its text, as `scrypt`, `scrypt:32768:8:1`, `pbkdf2`, `pbkdf2:sha512` or `pbkdf2:sha256:600000`; nil
    /// for any other.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let name = parts.first else { return nil }
        let arguments = Array(parts.dropFirst())
        if name.elementsEqual("scrypt".utf8) {
            guard !arguments.isEmpty else {
                self = .scrypt
                return
            }
            let numbers = arguments.compactMap(decimalNumber)
            guard arguments.count == 3, numbers.count == 3 else { return nil }
            self = .scrypt(cost: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
        } else if name.elementsEqual("pbkdf2".utf8) {
            guard arguments.count <= 2 else { return nil }
            var digest = PasswordDigest.sha256
            var iterations = 1_000_000
            if let digestName = arguments.first {
                guard let named = PasswordDigest(rawValue: String(decoding: digestName, as: UTF8.self)) else {
                    return nil
                }
                digest = named
            }
            if arguments.count == 2 {
                guard let number = decimalNumber(arguments[1]) else { return nil }
                iterations = number
            }
            self = .pbkdf2(digest, iterations: iterations)
        } else {
            return nil
        }
    }

    /// The method of a stored hash; nil where it is malformed or of another kind.
    ///
    /// Compare it at login to find the hashes that deserve to be made anew.
    public init?(ofHash hash: String) {
        guard let stored = StoredPasswordHash(hash) else { return nil }
        self.init(stored.method)
    }
}

extension PasswordMethod: CustomStringConvertible {
    /// The method as it stands in a hash, every parameter spelled out.
    public var description: String {
        switch self {
        case .scrypt(let cost, let blockSize, let parallelism): "scrypt:\(cost):\(blockSize):\(parallelism)"
        case .pbkdf2(let digest, let iterations): "pbkdf2:\(digest.rawValue):\(iterations)"
        }
    }
}

/// The hash functions that PBKDF2 may use; the raw values are their names in Python.
public enum PasswordDigest: String, Hashable, Sendable {
    /// MD5, only for hashes of old.
    case md5
    /// SHA-1, only for hashes of old.
    case sha1
    /// SHA-224.
    case sha224
    /// SHA-256, the default.
    case sha256
    /// SHA-384.
    case sha384
    /// SHA-512.
    case sha512
}

/// The three parts of a stored hash, `method$salt$hash`.
struct StoredPasswordHash {
    let method: String
    let salt: [UInt8]
    let hash: [UInt8]

    /// The most bytes of a hash with all its parts.
    private static let maximumLength = 1024
    /// The longest salt that is generated; with the longest method and hash it stays within `maximumLength`.
    static let maximumSaltLength = 512

    /// The parts; nil where there are fewer than two dollar signs, or more text than any hash has.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        method = String(decoding: parts[0], as: UTF8.self)
        salt = Array(parts[1])
        hash = Array(parts[2])
    }
}
