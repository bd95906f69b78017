public import NIOCore

/// Writes `Encodable` values as JSON, straight into bytes and with no tree between.
///
/// ```swift
/// var body = ByteBuffer()
/// try JSONWriter().encode(post, into: &body)      // {"id":1,"title":"Hello"}
/// ```
///
/// A writer is a value: make it once, share it between threads.
///
/// What it writes:
/// - members in the order in which they were encoded, unless ``sortsKeys``;
/// - `Double` and `Float` in the shortest form that reads back as the same number, as Python does (`1.0`, `0.1`,
///   `1e+16`), so that a number keeps its kind; `NaN` and the infinities are errors;
/// - `UUID` in lower case (RFC 9562 §4, and Flask), `URL` as its absolute string, `Data` as base64 with padding;
/// - dictionaries with `String`, `Int` or `CodingKeyRepresentable` keys as objects, with other keys as arrays of
///   alternating keys and values, as `Codable` defines it;
/// - a nested value that encodes nothing as `{}`.
///
/// Containers may be used in any order, as `Encodable` permits. Writing to one after a sibling that was opened later
/// moves the bytes between, so a value that does so again and again for thousands of elements is slow but right.
/// Encoding a key twice in the same object writes it twice, unless ``sortsKeys``, which keeps the last.
public struct JSONWriter: Sendable {
    /// How `Decimal` values are written.
    public enum DecimalStyle: Sendable {
        /// As a number with all of its digits: `1.10` is `1.1`.
        case number
        /// As a string with all of its digits, as Flask does: it survives readers that know only doubles.
        case string
    }

    /// Whether the members of every object are sorted by key, in the order of Unicode code points.
    ///
    /// Flask's `JSON_SORT_KEYS`, there on by default. Off here: it costs a second pass over the bytes.
    public var sortsKeys: Bool

    /// How dates are written.
    public var dates: JSONDateStyle

    /// How `Decimal` values are written.
    public var decimals: DecimalStyle

    /// How the keys of structures are spelled. The keys of dictionaries are data and never change.
    public var keys: JSONKeyStyle

    /// Whether the text is laid out for people: a member a line, indented by two spaces, as Flask does in debug.
    public var isIndented: Bool

    /// Whether everything beyond ASCII is written as `\uXXXX`, Python's `ensure_ascii`.
    public var escapesNonASCII: Bool

    /// Whether `<`, `>`, `&`, `'`, U+2028 and U+2029 are written as `\uXXXX`, so that the text can stand inside a
    /// `<script>` or a single-quoted attribute, as Jinja's `tojson` does.
    public var escapesHTML: Bool

    /// How deep arrays and objects may nest. More is a ``JSONEncodingError`` of kind `tooDeep`, which is also what a
    /// value that contains itself becomes.
    public var nestingLimit: Int

    /// A writer with the given options.
    public init(
        sortsKeys: Bool = false,
        dates: JSONDateStyle = .iso8601,
        decimals: DecimalStyle = .number,
        keys: JSONKeyStyle = .asDeclared,
        isIndented: Bool = false,
        escapesNonASCII: Bool = false,
        escapesHTML: Bool = false,
        nestingLimit: Int = 128
    ) {
        self.sortsKeys = sortsKeys
        self.dates = dates
        self.decimals = decimals
        self.keys = keys
        self.isIndented = isIndented
        self.escapesNonASCII = escapesNonASCII
        self.escapesHTML = escapesHTML
        self.nestingLimit = nestingLimit
    }

    /// What Flask's `jsonify` writes: sorted keys, ASCII alone, HTTP dates, decimals as strings.
    public static let flask = JSONWriter(sortsKeys: true, dates: .http, decimals: .string, escapesNonASCII: true)

    /// Appends `value` to `buffer`.
    ///
    /// - Throws: ``JSONEncodingError`` for what JSON cannot say, or what the value's own `encode(to:)` throws. The
    ///   buffer is then as it was.
    public func encode<T: Encodable>(_ value: T, into buffer: inout ByteBuffer) throws {
        let output = JSONOutput(self)
        try output.encode(value)
        if sortsKeys || isIndented {
            buffer.writeBytes(try JSONLayout(sortsKeys: sortsKeys, isIndented: isIndented).rewrite(output.bytes))
        } else {
            buffer.writeBytes(output.bytes)
        }
    }

    /// `value` as a string of JSON.
    ///
    /// - Throws: as ``encode(_:into:)``.
    public func string<T: Encodable>(from value: T) throws -> String {
        var buffer = ByteBuffer()
        try encode(value, into: &buffer)
        return String(buffer: buffer)
    }
}

/// How dates stand in JSON.
public enum JSONDateStyle: Sendable {
    /// RFC 3339 in UTC: `2024-01-02T03:04:05Z`, with three or six digits of a second only where there are any.
    /// Read with or without a fraction, and with any offset.
    case iso8601
    /// The date of HTTP, in whole seconds, as Flask writes it: `Tue, 02 Jan 2024 03:04:05 GMT`.
    case http
    /// Seconds since 1970-01-01T00:00:00Z as a number, whole where it is.
    case secondsSince1970
}

/// How the keys of structures are spelled in JSON.
public enum JSONKeyStyle: Sendable {
    /// As the type declares them.
    case asDeclared
    /// `createdAt` is `created_at`, and `avatarURL` is `avatar_url`, both ways.
    case snakeCase
}
