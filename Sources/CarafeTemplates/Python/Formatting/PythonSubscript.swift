/// `value.name` and `value[key]` as Python does them, where what is missing is an error and not undefined.
enum PythonSubscript {
    /// The attribute, or Python's `AttributeError`.
    static func attribute(_ name: String, of value: TemplateValue) throws -> TemplateValue {
        switch value {
        case .undefined(let undefined):
            if undefined.kind == .chainable { return value }
            throw undefined.error()
        case .object(let object):
            if let attribute = try object.attribute(name) { return attribute }
        default:
            if let attribute = PythonMethods.attribute(of: value, named: name) { return attribute }
        }
        throw TemplateError(.attributeError, "'\(value.typeName)' object has no attribute '\(name)'")
    }

    /// The item, or Python's `KeyError`, `IndexError` or `TypeError`.
    static func item(_ key: TemplateValue, of value: TemplateValue) throws -> TemplateValue {
        if case .undefined(let undefined) = value {
            if undefined.kind == .chainable { return value }
            throw undefined.error()
        }
        if let item = try value.item(key) { return item }
        let isIndex = PythonInteger(key) != nil
        switch value {
        case .list, .tuple:
            if isIndex { throw TemplateError(.indexError, "\(value.typeName) index out of range") }
            throw TemplateError(
                .typeError, "\(value.typeName) indices must be integers or slices, not \(key.typeName)")
        case .string, .markup:
            if isIndex { throw TemplateError(.indexError, "string index out of range") }
            throw TemplateError(.typeError, "string indices must be integers, not '\(key.typeName)'")
        case .dict: throw TemplateError(.keyError, try key.representation)
        case .object(let object):
            if object.isMapping { throw TemplateError(.keyError, try key.representation) }
            guard try object.length != nil else { break }
            let isBytes = object is TemplateBytes
            if isIndex {
                throw TemplateError(
                    .indexError, isBytes ? "index out of range" : "\(object.typeName) object index out of range")
            }
            let name = isBytes ? "byte" : object.typeName
            throw TemplateError(
                .typeError, "\(name) indices must be integers or slices, not \(key.typeName)")
        default: break
        }
        throw TemplateError(.typeError, "'\(value.typeName)' object is not subscriptable")
    }
}
