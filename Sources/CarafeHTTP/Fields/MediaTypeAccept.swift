/// The media types that a client accepts (`Accept`, RFC 9110 §12.5.1).
///
/// ```swift
/// let accept = MediaTypeAccept(parsing: "text/html, application/*;q=0.8")
/// accept.quality(of: "application/json")   // 0.8
/// ```
///
/// A range covers a type that has all of its parameters and perhaps more: `text/html` covers
/// `text/html; charset=utf-8`.
public struct MediaTypeAccept: AcceptHeader {
    /// What the client names, the most specific first, then by quality, then in its own order.
    public let items: [AcceptItem]

    /// Whether the request has the field.
    public let isProvided: Bool

    /// The items' ranges, one for each; nil where one is malformed and so covers nothing.
    private let ranges: [MediaType?]

    /// The field's value, or nil where the request has none.
    public init(parsing value: String?) {
        isProvided = value != nil
        items = AcceptItem.parse(value ?? "") { Self.specificity(MediaType(parsing: $0)) }
        ranges = items.map { MediaType(parsing: $0.value) }
    }

    /// The item that decides about `value`: the most specific that covers it.
    public func item(for value: String) -> AcceptItem? {
        guard let type = MediaType(parsing: value) else { return nil }
        for (item, range) in zip(items, ranges) {
            if let range, Self.covers(range, type) { return item }
        }
        return nil
    }

    /// Whether the client takes HTML, or XHTML, or XML.
    public var acceptsHTML: Bool {
        accepts("text/html") || accepts("application/xhtml+xml") || accepts("application/xml")
    }

    /// Whether the client takes JSON.
    public var acceptsJSON: Bool { accepts("application/json") }

    /// `*/*`, then `type/*`, then whole types by the number of their parameters.
    private static func specificity(_ range: MediaType?) -> Int {
        guard let range else { return 0 }
        return (range.type == "*" ? 0 : 2000) + (range.subtype == "*" ? 0 : 1000) + range.parameters.count
    }

    private static func covers(_ range: MediaType, _ type: MediaType) -> Bool {
        if range.type == "*" { return range.subtype == "*" }
        guard range.type == type.type else { return false }
        if range.subtype == "*" { return true }
        return range.subtype == type.subtype
            && range.parameters.allSatisfy { name, value in
                type.parameters[name].map { FieldSyntax.sameIgnoringCase($0, value) } ?? false
            }
    }
}
