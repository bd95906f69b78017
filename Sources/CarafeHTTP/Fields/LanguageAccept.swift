/// The languages that a client accepts (`Accept-Language`, RFC 9110 §12.5.4).
///
/// ```swift
/// LanguageAccept(parsing: "de-AT, en;q=0.5").bestMatch(["en", "de"])   // "de"
/// ```
public struct LanguageAccept: AcceptHeader {
    /// What the client names, the most specific first, then by quality, then in its own order.
    public let items: [AcceptItem]

    /// Whether the request has the field.
    public let isProvided: Bool

    /// The field's value, or nil where the request has none.
    public init(parsing value: String?) {
        isProvided = value != nil
        items = AcceptItem.parse(value ?? "") { FieldSyntax.same($0, "*") ? 0 : 1 }
    }

    private init(_ items: [AcceptItem]) {
        isProvided = true
        self.items = items
    }

    /// The item that decides about `value`: the most specific that covers it.
    public func item(for value: String) -> AcceptItem? {
        let tag = Self.normalized(value)
        return items.first { FieldSyntax.same($0.value, "*") || FieldSyntax.same(Self.normalized($0.value), tag) }
    }

    /// The one of `offers` that the client likes best. Where none matches exactly, its wishes are cut to their first
    /// subtags (`de-AT` then takes `de`), and where still none matches, the offers are (`de` then takes `de-AT`), as
    /// Werkzeug does.
    public func bestMatch(_ offers: [String]) -> String? {
        if let exact = best(of: offers) { return exact }
        let primary = LanguageAccept(
            items.map {
                AcceptItem(value: Self.primary($0.value), quality: $0.quality, specificity: $0.specificity)
            })
        if let shortened = primary.best(of: offers) { return shortened }
        guard let language = best(of: offers.map(Self.primary)) else { return nil }
        return offers.first { FieldSyntax.sameIgnoringCase(Self.primary($0), language) }
    }

    /// Lower case, with hyphens for underscores.
    private static func normalized(_ tag: String) -> String {
        String(decoding: tag.utf8.map { $0 == 0x5F ? 0x2D : FieldSyntax.lowercased($0) }, as: UTF8.self)
    }

    /// The first subtag.
    private static func primary(_ tag: String) -> String {
        FieldSyntax.string(tag.utf8.prefix { $0 != 0x2D && $0 != 0x5F })
    }
}
