/// Attributes and items of values, as templates look them up.
extension TemplateEnvironment {
    /// `value.name`: the attribute, else the item of that name, else an undefined value (Jinja's `environment.getattr`).
    ///
    /// - Throws: ``TemplateError`` where `value` is undefined, or its own code fails.
    public func getAttribute(_ value: TemplateValue, _ name: String) throws -> TemplateValue {
        if case .undefined(let undefined) = value { return try attribute(of: undefined, name) }
        if let found = try checkedAttribute(of: value, name) { return try found.touched }
        switch value {
        case .dict(let dict): if let found = dict.storage[name: name] { return try found.touched }
        case .object(let object): if let found = try object.item(.string(name)) { return try found.touched }
        default: break
        }
        return undefined(.element(of: value.qualifiedTypeName, isNone: value.isNone, name: .string(name)))
    }

    /// `value[key]`: the item, else the attribute of that name, else an undefined value (Jinja's `environment.getitem`).
    ///
    /// - Throws: ``TemplateError`` where `value` is undefined, or its own code fails.
    public func getItem(_ value: TemplateValue, _ key: TemplateValue) throws -> TemplateValue {
        if let found = try value.item(key) { return try found.touched }
        switch key {
        case .string(let name), .markup(let name):
            if let found = try checkedAttribute(of: value, name) { return try found.touched }
        default: break
        }
        return undefined(.element(of: value.qualifiedTypeName, isNone: value.isNone, name: key))
    }

    /// Python's `getattr`, with what the sandbox has to say about it.
    private func checkedAttribute(of value: TemplateValue, _ name: String) throws -> TemplateValue? {
        let found: TemplateValue?
        if case .object(let object) = value {
            found = try object.attribute(name)
        } else {
            found = PythonMethods.attribute(of: value, named: name)
        }
        guard options.sandbox != .none else { return found }
        let policy = SandboxPolicy(options.sandbox)
        if found == nil ? policy.isHiddenAttribute(value, name) : !policy.isSafeAttribute(value, name) {
            return try policy.unsafeAttribute(value, name, in: self)
        }
        return found
    }

    /// Attributes of chainable undefined values are undefined as they are; of others they are errors.
    private func attribute(of undefined: TemplateUndefined, _ name: String) throws -> TemplateValue {
        guard undefined.kind == .chainable else { throw undefined.error() }
        return .undefined(undefined)
    }
}

extension TemplateValue {
    /// Whether the value is Python's `None`.
    public var isNone: Bool {
        if case .none = self { true } else { false }
    }
}
