extension TemplateValue {
    /// The keys and values of a mapping: what its method `items` gives in Python.
    ///
    /// - Throws: an `AttributeError` for what has no such method
    func items(in context: TemplateContext) throws -> [(key: TemplateValue, value: TemplateValue)] {
        switch self {
        case .dict(let dict): return try dict.storage.entries.map { (key: $0.key, value: try $0.value.touched) }
        case .object(let object):
            if object.isMapping { return try Self.items(of: object) }
            guard let method = try object.attribute("items"), case .object(let function) = method else {
                throw lacksAttribute("items")
            }
            return try function.call(.none, in: context).elements().map { pair in
                let pair = try pair.elements()
                guard pair.count == 2 else { throw Self.wrongCount(pair.count) }
                return (key: pair[0], value: pair[1])
            }
        default: throw lacksAttribute("items")
        }
    }

    private static func items(of object: any TemplateObject) throws -> [(key: TemplateValue, value: TemplateValue)] {
        guard let keys = try object.makeIterator() else { return [] }
        var items: [(key: TemplateValue, value: TemplateValue)] = []
        while let key = try keys.next() {
            if let value = try object.item(key) { items.append((key: key, value: try value.touched)) }
        }
        return items
    }
}
