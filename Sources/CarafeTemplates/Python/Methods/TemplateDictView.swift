/// What `keys`, `values` and `items` of a dictionary give: a view that shows the dictionary as it is when it is looked at.
final class TemplateDictView: TemplateObject {
    enum Part {
        case keys, values, items
    }

    let dict: TemplateDict
    let part: Part

    init(_ dict: TemplateDict, _ part: Part) {
        self.dict = dict
        self.part = part
    }

    deinit { DeferredRelease.release([.dict(dict)]) }

    /// The values that are seen.
    var elements: [TemplateValue] {
        switch part {
        case .keys: dict.storage.entries.map(\.key)
        case .values: dict.storage.entries.map(\.value)
        case .items: dict.storage.entries.map { .tuple([$0.key, $0.value]) }
        }
    }

    var typeName: String {
        switch part {
        case .keys: "dict_keys"
        case .values: "dict_values"
        case .items: "dict_items"
        }
    }

    var length: Int? { dict.storage.count }

    func makeIterator() -> TemplateIterator? { DictViewIterator(dict, part) }

    /// The dictionary itself, as `mapping`.
    func attribute(_ name: String) -> TemplateValue? {
        name == "mapping" ? .dict(dict) : nil
    }

    var representation: String {
        get throws { "\(typeName)(\(try TemplateValue.list(TemplateList(elements)).representation))" }
    }

    func contains(_ element: TemplateValue) throws -> Bool? {
        switch part {
        case .values: return nil
        case .keys: return try dict.storage[element.key()] != nil
        case .items:
            guard case .tuple(let pair) = element, pair.count == 2, let key = try? pair[0].key() else { return false }
            guard let value = dict.storage[key] else { return false }
            if value.isIdentical(to: pair[1]) { return true }
            return try value.isEqual(to: pair[1])
        }
    }

    /// Views of keys and of items are equal as sets are.
    func isEqual(to other: TemplateValue) -> Bool {
        guard case .object(let object) = other, let other = object as? TemplateDictView else { return false }
        if self === other { return true }
        guard part != .values, other.part != .values, dict.storage.count == other.dict.storage.count else {
            return false
        }
        return elements.allSatisfy { (try? other.contains($0)) ?? false }
    }

    func hash(into hasher: inout Hasher) -> Bool {
        guard part == .values else { return false }
        hasher.combine(ObjectIdentifier(self))
        return true
    }
}

/// Hands out what a view shows, of a dictionary that must not get other keys meanwhile.
private final class DictViewIterator: TemplateIterator {
    private let dict: TemplateDict
    private let part: TemplateDictView.Part
    private let entries: [TemplateDictStorage.Entry]
    private var position = 0

    init(_ dict: TemplateDict, _ part: TemplateDictView.Part) {
        self.dict = dict
        self.part = part
        entries = dict.storage.entries
    }

    override func next() throws -> TemplateValue? {
        if dict.hasChanged && dict.storage.count != entries.count {
            throw TemplateError(TemplateError.Kind("RuntimeError"), "dictionary changed size during iteration")
        }
        guard position < entries.count else { return nil }
        defer { position += 1 }
        let entry = entries[position]
        return switch part {
        case .keys: entry.key
        case .values: entry.value
        case .items: .tuple([entry.key, entry.value])
        }
    }
}
