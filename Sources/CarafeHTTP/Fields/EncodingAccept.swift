/// The content codings that a client accepts (`Accept-Encoding`, RFC 9110 §12.5.3).
///
/// ```swift
/// EncodingAccept(parsing: "gzip, br;q=0.9").bestMatch(["br", "gzip", "identity"])   // "gzip"
/// ```
///
/// `identity`, no coding, is acceptable unless it is excluded by name or by `*;q=0`; where it is not named, it is
/// liked less than anything that is.
public struct EncodingAccept: AcceptHeader {
    /// What the client names, the most specific first, then by quality, then in its own order.
    public let items: [AcceptItem]

    /// Whether the request has the field.
    public let isProvided: Bool

    /// The field's value, or nil where the request has none.
    public init(parsing value: String?) {
        isProvided = value != nil
        items = AcceptItem.parse(value ?? "") { FieldSyntax.same($0, "*") ? 0 : 1 }
    }

    /// The item that decides about `value`: the most specific that covers it.
    public func item(for value: String) -> AcceptItem? {
        let coding = Self.canonical(value)
        let item = items.first { FieldSyntax.same($0.value, "*") || FieldSyntax.same(Self.canonical($0.value), coding) }
        if item == nil, isProvided, FieldSyntax.same(coding, "identity") {
            return AcceptItem(value: value, quality: 0.001, specificity: 0)
        }
        return item
    }

    /// Lower case; `x-gzip` and `x-compress` are old names (RFC 9110 §8.4.1).
    private static func canonical(_ coding: String) -> String {
        let lowercased = FieldSyntax.lowercased(coding.utf8)
        return switch lowercased {
        case "x-gzip": "gzip"
        case "x-compress": "compress"
        default: lowercased
        }
    }
}
