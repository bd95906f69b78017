/// A value that JSON cannot say, or that was not encoded as `Encodable` asks.
///
/// It is a mistake of the program and not of the client, so it becomes a 500.
public struct JSONEncodingError: Error, Sendable, CustomStringConvertible {
    /// What kind of mistake it is. Open: more may come.
    public struct Kind: Hashable, Sendable {
        private let name: String

        /// A value that has no form in JSON: `NaN`, an infinity, a date beyond the year 9999.
        public static let invalidValue = Kind(name: "invalidValue")
        /// Arrays and objects nested deeper than ``JSONWriter/nestingLimit``.
        public static let tooDeep = Kind(name: "tooDeep")
        /// An `encode(to:)` that breaks the contract: nothing encoded, two containers of different kinds for one value,
        /// a container used after its value was finished.
        public static let misuse = Kind(name: "misuse")
    }

    /// What kind of mistake it is.
    public var kind: Kind

    /// Where, from the root: `posts[2].title`; empty at the root. See ``JSONDecodingError/path``.
    public var path: String

    /// What happened, with the path before it.
    public var message: String

    init(_ kind: Kind, path: JSONPath, _ reason: String) {
        self.kind = kind
        self.path = path.description
        self.message = path.isRoot ? reason : "\(path): \(reason)"
    }

    /// The message.
    public var description: String { message }
}
