// Collections of the standard library. Numbers and text in them are converted at once, which costs as much as a look at them;
// all else when a template reaches it.

/// A collection that goes into templates as its parts do.
protocol ConvertsByParts: Encodable {
    /// How collections of this type are converted.
    static func makeConversion() -> ValueConversion
}

extension Optional: ConvertsByParts where Wrapped: Encodable {
    static func makeConversion() -> ValueConversion {
        ByParts<Self> { value in
            switch value {
            case .none: .none
            case .some(let value): try ValueConversions.value(of: value)
            }
        }
    }
}

extension Array: ConvertsByParts where Element: Encodable {
    static func makeConversion() -> ValueConversion { ByParts<Self> { try TemplateValue.list(of: $0) } }
}

extension ArraySlice: ConvertsByParts where Element: Encodable {
    static func makeConversion() -> ValueConversion { ByParts<Self> { try TemplateValue.list(of: Array($0)) } }
}

/// The standard library lets arrays be encoded, but not `posts.prefix(5)`.
extension ArraySlice: @retroactive Encodable where Element: Encodable {
    /// Encodes it as text.
    public func encode(to encoder: any Encoder) throws { try Array(self).encode(to: encoder) }
}

extension ContiguousArray: ConvertsByParts where Element: Encodable {
    static func makeConversion() -> ValueConversion { ByParts<Self> { try TemplateValue.list(of: Array($0)) } }
}

extension Set: ConvertsByParts where Element: Encodable {
    /// A list; sorted where the elements have an order, as a set has none that would be the same in each run.
    static func makeConversion() -> ValueConversion {
        ByParts<Self> { set in
            .list(TemplateList(try set.map { try ValueConversions.value(of: $0) }.sortedIfComparable { $0 }))
        }
    }
}

extension Dictionary: ConvertsByParts where Key: Encodable, Value: Encodable {
    /// A dictionary; sorted by keys where these have an order.
    static func makeConversion() -> ValueConversion {
        ByParts<Self> { dictionary in
            let entries = try dictionary.map { key, value in
                (key: try ValueConversions.value(of: key), value: try ValueConversions.value(of: value))
            }
            return try .dict(entries: entries.sortedIfComparable { $0.key })
        }
    }
}

// The public conformances, where every part says itself what it is. They give what the above give.

extension Optional: TemplateValueConvertible where Wrapped: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { get throws { try ValueConversions.value(of: self) } }
}
extension Array: TemplateValueConvertible where Element: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { get throws { try ValueConversions.value(of: self) } }
}
extension ArraySlice: TemplateValueConvertible where Element: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { get throws { try ValueConversions.value(of: self) } }
}
extension ContiguousArray: TemplateValueConvertible where Element: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { get throws { try ValueConversions.value(of: self) } }
}
extension Set: TemplateValueConvertible where Element: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { get throws { try ValueConversions.value(of: self) } }
}
extension Dictionary: TemplateValueConvertible
where Key: TemplateValueConvertible, Value: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { get throws { try ValueConversions.value(of: self) } }
}

extension Array {
    /// Sorted by keys that are all numbers or all text; else as it is.
    fileprivate func sortedIfComparable(_ key: (Element) -> TemplateValue) -> [Element] {
        let keys = map(key)
        guard let first = keys.first else { return self }
        let isText = if case .string = first { true } else { false }
        for key in keys {
            switch key {
            case .string where isText: continue
            case .int where !isText, .bigInt where !isText, .double where !isText, .bool where !isText: continue
            default: return self
            }
        }
        let isLess: (Int, Int) -> Bool = { (try? keys[$0].isLess(than: keys[$1])) ?? false }
        return indices.sorted(by: isLess).map { self[$0] }
    }
}
