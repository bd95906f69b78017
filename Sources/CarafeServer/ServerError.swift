/// Why a server could not start.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is; more kinds may come.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// The kind's name.
        public let description: String

        /// Another program listens there.
        public static let addressInUse = Kind(description: "addressInUse")
        /// The system does not allow it.
        public static let permissionDenied = Kind(description: "permissionDenied")
        /// The address does not exist on this machine.
        public static let addressNotAvailable = Kind(description: "addressNotAvailable")
        /// The server has been started before.
        public static let alreadyStarted = Kind(description: "alreadyStarted")
        /// Any other failure of the system.
        public static let cannotListen = Kind(description: "cannotListen")
    }

    /// What kind of problem it is.
    public let kind: Kind
    /// What happened.
    public let message: String
    /// What to do about it.
    public let hint: String

    package init(kind: Kind, message: String, hint: String) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// The message and the hint.
    public var description: String { "\(message) \(hint)" }
}
