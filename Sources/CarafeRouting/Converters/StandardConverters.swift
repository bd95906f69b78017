extension VariableConverter {
    /// The names of Werkzeug's standard set. `default` is what a variable without a converter has.
    static let standardNames = ["any", "default", "float", "int", "path", "string", "uuid"]

    /// A converter of the standard set by its name; nil where there is none of that name.
    ///
    /// - Throws: `ArgumentProblem` for arguments that it does not take.
    static func standard(_ name: String, _ arguments: ConverterArguments) throws(ArgumentProblem) -> Self? {
        switch name {
        case "default", "string": .plain(.string(try textLength(arguments)))
        case "any": .any(try items(arguments))
        case "path": try path(arguments)
        case "int": .plain(.int(try integerFormat(arguments)))
        case "float": .plain(.float(try floatFormat(arguments)))
        case "uuid": try uuid(arguments)
        default: nil
        }
    }

    private static func path(_ arguments: ConverterArguments) throws(ArgumentProblem) -> Self {
        _ = try arguments.assigned(to: [])
        return .plain(.path)
    }

    private static func uuid(_ arguments: ConverterArguments) throws(ArgumentProblem) -> Self {
        _ = try arguments.assigned(to: [])
        return .plain(.uuid)
    }

    private static func textLength(_ arguments: ConverterArguments) throws(ArgumentProblem) -> TextLength {
        let given = try arguments.assigned(to: ["minlength", "maxlength", "length"])
        var length = TextLength()
        if let minimum = try given.integer("minlength", atLeast: 0) { length.minimum = minimum }
        length.maximum = try given.integer("maxlength", atLeast: 0)
        if let exactly = try given.integer("length", atLeast: 0) {
            length = TextLength(minimum: exactly, maximum: exactly)
        }
        if let maximum = length.maximum, maximum < length.minimum {
            throw ArgumentProblem(
                "maxlength \(maximum) is less than minlength \(length.minimum)",
                hint: "Nothing would match. Raise maxlength or lower minlength.")
        }
        return length
    }

    private static func items(_ arguments: ConverterArguments) throws(ArgumentProblem) -> [[UInt8]] {
        if let name = arguments.named.keys.min() {
            throw ArgumentProblem("it has no argument '\(name)'", hint: "Write the items alone: any(a, b).")
        }
        var items: [[UInt8]] = []
        for argument in arguments.positional {
            switch argument {
            case .string(let text): items.append(Array(text.utf8))
            case .int(let number): items.append(Array(String(number).utf8))
            default:
                throw ArgumentProblem(
                    "\(argument.literal) is no text", hint: "Put quotes around an item that is no word.")
            }
        }
        if items.isEmpty {
            throw ArgumentProblem("it has no items", hint: "Name what it may be: any(a, b).")
        }
        return items
    }

    private static func integerFormat(_ arguments: ConverterArguments) throws(ArgumentProblem) -> IntegerFormat {
        let given = try arguments.assigned(to: ["fixed_digits", "min", "max", "signed"])
        return IntegerFormat(
            fixedDigits: try given.integer("fixed_digits", atLeast: 0) ?? 0, minimum: try given.integer("min"),
            maximum: try given.integer("max"), isSigned: try given.truth("signed"))
    }

    private static func floatFormat(_ arguments: ConverterArguments) throws(ArgumentProblem) -> FloatFormat {
        let given = try arguments.assigned(to: ["min", "max", "signed"])
        return FloatFormat(
            minimum: try given.number("min"), maximum: try given.number("max"), isSigned: try given.truth("signed"))
    }
}

extension [String: ConverterArgument] {
    fileprivate func integer(_ name: String, atLeast least: Int = .min) throws(ArgumentProblem) -> Int? {
        switch self[name] {
        case nil, .some(.none): return nil
        case .int(let number) where number >= least: return number
        case .some(let argument):
            throw ArgumentProblem(
                "'\(name)' cannot be \(argument.literal)",
                hint: least == .min ? "Give a whole number." : "Give a whole number from \(least) on.")
        }
    }

    fileprivate func number(_ name: String) throws(ArgumentProblem) -> Double? {
        switch self[name] {
        case nil, .some(.none): return nil
        case .int(let number): return Double(number)
        case .double(let number): return number
        case .some(let argument):
            throw ArgumentProblem("'\(name)' cannot be \(argument.literal)", hint: "Give a number.")
        }
    }

    fileprivate func truth(_ name: String) throws(ArgumentProblem) -> Bool {
        switch self[name] {
        case nil, .some(.none): return false
        case .bool(let truth): return truth
        case .some(let argument):
            throw ArgumentProblem("'\(name)' cannot be \(argument.literal)", hint: "Give True or False.")
        }
    }
}
