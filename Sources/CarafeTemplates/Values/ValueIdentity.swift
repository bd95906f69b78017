extension TemplateValue {
    /// The identity of a list, tuple or dictionary.
    var containerIdentity: ObjectIdentifier? {
        switch self {
        case .list(let list): ObjectIdentifier(list)
        case .dict(let dict): ObjectIdentifier(dict)
        case .tuple(let tuple): ObjectIdentifier(tuple)
        default: nil
        }
    }

    /// Python's `is`, as `sameas` asks: the same object. Numbers and texts are the same where they have the same type and
    /// value, as Python's are where they come from one place.
    public func isIdentical(to other: TemplateValue) -> Bool {
        switch (self, other) {
        case (.none, .none): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.bigInt(let a), .bigInt(let b)): a == b
        case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern
        case (.string(let a), .string(let b)): isSameText(a, b)
        case (.markup(let a), .markup(let b)): isSameText(a, b)
        case (.list(let a), .list(let b)): a === b
        case (.tuple(let a), .tuple(let b)): a === b || a.isEmpty && b.isEmpty
        case (.dict(let a), .dict(let b)): a === b
        case (.object(let a), .object(let b)): a === b
        case (.undefined(let a), .undefined(let b)): a === b
        default: false
        }
    }
}
