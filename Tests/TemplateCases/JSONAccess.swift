package import CarafeTemplates

/// Members of a JSON text that was read as a value.
extension TemplateValue {
    /// The member `name` of an object, or nil.
    package func member(_ name: String) -> TemplateValue? {
        guard case .dict(let dict) = self else { return nil }
        return dict.entries.first { $0.key.string == name }?.value
    }

    /// The members of an object in their order; none of another value.
    package var members: [(name: String, value: TemplateValue)] {
        guard case .dict(let dict) = self else { return [] }
        return dict.entries.compactMap { entry in entry.key.string.map { ($0, entry.value) } }
    }

    /// The values of an array; none of another value.
    package var array: [TemplateValue] {
        if case .list(let list) = self { list.elements } else { [] }
    }

    /// A string, or nil.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number, or nil.
    package var integer: Int? {
        if case .int(let number) = self { number } else { nil }
    }

    /// Whether it is `true`.
    package var isTrueLiteral: Bool {
        if case .bool(true) = self { true } else { false }
    }
}
