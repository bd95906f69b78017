/// JSON that a client sent and that is not what was asked for. It becomes a 400.
///
/// ``message`` is made for the client: it names the place in the client's own text and what was expected there, never
/// a type or a file of the program. It may quote keys that the client sent: escape it where it becomes HTML.
///
/// ```
/// posts[2].title: expected a string, found a number
/// line 3, column 7: expected ',' or '}', found '"'
/// ```
public struct JSONDecodingError: Error, Sendable, CustomStringConvertible {
    /// What is wrong. Open: more may come.
    public struct Kind: Hashable, Sendable {
        private let name: String

        /// Not JSON: a syntax error, invalid UTF-8, no text at all.
        public static let malformed = Kind(name: "malformed")
        /// A member that must be there is not.
        public static let missing = Kind(name: "missing")
        /// A value of another type than the one asked for, `null` included.
        public static let wrongType = Kind(name: "wrongType")
        /// A value of the right type that is not accepted: a number out of range, a date that is none.
        public static let invalidValue = Kind(name: "invalidValue")
        /// Arrays and objects nested deeper than the limit.
        public static let tooDeep = Kind(name: "tooDeep")
        /// More bytes than the limit.
        public static let tooLarge = Kind(name: "tooLarge")
    }

    /// A place in the text.
    public struct Location: Hashable, Sendable {
        /// Counted from 1.
        public var line: Int
        /// Counted from 1, in Unicode scalars.
        public var column: Int
    }

    /// What is wrong.
    public var kind: Kind

    /// Where, from the root, as JavaScript would write it: `posts[2].title`, with keys that are no plain names as
    /// `["two words"]`. Empty at the root, and where the text could not be read at all.
    public var path: String

    /// Where in the text; nil where that is not known. A missing member is located at the object that lacks it.
    public var location: Location?

    /// What is wrong and where, for the person who sent it.
    public var message: String

    /// What a type's own `init(from:)` threw, where that was no `DecodingError`. For the log, not for the client.
    public var underlying: (any Error)?

    init(
        _ kind: Kind,
        path: JSONPath = JSONPath(),
        reason: String,
        location: Location? = nil,
        underlying: (any Error)? = nil
    ) {
        self.kind = kind
        self.path = path.description
        self.location = location
        self.underlying = underlying
        if !path.isRoot {
            message = "\(path): \(reason)"
        } else if let location, kind == .malformed || kind == .tooDeep {
            message = "line \(location.line), column \(location.column): \(reason)"
        } else {
            message = reason
        }
    }

    /// The message.
    public var description: String { message }
}
