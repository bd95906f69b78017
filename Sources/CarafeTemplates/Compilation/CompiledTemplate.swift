/// A template ready to run. It never changes, so any number of threads render it at once.
final class CompiledTemplate: @unchecked Sendable {
    let name: String?
    let filename: String?
    let origin: CodeOrigin
    let autoescape: Bool
    let slotCount: Int
    /// Where the special variable `self` lives, if the template uses it outside of blocks.
    let selfSlot: Int?
    let entry: ScopeEntry
    let body: StatementList
    let blocks: [String: BlockCode]
    /// The blocks as they are in force when this template is rendered itself.
    let table: BlockTable
    /// Whether the source that it was made of is still the current one.
    let isUpToDate: @Sendable () -> Bool

    init(
        origin: CodeOrigin, autoescape: Bool, slotCount: Int, selfSlot: Int?, entry: ScopeEntry, body: StatementList,
        blocks: [String: BlockCode], isUpToDate: @escaping @Sendable () -> Bool
    ) {
        name = origin.template
        filename = origin.filename
        self.origin = origin
        self.autoescape = autoescape
        self.slotCount = slotCount
        self.selfSlot = selfSlot
        self.entry = entry
        self.body = body
        self.blocks = blocks
        table = BlockTable(blocks.mapValues { [$0] })
        self.isUpToDate = isUpToDate
    }

    /// Runs the template's code and then that of the template that it extends.
    func render(_ variables: Variables, _ state: RenderState, _ output: RenderOutput) throws {
        try state.nested {
            let frame = TemplateContext(
                variables: variables, code: origin, state: state, output: output, slotCount: slotCount,
                autoescape: autoescape)
            if let selfSlot {
                frame.slots[selfSlot] = .object(TemplateReference(variables))
                frame.keep()
            }
            entry.enter(frame)
            _ = try body.execute(frame)
            try frame.parentTemplate?.render(variables, state, output)
        }
    }
}
