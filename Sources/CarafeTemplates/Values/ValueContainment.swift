extension TemplateValue {
    /// Python's `element in self`.
    ///
    /// - Throws: a `TypeError` where the value holds none, or an element is no text where text is asked
    public func contains(_ element: TemplateValue) throws -> Bool {
        switch self {
        case .list(let list): return try Self.contains(list.elements, element)
        case .tuple(let tuple): return try Self.contains(tuple.elements, element)
        case .dict(let dict):
            let key = try element.key()
            return dict.read { $0[key] != nil }
        case .string(let text), .markup(let text):
            switch element {
            case .string(let part), .markup(let part): return TextSearch.contains(text, part)
            default:
                throw TemplateError(
                    .typeError, "'in <string>' requires string as left operand, not \(element.typeName)")
            }
        case .undefined(let value):
            try value.useAsEmpty()
            return false
        case .object(let object):
            if let result = try object.contains(element) { return result }
            guard let iterator = try object.makeIterator() else { break }
            while let value = try iterator.next() {
                if try value.isIdentical(to: element) || value.isEqual(to: element) { return true }
            }
            return false
        default: break
        }
        throw TemplateError(.typeError, "argument of type '\(typeName)' is not iterable")
    }

    private static func contains(_ elements: [TemplateValue], _ element: TemplateValue) throws -> Bool {
        for value in elements {
            if try value.isIdentical(to: element) || value.isEqual(to: element) { return true }
        }
        return false
    }
}
