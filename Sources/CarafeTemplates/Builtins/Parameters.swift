/// The parameters of a function as Python declares them: `do_truncate(env, s, length=255, killwords=False)`.
///
/// Binds what a template passes to them and refuses the rest in the words of CPython, which counts the values that Jinja
/// passes itself too: `{{ text|upper(1) }}` is "do_upper() takes 1 positional argument but 2 were given".
struct Parameters: Sendable {
    /// What a template may pass: by position or by name.
    struct Parameter: Sendable {
        let name: String
        /// Nil where the parameter must be passed.
        let standard: TemplateValue?

        /// A parameter without a default.
        static func required(_ name: String) -> Parameter { Parameter(name: name, standard: nil) }

        /// A parameter with a default.
        static func optional(_ name: String, _ standard: TemplateValue) -> Parameter {
            Parameter(name: name, standard: standard)
        }
    }

    /// What the function also takes besides its parameters.
    enum Rest: Sendable {
        case nothing
        /// `*args`
        case positional
        /// `*args, **kwargs`
        case everything
    }

    /// The name by which messages call the function.
    let function: String
    /// The names of the values that the engine passes before the template's own, such as the filtered value.
    let given: [String]
    let parameters: [Parameter]
    let rest: Rest
    /// Whether the given ones have a `/` after them: their names are unknown to callers.
    let isGivenByPositionOnly: Bool
    /// How many parameters have no default; they come first.
    private let requiredCount: Int

    init(
        _ function: String, given: [String] = [], _ parameters: [Parameter] = [], rest: Rest = .nothing,
        isGivenByPositionOnly: Bool = false
    ) {
        self.function = function
        self.given = given
        self.parameters = parameters
        self.rest = rest
        self.isGivenByPositionOnly = isGivenByPositionOnly
        requiredCount = parameters.prefix { $0.standard == nil }.count
    }

    /// The values of the parameters.
    ///
    /// - Throws: a `TypeError` for what is missing, unknown, twice there or too much
    @inline(__always)
    func bind(_ arguments: TemplateArguments) throws -> Bound {
        let count = arguments.positional.count
        if arguments.named.isEmpty, count >= requiredCount, rest != .nothing || count <= parameters.count {
            return Bound(values: arguments.positional, parameters: parameters)
        }
        return try bindByName(arguments)
    }

    /// Refuses any argument.
    @inline(__always)
    func expectNothing(_ arguments: TemplateArguments) throws {
        guard arguments.positional.isEmpty && arguments.named.isEmpty else {
            _ = try bindByName(arguments)
            return
        }
    }

    /// What ``bind(_:)`` gives: a value for each parameter, then those of `*args`.
    struct Bound {
        fileprivate let values: [TemplateValue]
        fileprivate let parameters: [Parameter]

        /// The value passed for the parameter at `position`, else its default.
        @inline(__always)
        subscript(position: Int) -> TemplateValue {
            if position < values.count { return values[position] }
            return position < parameters.count ? parameters[position].standard ?? .none : .none
        }
    }
}

// MARK: - The slow way, and refusals, in CPython's order

extension Parameters {
    private func bindByName(_ arguments: TemplateArguments) throws -> Bound {
        var slots = [TemplateValue?](repeating: nil, count: parameters.count)
        for (position, value) in arguments.positional.prefix(parameters.count).enumerated() { slots[position] = value }
        for (name, value) in arguments.named {
            if let position = parameters.firstIndex(where: { isSameText($0.name, name) }) {
                guard slots[position] == nil else { throw twice(name) }
                slots[position] = value
            } else if given.contains(where: { isSameText($0, name) }), rest != .everything || !isGivenByPositionOnly {
                throw isGivenByPositionOnly
                    ? error("got some positional-only arguments passed as keyword arguments: '\(name)'") : twice(name)
            } else if rest != .everything {
                throw error("got an unexpected keyword argument '\(name)'")
            }
        }
        if rest == .nothing, arguments.positional.count > parameters.count { throw tooMany(arguments.positional.count) }
        let missing = parameters.indices.filter { slots[$0] == nil && parameters[$0].standard == nil }
        guard missing.isEmpty else { throw lacking(missing.map { parameters[$0].name }) }
        var values = parameters.indices.map { slots[$0] ?? parameters[$0].standard ?? .none }
        values += arguments.positional.dropFirst(parameters.count)
        return Bound(values: values, parameters: parameters)
    }

    private func error(_ complaint: String) -> TemplateError {
        TemplateError(.typeError, "\(function)() \(complaint)")
    }

    private func twice(_ name: String) -> TemplateError {
        error("got multiple values for argument '\(name)'")
    }

    private func tooMany(_ count: Int) -> TemplateError {
        let (least, most) = (given.count + requiredCount, given.count + parameters.count)
        let takes =
            least == most
            ? "\(most) positional argument\(most == 1 ? "" : "s")"
            : "from \(least) to \(most) positional arguments"
        let passed = given.count + count
        return error("takes \(takes) but \(passed) \(passed == 1 ? "was" : "were") given")
    }

    private func lacking(_ names: [String]) -> TemplateError {
        let quoted = names.map { "'\($0)'" }
        let list: String
        switch quoted.count {
        case 1: list = quoted[0]
        case 2: list = "\(quoted[0]) and \(quoted[1])"
        default: list = quoted.dropLast().joined(separator: ", ") + ", and " + (quoted.last ?? "")
        }
        let plural = names.count == 1 ? "" : "s"
        return error("missing \(names.count) required positional argument\(plural): \(list)")
    }
}

// MARK: - Functions that CPython has in C

extension Parameters {
    /// Refuses any argument in the words of a function of CPython's own that takes one value: `len`, `abs`, `callable`.
    @inline(__always)
    static func expectOnlyValue(_ function: String, _ arguments: TemplateArguments) throws {
        guard arguments.positional.isEmpty && arguments.named.isEmpty else {
            throw arguments.named.isEmpty
                ? TemplateError(
                    .typeError, "\(function)() takes exactly one argument (\(arguments.positional.count + 1) given)")
                : TemplateError(.typeError, "\(function)() takes no keyword arguments")
        }
    }

    /// The one argument of a function of Python's `operator` module besides the value.
    @inline(__always)
    static func operand(_ function: String, _ arguments: TemplateArguments) throws -> TemplateValue {
        guard arguments.positional.count == 1 && arguments.named.isEmpty else {
            throw arguments.named.isEmpty
                ? TemplateError(.typeError, "\(function) expected 2 arguments, got \(arguments.positional.count + 1)")
                : TemplateError(.typeError, "_operator.\(function)() takes no keyword arguments")
        }
        return arguments.positional[0]
    }
}
