/// Attributes and items of values, as templates look them up.
extension TemplateEnvironment {
    /// `value.name`: the attribute, else the item of that name, else an undefined value (Jinja's `environment.getattr`).
    ///
    /// - Throws: ``TemplateError`` where `value` is undefined, or its own code fails.
    public func getAttribute(_ value: TemplateValue, _ name: String) throws -> TemplateValue {
        if options.sandbox != .none, let refused = try refusedAttribute(name, of: value) { return refused }
        switch value {
        case .undefined(let undefined):
            guard undefined.kind == .chainable else { throw undefined.error() }
            return value
        case .object(let object):
            if let found = try object.attribute(name) ?? object.item(.string(name)) { return found }
        case .dict(let dict):
            if let found = PythonMethods.attribute(of: value, named: name) ?? dict.storage[name: name] { return found }
        default:
            if let found = PythonMethods.attribute(of: value, named: name) { return found }
        }
        return undefined(.element(of: value.typeName, isNone: value.isNone, name: .string(name)))
    }

    /// `value[key]`: the item, else the attribute of that name, else an undefined value (Jinja's `environment.getitem`).
    ///
    /// - Throws: ``TemplateError`` where `value` is undefined, or its own code fails.
    public func getItem(_ value: TemplateValue, _ key: TemplateValue) throws -> TemplateValue {
        if let found = try value.item(key) { return found }
        if case .string(let name) = key {
            if options.sandbox != .none, let refused = try refusedAttribute(name, of: value) { return refused }
            switch value {
            case .object(let object):
                if let found = try object.attribute(name) { return found }
            default:
                if let found = PythonMethods.attribute(of: value, named: name) { return found }
            }
        }
        return undefined(.element(of: value.typeName, isNone: value.isNone, name: key))
    }
}

extension TemplateValue {
    var isNone: Bool {
        if case .none = self { true } else { false }
    }
}
