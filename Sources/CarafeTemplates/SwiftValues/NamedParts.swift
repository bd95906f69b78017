/// The names of the properties that values of a type have, in order. Known from the first value that was encoded; most types
/// have the same for all of their values.
final class PropertyNames: Sendable {
    let names: [String]
    /// The position of each name, where there are too many to look at one by one.
    private let positions: TemplateDictStorage?

    init(_ names: [String]) {
        self.names = names
        positions =
            names.count > 8
            ? TemplateDictStorage(named: names.enumerated().map { ($0.element, .int($0.offset)) }) : nil
    }

    @inline(__always)
    func position(of name: String) -> Int? {
        guard let positions else { return names.firstIndex { isSameText($0, name) } }
        guard case .int(let position)? = positions[name: name] else { return nil }
        return position
    }
}

/// What has been encoded under names, in order.
///
/// As long as the names are the expected ones, only the values are kept.
///
/// `@unchecked`: it changes only while its value is encoded, in the hands of one thread. That is also why its access is not
/// checked, which took a fifteenth of the time of a row.
final class NamedParts: @unchecked Sendable {
    private let expected: PropertyNames?
    /// The values of the first of the expected names.
    @exclusivity(unchecked) private var values: [TemplateValue] = []
    /// Names and values where they are not as expected.
    @exclusivity(unchecked) private var storage: TemplateDictStorage?
    /// What is not finished before all of the value is: what nested containers and encoders have taken.
    private var unfinished: [(name: String, part: ValueEncoder.Part)] = []
    /// What the value encoded itself as instead of names and values.
    let instead: TemplateValue?

    init(expecting names: PropertyNames?) {
        expected = names
        instead = nil
        if let names { values.reserveCapacity(names.names.count) } else { storage = TemplateDictStorage() }
    }

    init(instead value: TemplateValue) {
        expected = nil
        instead = value
    }

    @inline(__always)
    func take(_ value: TemplateValue, named name: String) {
        if storage == nil, let expected, values.count < expected.names.count,
            isSameText(expected.names[values.count], name)
        {
            values.append(value)
        } else {
            takeUnexpected(value, name)
        }
    }

    private func takeUnexpected(_ value: TemplateValue, _ name: String) {
        var storage = taken
        self.storage = nil
        storage[name: name] = value
        self.storage = storage
        unfinished.removeAll { isSameText($0.name, name) }
    }

    func take(_ part: ValueEncoder.Part, named name: String) {
        // Keeps the place.
        takeUnexpected(.none, name)
        unfinished.append((name, part))
    }

    /// Names and values so far.
    private var taken: TemplateDictStorage {
        if let storage { return storage }
        guard let expected else { return TemplateDictStorage() }
        return TemplateDictStorage(named: zip(expected.names, values))
    }

    var isFinished: Bool { unfinished.isEmpty }

    /// The value of the property `name`.
    @inline(__always)
    func value(named name: String) -> TemplateValue? {
        if let storage { return storage[name: name] }
        guard let position = expected?.position(of: name), position < values.count else { return nil }
        return values[position]
    }

    /// All of it as one value.
    var whole: TemplateValue {
        get throws {
            if let instead { return instead }
            var storage = taken
            for (name, part) in unfinished { storage[name: name] = try ValueEncoder.value(of: part) }
            return .dict(TemplateDict(storage))
        }
    }

    /// The names, for the next value of the type; nil if these were expected, or there are none.
    var newNames: PropertyNames? {
        guard expected == nil, let storage else { return nil }
        return PropertyNames(
            storage.entries.compactMap { entry in if case .string(let name) = entry.key { name } else { nil } })
    }
}
