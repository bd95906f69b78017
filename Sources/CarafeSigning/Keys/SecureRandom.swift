/// A new secret key: random bytes from the system's generator, as lowercase hexadecimal text.
///
/// The same as Python's `secrets.token_hex(byteCount)`.
///
/// - Parameter byteCount: how many random bytes; 32 (64 characters) is more than any attacker can search.
public func generateSecretKey(byteCount: Int = 32) -> String {
    hexadecimal(randomBytes(count: byteCount))
}

/// Random bytes from the system's generator, fit for keys and tokens.
package func randomBytes(count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<max(0, count)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

/// Random text of ASCII letters and digits, as Werkzeug's `gen_salt` makes it.
func randomSalt(length: Int) -> String {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<max(0, length)).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
    return String(decoding: salt, as: UTF8.self)
}
