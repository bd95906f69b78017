/// The parameters of a typed function, and how arguments are bound to them: by Python's rules, with Python's messages.
struct FunctionSignature: Sendable {
    private let function: String
    /// The names of the parameters; empty: they have none, like those of functions that are written in C for Python.
    private let names: [String]
    private let isRequired: [Bool]

    init<each Parameter: TemplateValueDecodable>(
        _ types: (repeat (each Parameter).Type), name: String, names: [String]
    ) {
        function = name
        var isRequired: [Bool] = []
        for type in repeat each types { isRequired.append(type.whenMissing == nil) }
        self.isRequired = isRequired
        self.names = names.count == isRequired.count ? names : []
    }

    /// The arguments in the order of the parameters.
    func bind(_ arguments: TemplateArguments) throws -> BoundArguments {
        let count = isRequired.count
        if arguments.named.isEmpty, arguments.positional.count == count {
            return BoundArguments(function: function, names: names, values: arguments.positional)
        }
        if names.isEmpty { try checkUnnamed(arguments) }
        // Python looks at the names before it counts.
        var values: [TemplateValue?] = Array(arguments.positional.prefix(count))
        values += repeatElement(nil, count: count - values.count)
        for (name, value) in arguments.named {
            guard let position = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
                throw error("got an unexpected keyword argument '\(name)'")
            }
            guard values[position] == nil else { throw error("got multiple values for argument '\(name)'") }
            values[position] = value
        }
        if arguments.positional.count > count { throw tooMany(arguments.positional.count) }
        let missing = (0..<count).filter { values[$0] == nil && isRequired[$0] }
        if !missing.isEmpty { throw error(Self.missing(missing.map { names[$0] })) }
        return BoundArguments(function: function, names: names, optionalValues: values)
    }

    private func checkUnnamed(_ arguments: TemplateArguments) throws {
        guard arguments.named.isEmpty else { throw error("takes no keyword arguments") }
        let given = arguments.positional.count
        let most = isRequired.count
        let least = (isRequired.lastIndex(of: true) ?? -1) + 1
        guard given < least || given > most else { return }
        if most == 0 { throw error("takes no arguments (\(given) given)") }
        if least == 1 && most == 1 { throw error("takes exactly one argument (\(given) given)") }
        let (bound, count) = given < least ? ("at least ", least) : ("at most ", most)
        throw TemplateError(
            .typeError,
            "\(function) expected \(least == most ? "" : bound)\(count) argument\(count == 1 ? "" : "s"), got \(given)")
    }

    private func tooMany(_ given: Int) -> TemplateError {
        let most = isRequired.count
        let least = isRequired.count { $0 }
        let takes = least == most ? "\(most)" : "from \(least) to \(most)"
        return error(
            "takes \(takes) positional argument\(most == 1 ? "" : "s") but \(given) \(given == 1 ? "was" : "were") given"
        )
    }

    /// `missing 2 required positional arguments: 'a' and 'b'`
    private static func missing(_ names: [String]) -> String {
        let quoted = names.map { "'\($0)'" }
        let list =
            switch quoted.count {
            case 1: quoted[0]
            case 2: quoted[0] + " and " + quoted[1]
            default: quoted.dropLast().joined(separator: ", ") + ", and " + (quoted.last ?? "")
            }
        return "missing \(names.count) required positional argument\(names.count == 1 ? "" : "s"): \(list)"
    }

    private func error(_ message: String) -> TemplateError { TemplateError(.typeError, "\(function)() \(message)") }
}

/// Arguments on their way to the parameters of a function.
struct BoundArguments {
    let function: String
    let names: [String]
    private let values: [TemplateValue]
    /// Instead of ``values`` where arguments are by name or missing.
    private let optionalValues: [TemplateValue?]
    private var position = 0

    init(function: String, names: [String], values: [TemplateValue] = [], optionalValues: [TemplateValue?] = []) {
        self.function = function
        self.names = names
        self.values = values
        self.optionalValues = optionalValues
    }

    /// The value of the next parameter.
    mutating func next<Parameter: TemplateValueDecodable>(_ type: Parameter.Type) throws -> Parameter {
        defer { position += 1 }
        guard let value = optionalValues.isEmpty ? values[position] : optionalValues[position] else {
            if let value = Parameter.whenMissing { return value }
            throw TemplateError(.typeError, "\(function)() missing argument \(position + 1)")
        }
        if let decoded = try Parameter(templateValue: value) { return decoded }
        let name = names.isEmpty ? "\(position + 1)" : "'\(names[position])'"
        throw TemplateError(
            .typeError, "\(function)() argument \(name) must be \(Parameter.templateTypeName), not \(value.typeName)")
    }
}
