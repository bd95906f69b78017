/// How much a form may ask of the server; one more than a limit and parsing throws a ``FormError`` whose kind is
/// ``FormError/Kind-swift.struct/tooLarge`` (413).
///
/// ```swift
/// var limits = FormLimits()
/// limits.files = 10
/// ```
///
/// The size of the whole body is not among them: ``RequestBody`` has its own limit.
public struct FormLimits: Sendable, Hashable {
    /// The bytes of all fields that are not files, names and values together: 500,000, Werkzeug's
    /// `max_form_memory_size`, which bounds each field alone. For `application/x-www-form-urlencoded` it is the
    /// length of the body as sent.
    public var fieldBytes = 500_000

    /// The number of parts, fields and files together: 1,000, Werkzeug's `max_form_parts`. The pairs of
    /// `application/x-www-form-urlencoded` are counted alike.
    public var parts = 1_000

    /// The number of parts that are files: 100.
    public var files = 100

    /// The number of header fields of one part: 8. Browsers send two.
    public var partHeaderFields = 8

    /// The bytes of one part's header fields, line ends included: 4,096.
    public var partHeaderBytes = 4_096

    /// The bytes before the first delimiter, which are ignored (RFC 2046 §5.1.1): 4,096.
    public var preambleBytes = 4_096

    /// The bytes after the last delimiter, which are ignored (RFC 2046 §5.1.1): 4,096.
    public var epilogueBytes = 4_096

    /// The bytes of uploaded files that a form keeps in memory, all its files together: 524,288. A file that would
    /// pass it goes to a temporary file; nothing is refused.
    public var spoolThreshold = 512 * 1024

    /// The defaults.
    public init() {}
}
