/// What a method of Python's built-in types takes, and CPython's words where it is called with something else.
///
/// Methods that are written in C and those of `Markup`, which are written in Python, complain in different words.
struct PythonSignature: Sendable {
    /// How a method takes its arguments.
    enum Style: Sendable {
        /// None.
        case none
        /// One by position.
        case one
        /// Between `minimum` and `maximum` by position.
        case positional(Int, Int)
        /// As ``positional(_:_:)``, with the other words that the searching methods of `str` have.
        case parsed(Int, Int)
        /// By position or name; none of them needed.
        case named([String])
        /// By name alone.
        case namedOnly([String])
        /// Whatever there is; the method looks at it itself.
        case everything
        /// A function of Python's: all parameters, those without a default first.
        case function([String], required: Int, positionOnly: Bool)
    }

    let type: String
    let name: String
    let style: Style

    /// The values of the parameters; nil where they are the arguments by position as they are.
    func bind(_ arguments: TemplateArguments) throws -> [TemplateValue?]? {
        let count = arguments.positional.count
        switch style {
        case .everything: return nil
        case .none:
            try refuseNames(arguments)
            guard count == 0 else { throw error("\(type).\(name)() takes no arguments (\(count) given)") }
        case .one:
            try refuseNames(arguments)
            guard count == 1 else { throw error("\(type).\(name)() takes exactly one argument (\(count) given)") }
        case .positional(let minimum, let maximum):
            try refuseNames(arguments)
            if count < minimum || count > maximum {
                let bound = minimum == maximum ? "" : count < minimum ? "at least " : "at most "
                let wanted = count < minimum ? minimum : maximum
                throw error("\(name) expected \(bound)\(wanted) argument\(wanted == 1 ? "" : "s"), got \(count)")
            }
        case .parsed(let minimum, let maximum):
            guard arguments.named.isEmpty else { throw error("\(name)() takes no keyword arguments") }
            if count < minimum || count > maximum {
                let bound = count < minimum ? "at least \(minimum)" : "at most \(maximum)"
                throw error("\(name)() takes \(bound) argument\(count < minimum ? "" : "s") (\(count) given)")
            }
        case .named(let names):
            if arguments.named.isEmpty, count <= names.count { return nil }
            return try bind(arguments, names)
        case .namedOnly(let names):
            guard count == 0 else { throw error("\(name)() takes no positional arguments") }
            return try bind(arguments, names)
        case .function(let names, let required, let positionOnly):
            if arguments.named.isEmpty, count >= required, count <= names.count { return nil }
            return try bind(arguments, names, required: required, positionOnly: positionOnly)
        }
        return nil
    }

    private func error(_ message: String) -> TemplateError { TemplateError(.typeError, message) }

    private func refuseNames(_ arguments: TemplateArguments) throws {
        guard arguments.named.isEmpty else { throw error("\(type).\(name)() takes no keyword arguments") }
    }

    private func bind(_ arguments: TemplateArguments, _ names: [String]) throws -> [TemplateValue?] {
        let given = arguments.positional.count + arguments.named.count
        guard given <= names.count else {
            throw error(
                "\(name)() takes at most \(names.count) argument\(names.count == 1 ? "" : "s") (\(given) given)")
        }
        var values: [TemplateValue?] = arguments.positional
        values += [TemplateValue?](repeating: nil, count: names.count - values.count)
        for (argument, value) in arguments.named {
            guard let position = names.firstIndex(where: { isSameText($0, argument) }) else {
                throw error("'\(argument)' is an invalid keyword argument for \(name)()")
            }
            guard position >= arguments.positional.count else {
                throw error("argument for \(name)() given by name ('\(argument)') and position (\(position + 1))")
            }
            values[position] = value
        }
        return values
    }

    /// As CPython binds the arguments of a function of Python's, which counts the receiver too.
    private func bind(
        _ arguments: TemplateArguments, _ names: [String], required: Int, positionOnly: Bool
    ) throws -> [TemplateValue?] {
        let function = "\(type).\(name)()"
        let count = arguments.positional.count
        var values: [TemplateValue?] = Array(arguments.positional.prefix(names.count))
        values += [TemplateValue?](repeating: nil, count: names.count - values.count)
        for (argument, value) in arguments.named {
            guard let position = names.firstIndex(where: { isSameText($0, argument) }) else {
                throw error("\(function) got an unexpected keyword argument '\(argument)'")
            }
            guard !positionOnly else {
                throw error(
                    "\(function) got some positional-only arguments passed as keyword arguments: '\(argument)'")
            }
            guard values[position] == nil else {
                throw error("\(function) got multiple values for argument '\(argument)'")
            }
            values[position] = value
        }
        if count > names.count {
            let range = required == names.count ? "\(names.count + 1)" : "from \(required + 1) to \(names.count + 1)"
            throw error(
                "\(function) takes \(range) positional argument\(names.isEmpty ? "" : "s") but \(count + 1) were given")
        }
        let missing = (0..<required).filter { values[$0] == nil }.map { "'\(names[$0])'" }
        if !missing.isEmpty {
            let list = missing.count == 1 ? missing[0] : "\(missing[0]) and \(missing[1])"
            throw error(
                "\(function) missing \(missing.count) required positional argument\(missing.count == 1 ? "" : "s"): "
                    + list)
        }
        return values
    }
}
