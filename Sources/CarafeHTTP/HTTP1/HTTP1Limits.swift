/// How much of a request's framing is read before it is refused.
///
/// The content's own size is the server's to limit; see `RequestBody`.
public struct HTTP1Limits: Sendable, Equatable {
    /// The longest request target, in bytes; more gets 414. RFC 9112 §3 recommends at least 8000 for the whole line.
    public var target = 8192
    /// The longest field line, in bytes without its line break; more gets 431.
    public var field = 8192
    /// The longest header section, in bytes with its line breaks; more gets 431.
    public var section = 32768
    /// The most field lines in a header section; more gets 431.
    public var fields = 100
    /// The longest chunk-size line, in bytes without its line break; more gets 400.
    public var chunkLine = 256
    /// The most bytes of chunk extensions in one request; more gets 400.
    public var chunkExtensions = 4096
    /// The longest trailer section, in bytes with its line breaks; more gets 400.
    public var trailerSection = 8192
    /// The most field lines in a trailer section; more gets 400.
    public var trailers = 20

    /// The defaults.
    public init() {}

    /// The empty lines that are skipped in front of a request line (RFC 9112 §2.2 asks for at least one).
    static let emptyLines = 4
    /// The longest method, in bytes; the longest one that is registered has 17.
    static let method = 32
}
