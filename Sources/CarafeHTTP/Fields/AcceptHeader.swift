/// What a client accepts, and how gladly: the fields of RFC 9110 §12.5.
///
/// ```swift
/// request.headers.accept.bestMatch(["text/html", "application/json"])
/// ```
public protocol AcceptHeader: Sendable {
    /// What the client names, the most specific first, then by quality, then in its own order.
    var items: [AcceptItem] { get }

    /// Whether the request has the field. Where it has not, the client accepts anything and prefers nothing: there
    /// is no match then, and the server is free.
    var isProvided: Bool { get }

    /// The item that decides about `value`: the most specific that covers it.
    func item(for value: String) -> AcceptItem?
}

/// One item of an ``AcceptHeader``.
public struct AcceptItem: Sendable, Hashable {
    /// What is accepted, such as `text/*`, `de-AT` or `gzip`.
    public let value: String

    /// How gladly, from 0 (not at all) to 1.
    public let quality: Double

    /// How narrow it is; comparable among items of one field only.
    let specificity: Int
}

extension AcceptHeader {
    /// How gladly the client takes `value`: 0 (not at all) to 1.
    public func quality(of value: String) -> Double {
        item(for: value)?.quality ?? 0
    }

    /// Whether the client takes `value` at all; `q=0` excludes it.
    public func accepts(_ value: String) -> Bool {
        quality(of: value) > 0
    }

    /// What the client would like best: the highest quality, then the most specific, then the first.
    public var best: String? {
        var best: AcceptItem?
        for item in items where item.quality > best?.quality ?? 0 { best = item }
        return best?.value
    }

    /// The one of `offers` that the client likes best: the highest quality, then the most specific item, then the
    /// first offer. Nil where it takes none, and where the request has no such field.
    public func bestMatch(_ offers: [String]) -> String? {
        best(of: offers)
    }

    /// The steps of ``bestMatch(_:)``, for types that go on where there is none.
    func best(of offers: [String]) -> String? {
        var best: (offer: String, item: AcceptItem)?
        for offer in offers {
            guard let item = item(for: offer), item.quality > 0 else { continue }
            guard let current = best?.item else {
                best = (offer, item)
                continue
            }
            if (item.quality, item.specificity) > (current.quality, current.specificity) { best = (offer, item) }
        }
        return best?.offer
    }
}

extension AcceptItem {
    /// The items of a field in the order of ``AcceptHeader/items``. One with a malformed quality falls away.
    static func parse(_ value: String, specificity: (String) -> Int) -> [AcceptItem] {
        var items: [AcceptItem] = []
        for text in HeaderValue.parseList(value) {
            var (name, parameters) = HeaderValue.parseOptions(text)
            guard !name.utf8.isEmpty else { continue }
            var quality = 1.0
            if let weight = parameters["q"] {
                guard let parsed = Self.quality(weight) else { continue }
                quality = parsed
                parameters["q"] = nil
            }
            let item = HeaderValue.dumpOptions(name, parameters)
            items.append(AcceptItem(value: item, quality: quality, specificity: specificity(item)))
        }
        return sorted(items)
    }

    /// The most specific first, then by quality, then as they were.
    private static func sorted(_ items: [AcceptItem]) -> [AcceptItem] {
        items.enumerated().sorted { one, other in
            (one.element.specificity, one.element.quality, other.offset)
                > (other.element.specificity, other.element.quality, one.offset)
        }.map(\.element)
    }

    /// A weight (RFC 9110 §12.4.2): 0 to 1; more than its three decimals are taken.
    private static func quality(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        let range = FieldSyntax.trimmed(bytes)
        let point = bytes[range].firstIndex(of: 0x2E)
        guard let whole = FieldSyntax.decimal(bytes[range.lowerBound..<(point ?? range.upperBound)]) else { return nil }
        var quality = Double(whole)
        if let point {
            let digits = bytes[(point + 1)..<range.upperBound]
            guard !digits.isEmpty, digits.allSatisfy(FieldSyntax.isDigit) else { return nil }
            var (numerator, denominator) = (0.0, 1.0)
            for digit in digits.prefix(15) {
                numerator = numerator * 10 + Double(digit &- 0x30)
                denominator *= 10
            }
            quality += numerator / denominator
        }
        return 0...1 ~= quality ? quality : nil
    }
}
