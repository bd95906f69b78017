/// A new hash of a password in Werkzeug's format: `scrypt:32768:8:1$salt$hash` unless told otherwise.
///
/// - Throws: ``PasswordHashError`` of kind `unsupportedMethod`, `emptySalt` or `saltTooLong`.
public func generatePasswordHash(
    _ password: String, method: PasswordMethod = .scrypt, saltLength: Int = 16
) throws(PasswordHashError) -> String {
    try PasswordHasher.shared.generate(password, method: method, saltLength: saltLength)
}

/// A new hash of a password in Werkzeug's format, computed off the caller's thread.
///
/// - Throws: ``PasswordHashError`` of kind `unsupportedMethod`, `emptySalt`, `saltTooLong` or `busy`, or `CancellationError`.
public func generatePasswordHash(
    _ password: String, method: PasswordMethod = .scrypt, saltLength: Int = 16
) async throws -> String {
    try await PasswordHasher.shared.generate(password, method: method, saltLength: saltLength)
}

/// Whether a password is the one of a stored hash; false for a hash that is malformed or over ``PasswordHashLimits``.
public func checkPasswordHash(_ hash: String, _ password: String) -> Bool {
    PasswordHasher.shared.check(hash, password)
}

/// Whether a password is the one of a stored hash, computed off the caller's thread.
///
/// - Throws: ``PasswordHashError`` of kind `busy`, or `CancellationError`.
public func checkPasswordHash(_ hash: String, _ password: String) async throws -> Bool {
    try await PasswordHasher.shared.check(hash, password)
}
