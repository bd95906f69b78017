/// The names that every template knows: `range`, `dict`, `lipsum`, `cycler`, `joiner` and `namespace`.
enum BuiltinGlobals {
    static let all: [String: TemplateValue] = [
        "range": .object(range), "dict": .object(dict), "lipsum": .object(LoremIpsum.function),
        "cycler": .object(Cycler.function), "joiner": .object(Joiner.function),
        "namespace": .object(TemplateNamespace.function),
    ]

    private static let range = BuiltinFunction(type: "range") { arguments, context in
        guard arguments.named.isEmpty else {
            throw TemplateError(.typeError, "range() takes no keyword arguments")
        }
        let numbers = arguments.positional
        guard (1...3).contains(numbers.count) else {
            let expected = numbers.isEmpty ? "at least 1 argument" : "at most 3 arguments"
            throw TemplateError(.typeError, "range expected \(expected), got \(numbers.count)")
        }
        let bounds = try numbers.map { try $0.index() }
        let (start, stop) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
        guard let range = TemplateRange(start, stop, bounds.count == 3 ? bounds[2] : 1) else {
            throw TemplateError(.valueError, "range() arg 3 must not be zero")
        }
        let most = context.limits.rangeLength
        guard range.count <= most else {
            throw TemplateError(
                .overflow, "Range too big. The sandbox blocks ranges larger than MAX_RANGE (\(most)).")
        }
        return .object(range)
    }

    private static let dict = BuiltinFunction(type: "dict", methods: ["fromkeys": fromKeys]) { arguments, context in
        .dict(try TemplateDict(arguments: arguments, in: context))
    }

    private static let fromKeys = BuiltinFunction(method: "fromkeys", ofType: "type") { arguments, _ in
        guard arguments.named.isEmpty else {
            throw TemplateError(.typeError, "dict.fromkeys() takes no keyword arguments")
        }
        let passed = arguments.positional
        guard (1...2).contains(passed.count) else {
            let expected = passed.isEmpty ? "at least 1 argument" : "at most 2 arguments"
            throw TemplateError(.typeError, "fromkeys expected \(expected), got \(passed.count)")
        }
        var storage = TemplateDictStorage()
        for key in try passed[0].elements() {
            storage[try key.key()] = passed.count == 2 ? passed[1] : TemplateValue.none
        }
        return .dict(TemplateDict(storage))
    }
}

extension TemplateDict {
    /// What Python's `dict(…)` makes: of a mapping or of pairs, and of named arguments.
    convenience init(arguments: TemplateArguments, in context: TemplateContext) throws {
        guard arguments.positional.count <= 1 else {
            throw TemplateError(
                .typeError, "dict expected at most 1 argument, got \(arguments.positional.count)")
        }
        var storage = TemplateDictStorage()
        if let source = arguments.positional.first {
            for (key, value) in try Self.items(source, in: context) { storage[try key.key()] = value }
        }
        for (name, value) in arguments.named { storage[name: name] = value }
        self.init(storage)
    }

    private static func items(
        _ source: TemplateValue, in context: TemplateContext
    ) throws -> [(key: TemplateValue, value: TemplateValue)] {
        switch source {
        case .dict: return try source.items(in: context)
        case .object(let object) where object.isMapping: return try source.items(in: context)
        case .undefined(let undefined): throw undefined.error()
        default: break
        }
        return try source.elements().enumerated().map { position, pair in
            let elements: [TemplateValue]
            do {
                elements = try pair.elements()
            } catch let error as TemplateError where error.kind == .typeError {
                throw TemplateError(
                    .typeError, "cannot convert dictionary update sequence element #\(position) to a sequence")
            }
            guard elements.count == 2 else {
                throw TemplateError(
                    .valueError,
                    "dictionary update sequence element #\(position) has length \(elements.count); 2 is required")
            }
            return (key: elements[0], value: elements[1])
        }
    }
}
