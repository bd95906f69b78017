import FoundationEssentials

extension Array: SQLEncodable where Element: SQLEncodable {
    /// Bytes are a blob, everything else an array (PostgreSQL).
    public var sqlValue: SQLValue {
        if Element.self == UInt8.self, let bytes = self as? [UInt8] { .blob(bytes) } else { .array(map(\.sqlValue)) }
    }
}

extension Array: SQLDecodable where Element: SQLDecodable {
    /// Bytes from a blob, everything else from an array, or from JSON that is one.
    public init?(sqlValue: SQLValue) {
        let values: [SQLValue]
        switch sqlValue {
        case .blob(let bytes):
            guard Element.self == UInt8.self, let elements = bytes as? [Element] else { return nil }
            self = elements
            return
        case .array(let elements): values = elements
        case .json(let text), .text(let text):
            guard case .array(let elements)? = JSONTree(text)?.sqlValue else { return nil }
            values = elements
        default: return nil
        }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        for value in values {
            guard let element = Element(sqlValue: value) else { return nil }
            elements.append(element)
        }
        self = elements
    }
}
