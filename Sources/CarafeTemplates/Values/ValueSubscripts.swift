extension TemplateValue {
    /// Python's `value[key]`, without slices.
    ///
    /// - Returns: nil where Python raises a `KeyError`, `IndexError` or `TypeError`
    /// - Throws: what an object throws, and the error of an undefined value
    public func item(_ key: TemplateValue) throws -> TemplateValue? {
        switch self {
        case .dict(let dict):
            switch key {
            case .string(let name), .markup(let name): return dict[name]
            case .list, .dict: return nil
            case .undefined(let value): if value.kind == .strict { throw value.error() }
            default: break
            }
            guard let key = try? key.key() else { return nil }
            return dict.read { $0[key] }
        case .list(let list): return Self.element(list.elements, key)
        case .tuple(let tuple): return Self.element(tuple.elements, key)
        case .string(let text): return text.scalar(key).map { .string($0) }
        case .markup(let text): return text.scalar(key).map { .markup($0) }
        case .object(let object): return try object.item(key)
        case .undefined(let value): return try value.item(key)
        case .none, .bool, .int, .bigInt, .double: return nil
        }
    }

    @inline(__always)
    private static func element(_ elements: [TemplateValue], _ key: TemplateValue) -> TemplateValue? {
        guard let index = key.index(in: elements.count) else { return nil }
        return elements[index]
    }

    /// The index that the value is into a sequence of `count` values, counted from the end where it is below zero.
    ///
    /// - Returns: nil where it is no integer, or none of the sequence's
    func index(in count: Int) -> Int? {
        let index: Int
        switch self {
        case .int(let value): index = value
        case .bool(let value): index = value ? 1 : 0
        default: return nil
        }
        if index >= 0 { return index < count ? index : nil }
        return index >= -count ? index + count : nil
    }
}

extension String {
    /// How many code points there are; at once in ASCII, and for long texts when asked again.
    var pythonLength: Int {
        utf8Span.isKnownASCII ? utf8.count : TextPositions.of(self)?.count ?? scalarCount
    }

    /// Where the code point `index` begins, up to the ``pythonLength``.
    func position(ofScalar index: Int) -> String.Index {
        if utf8Span.isKnownASCII { return utf8.index(utf8.startIndex, offsetBy: index) }
        return TextPositions.of(self)?.position(of: index)
            ?? unicodeScalars.index(unicodeScalars.startIndex, offsetBy: index)
    }

    /// The code point at the index `key`.
    fileprivate func scalar(_ key: TemplateValue) -> String? {
        key.index(in: pythonLength).map { String(unicodeScalars[position(ofScalar: $0)]) }
    }
}
