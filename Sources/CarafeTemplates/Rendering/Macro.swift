/// A macro or the body of a call block, compiled.
final class MacroCode: @unchecked Sendable {
    /// nil for the body of a call block.
    let name: String?
    let parameters: [(name: String, slot: Int)]
    /// The defaults of the last parameters.
    let defaults: [ExpressionNode]
    /// Where the special variables live, if the body uses them.
    let callerSlot: Int?
    let kwargsSlot: Int?
    let varargsSlot: Int?
    let hasExplicitCaller: Bool
    let slotCount: Int
    let entry: ScopeEntry
    let body: StatementList
    /// The line of its tag.
    let line: Int
    let origin: CodeOrigin

    init(
        name: String?, parameters: [(name: String, slot: Int)], defaults: [ExpressionNode], callerSlot: Int?,
        kwargsSlot: Int?, varargsSlot: Int?, slotCount: Int, entry: ScopeEntry, body: StatementList, line: Int,
        origin: CodeOrigin
    ) {
        self.name = name
        self.parameters = parameters
        self.defaults = defaults
        self.callerSlot = callerSlot
        self.kwargsSlot = kwargsSlot
        self.varargsSlot = varargsSlot
        hasExplicitCaller = parameters.contains { $0.name == "caller" }
        self.slotCount = slotCount
        self.entry = entry
        self.body = body
        self.line = line
        self.origin = origin
    }
}

/// Makes the macro when its tag is reached.
final class MacroNode: @unchecked Sendable {
    private let code: MacroCode

    init(_ code: MacroCode) {
        self.code = code
    }

    func makeMacro(_ context: TemplateContext) -> Macro { Macro(code, context) }
}

/// `{% macro name(parameters) %}`
final class MacroStatement: StatementNode, @unchecked Sendable {
    private let macro: MacroNode
    private let slot: Int
    /// The name under which the template publishes it, at its top level.
    private let published: String?

    init(line: Int, macro: MacroNode, slot: Int, published: String?) {
        self.macro = macro
        self.slot = slot
        self.published = published
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        let value = TemplateValue.object(macro.makeMacro(context))
        context.slots[slot] = value
        if let published { context.variables.set(published, value, exports: true) }
        return .next
    }
}

/// A macro: a function that prints, and the frame whose variables it sees.
///
/// The frame does not change any more when the macro is called from elsewhere: hence the unchecked conformance.
final class Macro: PrintingObject, @unchecked Sendable {
    let typeName = "jinja2.runtime.Macro"
    private let code: MacroCode
    private let outer: TemplateContext
    private let autoescape: Bool

    init(_ code: MacroCode, _ outer: TemplateContext) {
        self.code = code
        self.outer = outer
        autoescape = outer.autoescape
        outer.keep()
    }

    let isCallable = true
    var isTrue: Bool { true }
    var representation: String {
        get throws { try "<Macro \(code.name.map { try TemplateValue.string($0).representation } ?? "anonymous")>" }
    }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try context.capture { try render(arguments, in: context) }
    }

    func render(_ arguments: TemplateArguments, in context: TemplateContext) throws {
        try context.state.nested {
            let frame = TemplateContext(
                variables: outer.variables, code: code.origin, state: context.state, outer: outer,
                output: context.output, slotCount: code.slotCount, autoescape: autoescape)
            code.entry.enter(frame)
            try bind(arguments, frame)
            _ = try code.body.execute(frame)
        }
    }

    /// Puts the arguments into the parameters' slots, as Jinja's `Macro.__call__` does, and the defaults into those that are
    /// left.
    private func bind(_ arguments: TemplateArguments, _ frame: TemplateContext) throws {
        let parameters = code.parameters
        let positionalCount = min(arguments.positional.count, parameters.count)
        for index in 0..<positionalCount { frame.slots[parameters[index].slot] = arguments.positional[index] }

        var named = arguments.named
        var hasCaller = code.hasExplicitCaller
        if positionalCount < parameters.count {
            hasCaller = false
            for parameter in parameters[positionalCount...] {
                if let value = Self.take(parameter.name, from: &named) { frame.slots[parameter.slot] = value }
                if parameter.name == "caller" { hasCaller = true }
            }
        }
        if let callerSlot = code.callerSlot, !hasCaller {
            frame.slots[callerSlot] =
                Self.take("caller", from: &named) ?? frame.undefined(.hint("No caller defined"))
        }
        try bindRest(arguments, named, frame)
        do {
            try fillDefaults(frame)
        } catch {
            throw frame.located(error, line: code.line)
        }
    }

    private func fillDefaults(_ frame: TemplateContext) throws {
        let parameters = code.parameters
        for (index, parameter) in parameters.enumerated() where frame.slots[parameter.slot] == nil {
            let defaultIndex = index - (parameters.count - code.defaults.count)
            frame.slots[parameter.slot] =
                defaultIndex >= 0
                ? try code.defaults[defaultIndex].evaluate(frame)
                : frame.undefined(.hint("parameter '\(parameter.name)' was not provided"))
        }
    }

    private func bindRest(
        _ arguments: TemplateArguments, _ named: [(name: String, value: TemplateValue)], _ frame: TemplateContext
    ) throws {
        let name = code.name.map { "'\($0)'" } ?? "None"
        if let slot = code.kwargsSlot {
            var storage = TemplateDictStorage()
            for item in named { storage[try TemplateValue.string(item.name).key()] = item.value }
            frame.slots[slot] = .dict(TemplateDict(storage))
        } else if let first = named.first {
            if named.contains(where: { $0.name == "caller" }) {
                throw TemplateError(
                    .typeError,
                    "macro \(name) was invoked with two values for the special caller argument. This is most likely a bug."
                )
            }
            throw TemplateError(.typeError, "macro \(name) takes no keyword argument '\(first.name)'")
        }
        let parameterCount = code.parameters.count
        if let slot = code.varargsSlot {
            frame.slots[slot] = .tuple(TemplateTuple(Array(arguments.positional.dropFirst(parameterCount))))
        } else if arguments.positional.count > parameterCount {
            throw TemplateError(.typeError, "macro \(name) takes not more than \(parameterCount) argument(s)")
        }
    }

    private static func take(
        _ name: String, from named: inout [(name: String, value: TemplateValue)]
    ) -> TemplateValue? {
        guard let index = named.firstIndex(where: { isSameText($0.name, name) }) else { return nil }
        return named.remove(at: index).value
    }

    /// `name`, `arguments`, `caller`, `catch_kwargs` and `catch_varargs`, as Jinja's macros have them.
    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "name": code.name.map { .string($0) } ?? TemplateValue.none
        case "arguments": .tuple(TemplateTuple(code.parameters.map { .string($0.name) }))
        case "caller": .bool(code.callerSlot != nil || code.hasExplicitCaller)
        case "catch_kwargs": .bool(code.kwargsSlot != nil)
        case "catch_varargs": .bool(code.varargsSlot != nil)
        default: nil
        }
    }
}

/// `{% call(parameters) macro(arguments) %}…{% endcall %}`
final class CallBlockStatement: StatementNode, @unchecked Sendable {
    private let call: ExpressionNode

    init(line: Int, call: ExpressionNode) {
        self.call = call
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        try context.emit(call)
        return .next
    }
}
