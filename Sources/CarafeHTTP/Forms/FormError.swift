/// A form that cannot be parsed.
public struct FormError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with a form. More kinds may come; compare with the ones you know.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// The kind's name.
        public let description: String

        /// The bytes are not a form as RFC 7578 and RFC 2046 define it.
        public static let malformed = Kind(description: "malformed")

        /// The form asks for more than ``FormLimits`` allow.
        public static let tooLarge = Kind(description: "tooLarge")

        /// Parts were asked of a form that has none, because it is not `multipart/form-data`.
        public static let notMultipart = Kind(description: "notMultipart")

        /// A part was read after the one that follows it had been asked for.
        public static let partPassed = Kind(description: "partPassed")
    }

    /// What is wrong.
    public let kind: Kind

    /// What happened. It never quotes what the client sent.
    public let message: String

    /// What to do about it.
    public let hint: String

    /// The status to answer with: 400, 413 or 415, and 500 where the application itself is at fault.
    public var status: Int {
        switch kind {
        case .tooLarge: 413
        case .notMultipart: 415
        case .partPassed: 500
        default: 400
        }
    }

    /// The message and the hint.
    public var description: String { "\(message) \(hint)" }

    static func malformed(_ message: String, hint: String) -> FormError {
        FormError(kind: .malformed, message: message, hint: hint)
    }

    static func tooLarge(_ message: String, limit: String) -> FormError {
        FormError(kind: .tooLarge, message: message, hint: "FormLimits.\(limit) sets the limit.")
    }
}
