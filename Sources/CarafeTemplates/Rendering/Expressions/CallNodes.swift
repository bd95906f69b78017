/// The arguments of a call, filter or test.
final class ArgumentsNode: @unchecked Sendable {
    private let positional: [ExpressionNode]
    private let named: [(name: String, value: ExpressionNode)]
    private let unpackedPositional: ExpressionNode?
    private let unpackedNamed: ExpressionNode?
    /// The arguments, where they are the same each time.
    private let constant: TemplateArguments?

    init(
        positional: [ExpressionNode], named: [(name: String, value: ExpressionNode)],
        unpackedPositional: ExpressionNode?, unpackedNamed: ExpressionNode?
    ) {
        self.positional = positional
        self.named = named
        self.unpackedPositional = unpackedPositional
        self.unpackedNamed = unpackedNamed
        let values = positional.compactMap { ($0 as? ConstantNode)?.value }
        let namedValues = named.compactMap { item in (item.value as? ConstantNode).map { (item.name, $0.value) } }
        let isConstant =
            values.count == positional.count && namedValues.count == named.count && unpackedPositional == nil
            && unpackedNamed == nil
        constant = isConstant ? TemplateArguments(values, named: namedValues) : nil
    }

    /// The constant arguments by position, where there are only such.
    var constantPositional: [TemplateValue]? {
        guard let constant, constant.named.isEmpty else { return nil }
        return constant.positional
    }

    @inline(__always)
    func evaluate(_ context: TemplateContext) throws -> TemplateArguments {
        if let constant { return constant }
        return try evaluateEach(context)
    }

    private func evaluateEach(_ context: TemplateContext) throws -> TemplateArguments {
        var arguments = TemplateArguments()
        arguments.positional.reserveCapacity(positional.count)
        for node in positional { arguments.positional.append(try node.evaluate(context)) }
        for item in named { arguments.named.append((item.name, try item.value.evaluate(context))) }
        if let unpackedPositional {
            let value = try unpackedPositional.evaluate(context)
            switch value {
            case .none, .bool, .int, .bigInt, .double:
                throw TemplateError(.typeError, "Value after * must be an iterable, not \(value.typeName)")
            default: arguments.positional += try value.elements()
            }
        }
        if let unpackedNamed { try unpack(unpackedNamed.evaluate(context), into: &arguments) }
        return arguments
    }

    private func unpack(_ value: TemplateValue, into arguments: inout TemplateArguments) throws {
        if case .undefined(let undefined) = value { throw undefined.error() }
        guard case .dict(let dict) = try value.plain else {
            throw TemplateError(
                .typeError, "jinja2.runtime.Context.call() argument after ** must be a mapping, not \(value.typeName)")
        }
        for entry in dict.storage.entries {
            guard case .string(let name) = entry.key else {
                throw TemplateError(.typeError, "keywords must be strings")
            }
            if arguments.named.contains(where: { isSameText($0.name, name) }) {
                throw TemplateError(
                    .typeError, "jinja2.runtime.Context.call() got multiple values for keyword argument '\(name)'")
            }
            arguments.named.append((name, try entry.value.touched))
        }
    }
}

/// `callee(arguments)`
final class CallNode: ExpressionNode, @unchecked Sendable {
    private let callee: ExpressionNode
    private let arguments: ArgumentsNode
    private let place: SetPlace
    /// The call block's body, passed as `caller`.
    private let caller: MacroNode?

    init(_ callee: ExpressionNode, _ arguments: ArgumentsNode, at place: SetPlace, caller: MacroNode? = nil) {
        self.callee = callee
        self.arguments = arguments
        self.place = place
        self.caller = caller
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let function = try callee.evaluate(context)
        return try context.call(function, evaluateArguments(context), at: place).touched
    }

    /// Macros, blocks and recursive loops print themselves without making a string first.
    override func render(_ context: TemplateContext) throws {
        let function = try callee.evaluate(context)
        let arguments = try evaluateArguments(context)
        if case .object(let object) = function, let printing = object as? any PrintingObject {
            try printing.render(arguments, in: context)
        } else {
            try context.print(context.call(function, arguments, at: place))
        }
    }

    private func evaluateArguments(_ context: TemplateContext) throws -> TemplateArguments {
        var arguments = try arguments.evaluate(context)
        if let caller {
            if arguments.named.contains(where: { $0.name == "caller" }) {
                throw TemplateError(
                    .typeError, "jinja2.runtime.Context.call() got multiple values for keyword argument 'caller'")
            }
            arguments.named.append(("caller", .object(caller.makeMacro(context))))
        }
        return arguments
    }
}

/// `object.name(arguments)`: the methods of text, lists and dictionaries are called without being made values first.
final class MethodCallNode: ExpressionNode, @unchecked Sendable {
    private let object: ExpressionNode
    private let name: String
    private let place: SetPlace
    private let arguments: ArgumentsNode

    init(_ object: ExpressionNode, name: String, _ arguments: ArgumentsNode, at place: SetPlace) {
        self.object = object
        self.name = name
        self.place = place
        self.arguments = arguments
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let receiver = try object.evaluate(context)
        switch receiver {
        case .object, .undefined:
            let function = try context.environment.getAttribute(receiver, name)
            return try context.call(function, arguments.evaluate(context), at: place).touched
        default:
            if let method = PythonMethods.method(of: receiver, named: name) {
                return try method(receiver, arguments.evaluate(context), context).touched
            }
            let function = try context.environment.getAttribute(receiver, name)
            return try context.call(function, arguments.evaluate(context), at: place).touched
        }
    }

    override func render(_ context: TemplateContext) throws {
        let receiver = try object.evaluate(context)
        if case .object = receiver {
            let function = try context.environment.getAttribute(receiver, name)
            let arguments = try arguments.evaluate(context)
            if case .object(let object) = function, let printing = object as? any PrintingObject {
                return try printing.render(arguments, in: context)
            }
            return try context.print(context.call(function, arguments, at: place))
        }
        try context.print(evaluate(context))
    }
}

/// An object whose call gives a piece of the page: a macro, a block, a recursive loop.
protocol PrintingObject: TemplateObject {
    /// Prints what the call would give.
    func render(_ arguments: TemplateArguments, in context: TemplateContext) throws
}

extension TemplateContext {
    /// Calls a value, as `value(arguments)`.
    func call(_ function: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
        switch function {
        case .object(let object):
            if environment.options.sandbox != .none {
                let policy = SandboxPolicy(environment.options.sandbox)
                if !policy.isSafeCallable(function) { throw try policy.unsafeCall(function) }
            }
            return try object.call(arguments, in: self)
        case .undefined(let undefined): throw undefined.error()
        default: throw TemplateError(.typeError, "'\(function.typeName)' object is not callable")
        }
    }
}
