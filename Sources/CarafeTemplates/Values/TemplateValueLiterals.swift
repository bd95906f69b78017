extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Text, which is not HTML.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A float.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// `True` or `False`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A list.
    public init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }

    /// A dictionary in the order of the literal; a key that is there twice has its last value.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self = .dict(TemplateDict(TemplateDictStorage(named: elements)))
    }
}

extension TemplateValue {
    /// A list of `elements`.
    public static func list(_ elements: [TemplateValue]) -> TemplateValue { .list(TemplateList(elements)) }

    /// A tuple of `elements`.
    public static func tuple(_ elements: [TemplateValue]) -> TemplateValue { .tuple(TemplateTuple(elements)) }

    /// A dictionary of `entries`, ordered by key, for Swift's dictionaries have no order.
    public static func dict(_ entries: [String: TemplateValue]) -> TemplateValue { .dict(TemplateDict(entries)) }
}
