/// What a value is assigned to.
indirect enum TargetNode: Sendable {
    case slot(Int)
    case tuple([TargetNode])
    case namespace(ExpressionNode, attribute: String)

    /// Assigns the value; a tuple takes it apart.
    @inline(__always)
    func assign(_ value: TemplateValue, _ context: TemplateContext) throws {
        if case .slot(let slot) = self {
            context.slots[slot] = value
        } else {
            try assignParts(value, context)
        }
    }

    private func assignParts(_ value: TemplateValue, _ context: TemplateContext) throws {
        switch self {
        case .slot(let slot): context.slots[slot] = value
        case .namespace(let object, let attribute):
            try Self.set(attribute, of: object.evaluate(context), value, context)
        case .tuple(let targets):
            let values = try unpacked(value, count: targets.count)
            for (target, value) in zip(targets, values) { try target.assignParts(value, context) }
        }
    }

    /// Fails before anything is evaluated where an attribute of something else than a namespace is assigned.
    func check(_ context: TemplateContext) throws {
        switch self {
        case .slot: break
        case .tuple(let targets): for target in targets { try target.check(context) }
        case .namespace(let object, _): _ = try namespace(object, context)
        }
    }

    /// What was not checked before gets an item, where it takes one: so it is with Jinja's block assignments.
    private static func set(
        _ attribute: String, of object: TemplateValue, _ value: TemplateValue, _ context: TemplateContext
    ) throws {
        switch object {
        case .object(let object as TemplateNamespace): object.setAttribute(attribute, to: value, in: context.state)
        case .dict(let dict) where context.environment.options.sandbox != .immutable: dict[attribute] = value
        case .list: throw TemplateError(.typeError, "list indices must be integers or slices, not str")
        default:
            var name = object.typeName
            // What Jinja's code holds for a variable that was not found.
            if case .undefined(let undefined) = object, case .name = undefined.subject { name = "_MissingType" }
            throw TemplateError(.typeError, "'\(name)' object does not support item assignment")
        }
    }

    private func namespace(_ object: ExpressionNode, _ context: TemplateContext) throws -> TemplateNamespace {
        guard case .object(let value) = try object.evaluate(context), let namespace = value as? TemplateNamespace else {
            throw TemplateError(.runtime, "cannot assign attribute on non-namespace object")
        }
        return namespace
    }

    /// The values of a sequence of exactly `count`; no more than one past them is asked for.
    private func unpacked(_ value: TemplateValue, count: Int) throws -> [TemplateValue] {
        switch value {
        case .tuple(let values) where values.count == count: return values.elements
        case .none, .bool, .int, .bigInt, .double:
            throw TemplateError(.typeError, "cannot unpack non-iterable \(value.typeName) object")
        default: break
        }
        let iterator = try value.makeIterator()
        var values: [TemplateValue] = []
        while let next = try iterator.next() {
            if values.count == count {
                throw TemplateError(.valueError, "too many values to unpack (expected \(count))")
            }
            values.append(next)
        }
        if values.count < count {
            throw TemplateError(
                .valueError, "not enough values to unpack (expected \(count), got \(values.count))")
        }
        return values
    }
}

/// The names that an assignment sets, for those who see them by other ways than the slots.
struct AssignedNames: Sendable {
    private let names: [(name: String, slot: Int)]
    /// Whether they become variables of the template.
    private let arePublished: Bool
    private let place: SetPlace

    init(_ names: [(name: String, slot: Int)], _ scope: CompilerScope) {
        arePublished = scope.isTopLevel
        place = scope.place
        self.names = arePublished || place != .elsewhere ? names : []
    }

    @inline(__always)
    func tell(_ context: TemplateContext) {
        for item in names {
            let value = context.slots[item.slot]
            if arePublished {
                context.variables.set(item.name, value, exports: true)
            } else if let value {
                context.note(item.name, value, in: place)
            }
        }
    }
}

/// `{% set target = value %}` and `{% set target %}…{% endset %}`
final class AssignStatement: StatementNode, @unchecked Sendable {
    private let target: TargetNode
    private let value: ExpressionNode
    private let names: AssignedNames
    /// The line of the error for what is no namespace; nil where nothing asks for one before.
    private let checkLine: Int?
    private let entry: ScopeEntry
    private let exit: ScopeExit

    init(
        line: Int, checkLine: Int?, target: TargetNode, value: ExpressionNode, names: AssignedNames,
        entry: ScopeEntry = ScopeEntry(steps: []), exit: ScopeExit = ScopeExit(slots: [])
    ) {
        self.target = target
        self.value = value
        self.checkLine = checkLine
        self.names = names
        self.entry = entry
        self.exit = exit
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        if let checkLine { try check(context, checkLine) }
        entry.enter(context)
        defer { exit.leave(context) }
        try target.assign(value.evaluate(context), context)
        names.tell(context)
        return .next
    }

    private func check(_ context: TemplateContext, _ line: Int) throws {
        do {
            try target.check(context)
        } catch {
            throw context.located(error, line: line)
        }
    }
}

/// The value of a block assignment: markup where output is escaped, whatever its filters gave.
final class BlockAssignmentNode: ExpressionNode, @unchecked Sendable {
    private let value: ExpressionNode

    init(_ value: ExpressionNode) {
        self.value = value
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try value.evaluate(context)
        guard context.autoescape else { return value }
        return .markup(try value.html ?? value.text)
    }
}
