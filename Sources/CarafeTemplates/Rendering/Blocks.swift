import Synchronization

/// A block, compiled.
final class BlockCode: @unchecked Sendable {
    let name: String
    let slotCount: Int
    /// Where the special variables `self` and `super` live, if the block uses them.
    let selfSlot: Int?
    let superSlot: Int?
    let entry: ScopeEntry
    let body: StatementList
    let origin: CodeOrigin
    let autoescape: Bool

    init(
        name: String, slotCount: Int, selfSlot: Int?, superSlot: Int?, entry: ScopeEntry, body: StatementList,
        origin: CodeOrigin, autoescape: Bool
    ) {
        self.name = name
        self.slotCount = slotCount
        self.selfSlot = selfSlot
        self.superSlot = superSlot
        self.entry = entry
        self.body = body
        self.origin = origin
        self.autoescape = autoescape
    }
}

/// The blocks that are in force while a template is rendered: for each name the most derived first, its parents behind it.
final class BlockTable: Sendable {
    static let empty = BlockTable([:])

    private let stacks: [String: [BlockCode]]
    /// The tables of templates that were extended before, so that a page and its layout are put together once.
    private let extended = Mutex<[ObjectIdentifier: (parent: CompiledTemplate, table: BlockTable)]>([:])

    init(_ stacks: [String: [BlockCode]]) {
        self.stacks = stacks
    }

    func stack(_ name: String) -> [BlockCode] { stacks[name] ?? [] }

    var isEmpty: Bool { stacks.isEmpty }

    /// These blocks and behind them those of `parent`.
    func extended(by parent: CompiledTemplate) -> BlockTable {
        extended.withLock { known in
            if let table = known[ObjectIdentifier(parent)]?.table { return table }
            var stacks = stacks
            for (name, block) in parent.blocks { stacks[name, default: []].append(block) }
            let table = BlockTable(stacks)
            // A template whose parent changes with each request must not gather all of them.
            if known.count >= 16 { known.removeAll() }
            known[ObjectIdentifier(parent)] = (parent, table)
            return table
        }
    }
}

extension TemplateContext {
    /// Prints the block `name` that is `index` steps behind the most derived one.
    func renderBlock(_ name: String, at index: Int, variables: Variables) throws {
        let stack = variables.blocks.stack(name)
        guard index < stack.count else {
            throw TemplateError(.keyError, "'\(name)'")
        }
        let block = stack[index]
        try state.nested {
            let frame = TemplateContext(
                variables: variables, code: block.origin, state: state, output: output, slotCount: block.slotCount,
                autoescape: block.autoescape)
            frame.block = (name, index)
            if let slot = block.selfSlot { frame.slots[slot] = .object(TemplateReference(variables)) }
            if let slot = block.superSlot { frame.slots[slot] = BlockReference.parent(name, index, variables) }
            if block.selfSlot != nil || block.superSlot != nil { frame.keep() }
            block.entry.enter(frame)
            _ = try block.body.execute(frame)
        }
    }
}

/// `{% block name %}`, where it is printed.
final class BlockStatement: StatementNode, @unchecked Sendable {
    private let name: String
    private let isRequired: Bool
    /// Whether nothing is printed once the template has extended another.
    private let stopsAfterExtends: Bool
    /// The variables that a scoped block sees.
    private let locals: LocalVariables?

    init(line: Int, name: String, isRequired: Bool, stopsAfterExtends: Bool, locals: LocalVariables?) {
        self.name = name
        self.isRequired = isRequired
        self.stopsAfterExtends = stopsAfterExtends
        self.locals = locals
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        if stopsAfterExtends, context.parentTemplate != nil { return .next }
        if isRequired, context.variables.blocks.stack(name).count <= 1 {
            throw TemplateError(.runtime, "Required block '\(name)' not found")
        }
        let variables = locals.map { context.variables.derived(with: $0.values(context)) } ?? context.variables
        try context.renderBlock(name, at: 0, variables: variables)
        return .next
    }
}

/// The variables that can be seen at a place in the code, gathered for what is included or imported there.
struct LocalVariables: Sendable {
    let variables: [(name: String, distance: Int, slot: Int)]

    func values(_ context: TemplateContext) -> [String: TemplateValue] {
        var values: [String: TemplateValue] = [:]
        for variable in variables {
            if let value = context.frame(at: variable.distance).slots[variable.slot] { values[variable.name] = value }
        }
        return values
    }
}

/// The special variable `self`: `self.title()` prints the block `title`.
final class TemplateReference: TemplateObject, @unchecked Sendable {  // Used by the render's thread alone.
    let typeName = "jinja2.runtime.TemplateReference"
    private let variables: Variables

    init(_ variables: Variables) {
        self.variables = variables
    }

    func item(_ key: TemplateValue) throws -> TemplateValue? {
        guard case .string(let name) = key, !variables.blocks.stack(name).isEmpty else { return nil }
        return .object(BlockReference(name, 0, variables))
    }

    var isTrue: Bool { true }
    var representation: String {
        get throws {
            let name = try variables.templateName.map { try TemplateValue.string($0).representation } ?? "None"
            return "<TemplateReference \(name)>"
        }
    }
}

/// A block as a value: what `self.title` and `super` are.
final class BlockReference: PrintingObject, @unchecked Sendable {  // Used by the render's thread alone.
    let typeName = "jinja2.runtime.BlockReference"
    private let name: String
    private let index: Int
    private let variables: Variables

    init(_ name: String, _ index: Int, _ variables: Variables) {
        self.name = name
        self.index = index
        self.variables = variables
    }

    /// The block behind the one at `index`, or an undefined value that says that there is none.
    static func parent(_ name: String, _ index: Int, _ variables: Variables) -> TemplateValue {
        guard index + 1 < variables.blocks.stack(name).count else {
            return variables.environment.undefined(.hint("there is no parent block called '\(name)'."))
        }
        return .object(BlockReference(name, index + 1, variables))
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        name == "super" ? Self.parent(self.name, index, variables) : nil
    }

    let isCallable = true
    var isTrue: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try context.capture { try render(arguments, in: context) }
    }

    func render(_ arguments: TemplateArguments, in context: TemplateContext) throws {
        guard arguments.positional.isEmpty, arguments.named.isEmpty else {
            throw TemplateError(.typeError, "BlockReference.__call__() takes no arguments")
        }
        try context.renderBlock(name, at: index, variables: variables)
    }
}
