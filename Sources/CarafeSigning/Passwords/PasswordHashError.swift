/// Why a password could not be hashed, or checked.
public struct PasswordHashError: Error, Sendable, CustomStringConvertible {
    /// What went wrong. More kinds may come, so a `switch` over them needs a `default`.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// The kind's name, as `busy`.
        public let description: String

        /// The method's parameters are invalid or over the limits.
        public static let unsupportedMethod = Kind(description: "unsupportedMethod")
        /// The salt would have no characters.
        public static let emptySalt = Kind(description: "emptySalt")
        /// The salt would be longer than any that is read again.
        public static let saltTooLong = Kind(description: "saltTooLong")
        /// Too many passwords are waiting to be hashed.
        public static let busy = Kind(description: "busy")
    }

    /// What went wrong.
    public let kind: Kind
    /// What happened, as a sentence.
    public let message: String
    /// What to do about it, as a sentence.
    public let hint: String

    /// The message and the hint.
    public var description: String { "\(message) \(hint)" }

    static func unsupported(_ method: PasswordMethod) -> PasswordHashError {
        PasswordHashError(
            kind: .unsupportedMethod,
            message: "The password method \(method) is invalid or over the limits.",
            hint: "Take the default, `.scrypt`, or raise `PasswordHashLimits`; scrypt's cost must be a power of two.")
    }

    static let emptySalt = PasswordHashError(
        kind: .emptySalt,
        message: "The salt's length is less than 1.",
        hint: "Without a salt, equal passwords have equal hashes. Take the default of 16.")

    static let saltTooLong = PasswordHashError(
        kind: .saltTooLong,
        message: "The salt's length is more than \(StoredPasswordHash.maximumSaltLength).",
        hint: "A longer salt is no better. Take the default of 16.")

    static let busy = PasswordHashError(
        kind: .busy,
        message: "Too many passwords are waiting to be hashed.",
        hint: "Answer 503 and let the client try again; limit how often one client may log in.")
}
