extension TemplateValue {
    /// What hands out the values of a list, tuple, text, dictionary (its keys) or object; Python's `iter(value)`.
    ///
    /// - Throws: a `TypeError` where the value is not iterable, the error of a strict undefined value
    public func makeIterator() throws -> TemplateIterator {
        switch self {
        case .list(let list): return ListIterator(list)
        case .tuple(let tuple): return ArrayIterator(tuple.elements)
        case .dict(let dict): return DictKeyIterator(dict)
        case .string(let text): return TextIterator(text)
        case .markup(let text): return TextIterator(text)
        case .object(let object): if let iterator = try object.makeIterator() { return iterator }
        case .undefined(let value):
            try value.useAsEmpty()
            return TemplateIterator()
        default: break
        }
        throw TemplateError(.typeError, "'\(typeName)' object is not iterable")
    }

    /// Python's `list(value)`.
    public func elements() throws -> [TemplateValue] {
        switch self {
        case .list(let list): return try Self.touched(list.elements)
        case .tuple(let tuple): return try Self.touched(tuple.elements)
        case .dict(let dict): return dict.storage.entries.map(\.key)
        default:
            let iterator = try makeIterator()
            var elements: [TemplateValue] = []
            while let value = try iterator.next() { elements.append(value) }
            return elements
        }
    }

    private static func touched(_ elements: [TemplateValue]) throws -> [TemplateValue] {
        // Hardly ever is there a lazy value, without which the array needs no copy.
        elements.contains(where: \.isLazy) ? try elements.map { try $0.touched } : elements
    }
}

/// Hands out the values of an array.
final class ArrayIterator: TemplateIterator {
    private let elements: [TemplateValue]
    private var position = 0

    init(_ elements: [TemplateValue]) { self.elements = elements }

    override func next() throws -> TemplateValue? {
        guard position < elements.count else { return nil }
        defer { position += 1 }
        return try elements[position].touched
    }
}

/// Hands out the values of a list, also those that are appended meanwhile, as Python does.
private final class ListIterator: TemplateIterator {
    private let list: TemplateList
    private let initial: [TemplateValue]
    private var position = 0

    init(_ list: TemplateList) {
        self.list = list
        // Not held for a list that has changed, whose next change would have to copy it.
        initial = list.hasChanged ? [] : list.elements
    }

    override func next() throws -> TemplateValue? {
        if list.hasChanged {
            let elements = list.elements
            guard position < elements.count else {
                position = .max
                return nil
            }
            defer { position += 1 }
            return try elements[position].touched
        }
        guard position < initial.count else { return nil }
        defer { position += 1 }
        return try initial[position].touched
    }
}

/// Hands out the keys of a dictionary, which must not get other ones meanwhile.
private final class DictKeyIterator: TemplateIterator {
    private let dict: TemplateDict
    private let entries: [TemplateDictStorage.Entry]
    private var position = 0

    init(_ dict: TemplateDict) {
        self.dict = dict
        entries = dict.storage.entries
    }

    override func next() throws -> TemplateValue? {
        if dict.hasChanged && dict.count != entries.count {
            throw TemplateError(TemplateError.Kind("RuntimeError"), "dictionary changed size during iteration")
        }
        guard position < entries.count else { return nil }
        defer { position += 1 }
        return entries[position].key
    }
}

/// Hands out the code points of a text, each as a text.
private final class TextIterator: TemplateIterator {
    private var scalars: String.UnicodeScalarView.Iterator

    init(_ text: String) { scalars = text.unicodeScalars.makeIterator() }

    override func next() -> TemplateValue? { scalars.next().map { .string(String($0)) } }
}
