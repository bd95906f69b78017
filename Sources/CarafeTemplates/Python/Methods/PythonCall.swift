/// One call of a method of a built-in type: what it is called on and with.
struct PythonCall {
    let receiver: TemplateValue
    /// The values of the parameters, nil for those that were not passed; nil where they are the arguments by position.
    let values: [TemplateValue?]?
    /// The arguments as they were passed.
    let arguments: TemplateArguments
    let context: TemplateContext

    var limits: TemplateLimits { context.limits }

    /// The value of a parameter, or nil where none was passed.
    subscript(position: Int) -> TemplateValue? {
        if let values { return position < values.count ? values[position] : nil }
        return position < arguments.positional.count ? arguments.positional[position] : nil
    }

    /// The value of a parameter, or `None`.
    func value(_ position: Int) -> TemplateValue { self[position] ?? .none }

    /// A number of things; nil where none was passed.
    ///
    /// - Throws: Python's `TypeError` for what is no integer, `OverflowError` for what is too large
    func integer(_ position: Int, type: String = "ssize_t") throws -> Int? {
        guard let value = self[position] else { return nil }
        return try Self.integer(value, type: type)
    }

    static func integer(_ value: TemplateValue, type: String = "ssize_t") throws -> Int {
        guard let integer = PythonInteger(value) else {
            throw TemplateError(
                .typeError, "'\(value.typeName)' object cannot be interpreted as an integer")
        }
        if case .small(let number) = integer, type != "int" || Int32(exactly: number) != nil { return number }
        throw TemplateError(.overflow, "Python int too large to convert to C \(type)")
    }

    /// A position as slices have them: too large ones count as the largest; nil for `None` or where none was passed.
    func slicePosition(_ position: Int, allowsNone: Bool = true) throws -> Int? {
        guard let value = self[position] else { return nil }
        if allowsNone, case .none = value { return nil }
        switch PythonInteger(value) {
        case .small(let number): return number
        case .big(let number): return number.isNegative ? -Int.max : Int.max
        case nil:
            throw TemplateError(
                .typeError, "slice indices must be integers or \(allowsNone ? "None or " : "")have an __index__ method")
        }
    }

    /// The text of an argument, or nil where it is none.
    func text(_ position: Int) -> String? { self[position].flatMap(Self.text) }

    static func text(_ value: TemplateValue) -> String? {
        switch value {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }
}

/// A method of a built-in type: what it takes and what it does.
struct PythonMethodEntry: Sendable {
    let signature: PythonSignature
    let body: @Sendable (PythonCall) throws -> TemplateValue
    /// Binds the arguments and calls the body. Made once here, for a closure made at each look-up costs more than many a call.
    let call: PythonMethod

    init(signature: PythonSignature, body: @escaping @Sendable (PythonCall) throws -> TemplateValue) {
        self.signature = signature
        self.body = body
        call = { receiver, arguments, context in
            let values = try signature.bind(arguments)
            return try body(PythonCall(receiver: receiver, values: values, arguments: arguments, context: context))
        }
    }
}

/// The methods of a type, by name.
typealias PythonMethodTable = [String: PythonMethodEntry]

/// One line of a table of methods: its name, what it takes, and what it does.
typealias PythonMethodLine = (
    name: String, style: PythonSignature.Style, body: @Sendable (PythonCall) throws -> TemplateValue
)

/// The table of the methods of `type`.
func pythonMethods(of type: String, _ lines: [PythonMethodLine]) -> PythonMethodTable {
    var table: PythonMethodTable = [:]
    for line in lines {
        table[line.name] = PythonMethodEntry(
            signature: PythonSignature(type: type, name: line.name, style: line.style), body: line.body)
    }
    return table
}
