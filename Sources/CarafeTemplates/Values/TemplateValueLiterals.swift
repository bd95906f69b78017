extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
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
