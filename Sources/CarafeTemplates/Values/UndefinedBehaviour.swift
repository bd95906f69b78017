extension TemplateUndefined {
    /// The name of its class in Jinja.
    public var typeName: String {
        if log != nil { return "LoggingUndefined" }
        return switch kind {
        case .lenient: "Undefined"
        case .chainable: "ChainableUndefined"
        case .debug: "DebugUndefined"
        case .strict: "StrictUndefined"
        }
    }

    /// What was not there, in Jinja's words: `'user' is undefined`.
    public var message: String {
        switch subject {
        case .hint(let hint): return hint
        case .name(let name): return TextRepresentation.of(name) + " is undefined"
        case .element(let typeName, let isNone, let name):
            let owner = Self.description(typeName, isNone: isNone)
            let key = (try? name.representation) ?? "…"
            if case .string = name { return "\(TextRepresentation.of(owner)) has no attribute \(key)" }
            if case .markup = name { return "\(TextRepresentation.of(owner)) has no attribute \(key)" }
            return "\(owner) has no element \(key)"
        }
    }

    /// The error of a use that it does not allow.
    public func error() -> TemplateError {
        let message = message
        log?("Template variable error: " + message)
        return TemplateError(errorKind, message)
    }

    /// What its attributes are: undefined too if it is chainable.
    ///
    /// - Throws: its error for all other kinds
    func attribute(_ name: String) throws -> TemplateValue {
        if kind == .chainable { return .undefined(self) }
        throw error()
    }

    /// What its items are: undefined too if it is chainable.
    ///
    /// - Throws: its error for all other kinds
    func item(_ key: TemplateValue) throws -> TemplateValue {
        if kind == .chainable { return .undefined(self) }
        throw error()
    }

    /// What `{{ undefined }}` prints.
    var text: String {
        get throws {
            switch kind {
            case .strict:
                log?("Template variable warning: " + message)
                throw error()
            case .lenient, .chainable:
                log?("Template variable warning: " + message)
                return ""
            case .debug:
                log?("Template variable warning: " + message)
                return "{{ \(debugDescription) }}"
            }
        }
    }

    private var debugDescription: String {
        switch subject {
        case .hint(let hint): "undefined value printed: \(hint)"
        case .name(let name): name
        case .element(let typeName, let isNone, let name):
            "no such element: \(Self.description(typeName, isNone: isNone))[\((try? name.representation) ?? "…")]"
        }
    }

    /// Jinja's `object_type_repr`.
    private static func description(_ typeName: String, isNone: Bool) -> String {
        isNone ? "None" : "\(typeName) object"
    }

    /// Tells the log that it is used as if it were empty.
    ///
    /// - Throws: the error of a strict one
    func useAsEmpty() throws {
        if let log { log("Template variable warning: " + message) }
        if kind == .strict { throw error() }
    }
}
