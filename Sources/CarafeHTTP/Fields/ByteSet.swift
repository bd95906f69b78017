/// A set of ASCII bytes, asked in two instructions; no byte above 0x7F is ever a member.
public struct ByteSet: Sendable, Hashable {
    private let low: UInt64
    private let high: UInt64

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The ASCII bytes of `text`; others are passed over.
    public init(_ text: String) {
        var (low, high): (UInt64, UInt64) = (0, 0)
        for byte in text.utf8 where byte < 0x80 {
            if byte < 64 { low |= 1 &<< UInt64(byte) } else { high |= 1 &<< UInt64(byte &- 64) }
        }
        self.init(low: low, high: high)
    }

    /// Whether `byte` is a member.
    @inline(__always)
    public func contains(_ byte: UInt8) -> Bool {
        byte < 0x80 && (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
    }

    /// The members of both.
    public func union(_ other: ByteSet) -> ByteSet {
        ByteSet(low: low | other.low, high: high | other.high)
    }
}

extension ByteSet {
    static let alphanumerics = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// The characters of a token (RFC 9110 §5.6.2): names of fields, cookies and parameters, schemes, methods.
    public static let token = alphanumerics.union(ByteSet("!#$%&'*+-.^_`|~"))

    /// Letters, digits and `-._~`, which need no encoding anywhere in a URI (RFC 3986 §2.3).
    public static let unreserved = alphanumerics.union(ByteSet("-._~"))

    /// What may stand in one segment of a path; a slash may not.
    public static let pathSegment = unreserved.union(ByteSet("!$&'()*+,:;=@"))

    /// What may stand in a path, slashes included.
    public static let path = pathSegment.union(ByteSet("/"))

    /// What may stand in a whole query; `&`, `=` and `+` keep their meaning.
    public static let query = path.union(ByteSet("?"))

    /// What may stand in the name or the value of a query item, where `&`, `=` and `+` are data.
    public static let queryComponent = unreserved.union(ByteSet("!$'()*,/:;?@"))

    /// What may stand in a fragment.
    public static let fragment = query.union(ByteSet("#"))

    /// The `attr-char` of RFC 8187, for extended parameters such as `filename*`.
    public static let extendedParameter = alphanumerics.union(ByteSet("!#$&+-.^_`|~"))
}
