/// The methods of `dict`.
enum DictMethods {
    static let all = pythonMethods(
        of: "dict",
        [
            ("get", .positional(1, 2), { try value($0) ?? $0.value(1) }),
            ("items", .none, { view($0, .items) }),
            ("keys", .none, { view($0, .keys) }),
            ("values", .none, { view($0, .values) }),
            ("pop", .positional(1, 2), pop),
            ("popitem", .none, popItem),
            ("setdefault", .positional(1, 2), setDefault),
            ("update", .everything, update),
            ("copy", .none, { .dict(TemplateDict(dict($0).storage)) }),
            (
                "clear", .none,
                { call in
                    dict(call).mutate { $0 = TemplateDictStorage() }
                    return .none
                }
            ),
            ("fromkeys", .positional(1, 2), fromKeys),
        ])

    private static func dict(_ call: PythonCall) -> TemplateDict {
        if case .dict(let dict) = call.receiver { dict } else { TemplateDict() }
    }

    private static func value(_ call: PythonCall) throws -> TemplateValue? {
        let storage = dict(call).storage
        if case .string(let name) = call.value(0) { return storage[name: name] }
        return storage[try call.value(0).key()]
    }

    private static func view(_ call: PythonCall, _ part: TemplateDictView.Part) -> TemplateValue {
        .object(TemplateDictView(dict(call), part))
    }

    private static func pop(_ call: PythonCall) throws -> TemplateValue {
        let key = try call.value(0).key()
        let value = dict(call).mutate { storage in
            let value = storage[key]
            if value != nil { storage[key] = nil }
            return value
        }
        if let value = value ?? call[1] { return value }
        throw TemplateError(.keyError, try key.value.representation)
    }

    private static func popItem(_ call: PythonCall) throws -> TemplateValue {
        let dict = dict(call)
        guard let (key, value) = dict.storage.entries.last else {
            throw TemplateError(.keyError, "'popitem(): dictionary is empty'")
        }
        let last = try key.key()
        dict.mutate { $0[last] = nil }
        return .tuple([key, value])
    }

    private static func setDefault(_ call: PythonCall) throws -> TemplateValue {
        let key = try call.value(0).key()
        let dict = dict(call)
        call.context.state.remains.note(dict, receives: call.value(1))
        return try dict.mutate { storage in
            if let value = storage[key] { return value }
            try PythonText.check(size: storage.count + 1, call.limits)
            storage[key] = call.value(1)
            return call.value(1)
        }
    }

    /// `update(pairs or mapping, name=value, …)`
    private static func update(_ call: PythonCall) throws -> TemplateValue {
        let count = call.arguments.positional.count
        guard count <= 1 else {
            throw TemplateError(.typeError, "update expected at most 1 argument, got \(count)")
        }
        var new: [(key: TemplateKey, value: TemplateValue)] = []
        if let argument = call.arguments.positional.first { new = try entries(of: argument) }
        for (name, value) in call.arguments.named { new.append((try TemplateValue.string(name).key(), value)) }
        let dict = dict(call)
        for (key, value) in new {
            call.context.state.remains.note(dict, receives: key.value)
            call.context.state.remains.note(dict, receives: value)
        }
        try dict.mutate { storage in
            for (key, value) in new {
                storage[key] = value
                try PythonText.check(size: storage.count, call.limits)
            }
        }
        return .none
    }

    /// The entries of a mapping or of a sequence of pairs.
    static func entries(of value: TemplateValue) throws -> [(key: TemplateKey, value: TemplateValue)] {
        switch value {
        case .dict(let dict): return try dict.storage.entries.map { (try $0.key.key(), $0.value) }
        case .object(let object) where object.isMapping:
            return try value.elements().map { (try $0.key(), try PythonSubscript.item($0, of: value)) }
        case .undefined(let undefined): throw undefined.error()
        default: return try value.elements().enumerated().map { try entry(of: $1, at: $0) }
        }
    }

    private static func entry(
        of pair: TemplateValue, at index: Int
    ) throws -> (key: TemplateKey, value: TemplateValue) {
        guard let parts = try? pair.elements() else {
            throw TemplateError(
                .typeError, "cannot convert dictionary update sequence element #\(index) to a sequence")
        }
        guard parts.count == 2 else {
            throw TemplateError(
                .valueError,
                "dictionary update sequence element #\(index) has length \(parts.count); 2 is required")
        }
        return (try parts[0].key(), parts[1])
    }

    private static func fromKeys(_ call: PythonCall) throws -> TemplateValue {
        var storage = TemplateDictStorage()
        for key in try call.value(0).elements() { storage[try key.key()] = call.value(1) }
        return .dict(TemplateDict(storage))
    }
}
