/// How a serializer writes its JSON; reading takes every spelling.
public struct JSONFormat: Hashable, Sendable {
    /// Whether everything but ASCII is written as `\u` escapes: Python's `ensure_ascii`.
    public var escapesNonASCII: Bool
    /// Whether an object's members are written in the order of their keys' code points: Python's `sort_keys`.
    public var sortsKeys: Bool
    /// Whether values that JSON does not have are written, and read, with Flask's session tags.
    public var usesTags: Bool

    /// A format.
    public init(escapesNonASCII: Bool, sortsKeys: Bool, usesTags: Bool) {
        self.escapesNonASCII = escapesNonASCII
        self.sortsKeys = sortsKeys
        self.usesTags = usesTags
    }

    /// What ItsDangerous' URL-safe serializers write: text as it is, members in their own order.
    public static let itsDangerous = JSONFormat(escapesNonASCII: false, sortsKeys: false, usesTags: false)

    /// What Flask writes into its session cookie during a request.
    public static let flaskSession = JSONFormat(escapesNonASCII: true, sortsKeys: true, usesTags: true)

    /// How deeply arrays and objects may nest, in what is read and in what is written.
    static let maximumDepth = 128
    /// How many digits an integer may have: the limit of Python's own `int`.
    static let maximumIntegerDigits = 4300
}
