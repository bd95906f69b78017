/// A validator that changes whenever the representation does (RFC 9110 §8.8.3).
///
/// ```swift
/// EntityTag("v1")?.description             // "\"v1\""
/// EntityTag(parsing: "W/\"v1\"")?.isWeak   // true
/// ```
public struct EntityTag: Sendable, Hashable {
    /// What stands between the quotes.
    public let value: String

    /// Whether representations with this tag may differ in their bytes (`W/"…"`).
    public let isWeak: Bool

    /// A tag; nil where `value` contains a quote or a control character, which none can carry.
    public init?(_ value: String, isWeak: Bool = false) {
        guard Self.isValid(value.utf8) else { return nil }
        self.value = value
        self.isWeak = isWeak
    }

    /// The tag that a field such as `ETag` holds; one without quotes is taken as Werkzeug takes it.
    public init?(parsing value: String) {
        let bytes = Array(value.utf8)
        var range = FieldSyntax.trimmed(bytes)
        var isWeak = false
        if range.count >= 2, FieldSyntax.lowercased(bytes[range.lowerBound]) == 0x77,
            bytes[range.lowerBound + 1] == 0x2F
        {
            isWeak = true
            range = range.lowerBound + 2..<range.upperBound
        }
        if range.count >= 2, bytes[range.lowerBound] == 0x22, bytes[range.upperBound - 1] == 0x22 {
            range = range.lowerBound + 1..<range.upperBound - 1
        } else if range.isEmpty {
            return nil
        }
        guard Self.isValid(bytes[range]) else { return nil }
        self.init(checked: bytes[range], isWeak: isWeak)
    }

    /// A strong tag made from the content itself (Werkzeug's `generate_etag`): its XXH64 hash and its length.
    ///
    /// The hash is fast, not cryptographic: it tells versions of a resource apart, and whoever writes a resource
    /// can make two versions that it does not tell apart. Where that matters, set a tag of your own.
    public init(hashing content: some Collection<UInt8>) {
        let hash = XXH64.hash(content)
        value = String(hash, radix: 16) + "-" + String(content.count, radix: 16)
        isWeak = false
    }

    /// A tag of bytes that a parser has checked.
    init(checked bytes: some Collection<UInt8>, isWeak: Bool) {
        value = FieldSyntax.string(bytes)
        self.isWeak = isWeak
    }

    /// Whether both are strong and the same (RFC 9110 §8.8.3.2), as `If-Match`, `If-Range` and ranges need.
    public func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && FieldSyntax.same(value, other.value)
    }

    /// Whether both are the same but for weakness, as `If-None-Match` needs.
    public func matchesWeakly(_ other: EntityTag) -> Bool {
        FieldSyntax.same(value, other.value)
    }

    static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x7F }
    }
}

extension EntityTag: CustomStringConvertible {
    /// The tag as a field carries it: `"v1"` or `W/"v1"`.
    public var description: String { (isWeak ? "W/\"" : "\"") + value + "\"" }
}
