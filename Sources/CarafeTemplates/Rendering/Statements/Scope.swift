/// What happens to the slots of a scope when it is entered: they hold values of outer scopes, of the context, or nothing.
struct ScopeEntry: Sendable {
    enum Step: Sendable {
        case clear(slot: Int)
        case resolve(slot: Int, name: String)
        case copy(slot: Int, distance: Int, outerSlot: Int)
    }

    let steps: [Step]

    @inline(__always)
    func enter(_ context: TemplateContext) {
        if !steps.isEmpty { run(context) }
    }

    private func run(_ context: TemplateContext) {
        for step in steps {
            switch step {
            case .clear(let slot): context.slots[slot] = nil
            case .resolve(let slot, let name): context.slots[slot] = context.variables.resolve(name)
            case .copy(let slot, let distance, let outerSlot):
                context.slots[slot] = context.frame(at: distance).slots[outerSlot]
            }
        }
    }
}

/// The slots that are emptied when a scope is left, so that nothing sees them from then on.
struct ScopeExit: Sendable {
    let slots: [Int]

    @inline(__always)
    func leave(_ context: TemplateContext) {
        for slot in slots { context.slots[slot] = nil }
    }
}

/// Statements with a scope of their own.
final class ScopeStatement: StatementNode, @unchecked Sendable {
    private let entry: ScopeEntry
    private let exit: ScopeExit
    private let body: StatementList

    init(line: Int, entry: ScopeEntry, exit: ScopeExit, body: StatementList) {
        self.entry = entry
        self.exit = exit
        self.body = body
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        entry.enter(context)
        defer { exit.leave(context) }
        return try body.execute(context)
    }
}

/// `{% with a = 1, b = 2 %}`: the values are evaluated outside.
final class WithStatement: StatementNode, @unchecked Sendable {
    private let assignments: [(target: TargetNode, value: ExpressionNode)]
    private let entry: ScopeEntry
    private let exit: ScopeExit
    private let body: StatementList

    init(
        line: Int, assignments: [(target: TargetNode, value: ExpressionNode)], entry: ScopeEntry, exit: ScopeExit,
        body: StatementList
    ) {
        self.assignments = assignments
        self.entry = entry
        self.exit = exit
        self.body = body
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        entry.enter(context)
        defer { exit.leave(context) }
        for assignment in assignments {
            try assignment.target.assign(assignment.value.evaluate(context), context)
        }
        return try body.execute(context)
    }
}

/// `{% autoescape value %}`
final class AutoescapeStatement: StatementNode, @unchecked Sendable {
    private let value: ExpressionNode
    private let entry: ScopeEntry
    private let exit: ScopeExit
    private let body: StatementList

    init(line: Int, value: ExpressionNode, entry: ScopeEntry, exit: ScopeExit, body: StatementList) {
        self.value = value
        self.entry = entry
        self.exit = exit
        self.body = body
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        entry.enter(context)
        let previous = context.autoescape
        defer {
            context.autoescape = previous
            exit.leave(context)
        }
        context.autoescape = try value.isTrue(context)
        return try body.execute(context)
    }
}
