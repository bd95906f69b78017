/// The charsets that a client accepts (`Accept-Charset`, RFC 9110 §12.5.2). Browsers no longer send it.
public struct CharsetAccept: AcceptHeader {
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
        let charset = Self.canonical(value)
        return items.first { FieldSyntax.same($0.value, "*") || FieldSyntax.same(Self.canonical($0.value), charset) }
    }

    /// Lower case, and one name for each charset that has several.
    private static func canonical(_ name: String) -> String {
        let lowercased = String(
            decoding: name.utf8.map { $0 == 0x5F ? 0x2D : FieldSyntax.lowercased($0) }, as: UTF8.self)
        return switch lowercased {
        case "utf8": "utf-8"
        case "latin1", "latin-1", "l1", "iso8859-1": "iso-8859-1"
        case "ascii": "us-ascii"
        default: lowercased
        }
    }
}
