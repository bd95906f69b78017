extension TemplateValue {
    /// The name of the type as Python's messages show it.
    public var typeName: String {
        switch self {
        case .undefined(let value): value.typeName
        case .none: "NoneType"
        case .bool: "bool"
        case .int, .bigInt: "int"
        case .double: "float"
        case .string: "str"
        case .markup: "Markup"
        case .list: "list"
        case .tuple: "tuple"
        case .dict: "dict"
        case .object(let object): object.typeName
        }
    }

    /// Python's truth value.
    ///
    /// - Throws: the error of a strict undefined value
    public var isTrue: Bool {
        get throws {
            switch self {
            case .bool(let value): return value
            case .none: return false
            case .int(let value): return value != 0
            case .string(let text), .markup(let text): return !text.utf8.isEmpty
            case .list(let list): return !list.elements.isEmpty
            case .dict(let dict): return dict.count != 0
            case .double(let value): return value != 0
            case .tuple(let tuple): return !tuple.elements.isEmpty
            case .bigInt: return true
            case .object(let object): return try object.isTrue
            case .undefined(let value):
                try value.useAsEmpty()
                return false
            }
        }
    }

    /// Whether the value is text that is HTML already.
    public var isMarkup: Bool { if case .markup = self { true } else { false } }

    /// Python's `len(value)`.
    ///
    /// - Throws: a `TypeError` where the value has no length
    public func length() throws -> Int {
        switch self {
        case .string(let text), .markup(let text): return text.pythonLength
        case .list(let list): return list.elements.count
        case .tuple(let tuple): return tuple.elements.count
        case .dict(let dict): return dict.count
        case .object(let object): if let length = try object.length { return length }
        case .undefined(let value):
            if value.kind == .strict { throw value.error() }
            return 0
        default: break
        }
        throw TemplateError(.typeError, "object of type '\(typeName)' has no len()")
    }
}
