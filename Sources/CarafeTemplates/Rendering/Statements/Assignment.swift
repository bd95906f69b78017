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
        case .namespace(let object, let attribute): try namespace(object, context).setAttribute(attribute, to: value)
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

/// `{% set target = value %}` and `{% set target %}…{% endset %}`
final class AssignStatement: StatementNode, @unchecked Sendable {
    private let target: TargetNode
    private let value: ExpressionNode
    /// The names that become variables of the template, at its top level.
    private let published: [(name: String, slot: Int)]
    private let entry: ScopeEntry
    private let exit: ScopeExit

    init(
        line: Int, target: TargetNode, value: ExpressionNode, published: [(name: String, slot: Int)],
        entry: ScopeEntry = ScopeEntry(steps: []), exit: ScopeExit = ScopeExit(slots: [])
    ) {
        self.target = target
        self.value = value
        self.published = published
        self.entry = entry
        self.exit = exit
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        try target.check(context)
        entry.enter(context)
        defer { exit.leave(context) }
        try target.assign(value.evaluate(context), context)
        for item in published { context.variables.set(item.name, context.slots[item.slot], exports: true) }
        return .next
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
