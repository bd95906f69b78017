import Crypto
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A throw-away certificate for development: signed by itself, for this machine's own names, with a key that never leaves
/// the process's memory.
enum AdHocCertificate {
    /// Browsers refuse those that are valid for longer than 398 days.
    private static let validity = 30 * 24 * 3600

    static func make(now: time_t = time(nil)) throws -> Identity {
        let key = P256.Signing.PrivateKey()
        let certificate = try der(key, now: now)
        return Identity(
            chain: [try NIOSSLCertificate(bytes: certificate, format: .der)],
            key: try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem))
    }

    /// RFC 5280 §4.1
    private static func der(_ key: P256.Signing.PrivateKey, now: time_t) throws -> [UInt8] {
        let name = DER.sequence(
            DER.set(DER.sequence(DER.commonName, DER.utf8("Carafe's development certificate"))))
        let toBeSigned = DER.sequence(
            DER.explicit(0, DER.integer([2])),
            DER.integer(serialNumber()),
            DER.sequence(DER.ecdsaWithSHA256),
            name,
            DER.sequence(DER.utcTime(now - 3600), DER.utcTime(now + validity)),
            name,
            Array(key.publicKey.derRepresentation),
            DER.explicit(3, DER.sequence(subjectAlternativeNames, basicConstraints)))
        let signature = try key.signature(for: toBeSigned)
        return DER.sequence(
            toBeSigned, DER.sequence(DER.ecdsaWithSHA256), DER.bitString(Array(signature.derRepresentation)))
    }

    /// Positive, and not to be foreseen.
    private static func serialNumber() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return [0x40] + (0..<15).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static let subjectAlternativeNames = DER.extension(
        DER.subjectAlternativeName,
        DER.sequence(
            DER.implicit(2, Array("localhost".utf8)), DER.implicit(2, Array("*.localhost".utf8)),
            DER.implicit(7, [127, 0, 0, 1]), DER.implicit(7, [UInt8](repeating: 0, count: 15) + [1])))

    private static let basicConstraints = DER.extension(DER.basicConstraints, DER.sequence(), isCritical: true)
}
