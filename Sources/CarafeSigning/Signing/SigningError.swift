public import FoundationEssentials

/// Why a signed value was refused, or could not be made.
///
/// ItsDangerous raises a family of exceptions; here ``kind`` tells them apart. The message never repeats what the
/// client sent.
public struct SigningError: Error, Sendable {
    /// What went wrong. More kinds may come, so a `switch` over them needs a `default`.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// The kind's name, as `badSignature`.
        public let description: String

        /// The signature is missing, or no key makes it: `BadSignature`.
        public static let badSignature = Kind(description: "badSignature")
        /// The signature is right, but the time of signing is missing or malformed: `BadTimeSignature`.
        public static let badTimestamp = Kind(description: "badTimestamp")
        /// The signature is right, but too old, or from the future: `SignatureExpired`.
        public static let expired = Kind(description: "expired")
        /// The signature is right, but what it covers cannot be read: `BadPayload`.
        public static let badPayload = Kind(description: "badPayload")
        /// The content is larger than the serializer's limit, which counts uncompressed bytes.
        public static let payloadTooLarge = Kind(description: "payloadTooLarge")
        /// The value cannot be written in the serializer's format.
        public static let unserializable = Kind(description: "unserializable")
        /// A secret key is empty.
        public static let emptySecretKey = Kind(description: "emptySecretKey")
        /// The separator could be part of a signature.
        public static let badSeparator = Kind(description: "badSeparator")
    }

    /// What went wrong.
    public let kind: Kind
    /// What happened, as a sentence.
    public let message: String
    /// What to do about it, as a sentence.
    public let hint: String
    /// When the value was signed; known only where the signature was right.
    public let dateSigned: Date?

    init(_ kind: Kind, message: String, hint: String, dateSigned: Date? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.dateSigned = dateSigned
    }

    static func badSignature(_ message: String) -> SigningError {
        SigningError(
            .badSignature,
            message: message,
            hint: "It was changed, or signed with another secret key or salt, or cut short. Treat it as not sent."
        )
    }

    static func badPayload(_ message: String) -> SigningError {
        SigningError(
            .badPayload,
            message: message,
            hint: "The signature is right, so whoever signed it writes another format. Check both sides' serializers."
        )
    }

    static func unserializable(_ message: String) -> SigningError {
        SigningError(.unserializable, message: message, hint: "Store a value that the serializer's format has.")
    }
}

extension SigningError: CustomStringConvertible {
    /// The message and the hint.
    public var description: String { "\(message) \(hint)" }
}
