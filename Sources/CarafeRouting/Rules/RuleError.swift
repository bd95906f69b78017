/// Why a rule cannot be used. It is the programmer's to mend, before the first request.
public struct RuleError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong. More kinds may come, so a `switch` over it needs a `default`.
    public struct Kind: Sendable, Hashable, RawRepresentable {
        /// The name of the kind.
        public let rawValue: String
        /// A kind by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The rule's text does not follow the syntax.
        public static let malformed = Kind(rawValue: "malformed")
        /// A converter that is not registered.
        public static let unknownConverter = Kind(rawValue: "unknownConverter")
        /// Arguments that the converter does not take, or that cannot be read.
        public static let badArguments = Kind(rawValue: "badArguments")
        /// A variable that occurs twice.
        public static let duplicateVariable = Kind(rawValue: "duplicateVariable")
        /// A variable in `redirectTo` that the rule does not have.
        public static let unknownVariable = Kind(rawValue: "unknownVariable")
        /// A default that the variable's converter cannot write.
        public static let badDefault = Kind(rawValue: "badDefault")
        /// A method that is no token, that a WebSocket rule may not have, or that is one too many.
        public static let badMethod = Kind(rawValue: "badMethod")
        /// An alias whose endpoint has no other rule with the same arguments.
        public static let aliasWithoutRule = Kind(rawValue: "aliasWithoutRule")
    }

    /// What is wrong.
    public let kind: Kind
    /// The rule as it was written.
    public let rule: String
    /// What happened.
    public let message: String
    /// What to do.
    public let hint: String

    /// The message and what to do.
    public var description: String { hint.isEmpty ? message : "\(message) \(hint)" }

    init(_ kind: Kind, rule: String, _ message: String, hint: String) {
        self.kind = kind
        self.rule = rule
        self.message = message
        self.hint = hint
    }
}
