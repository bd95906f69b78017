/// `{% for … recursive %}`: a loop whose body has frames of its own, because it calls itself.
final class RecursiveForStatement: StatementNode, @unchecked Sendable {
    private let iterable: ExpressionNode
    private let code: RecursiveCode

    init(line: Int, iterable: ExpressionNode, code: RecursiveCode) {
        self.iterable = iterable
        self.code = code
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        let value = try iterable.evaluate(context)
        try RecursiveLoop(code, context).render(value, depth: 0, in: context)
        return .next
    }
}

/// The body of a recursive loop.
final class RecursiveCode: @unchecked Sendable {
    let body: ForBody
    let slotCount: Int
    /// See ``CodeOrigin/slotNames``.
    let slotNames: [(name: String, slot: Int)]

    init(body: ForBody, slotCount: Int, slotNames: [(name: String, slot: Int)]) {
        self.body = body
        self.slotCount = slotCount
        self.slotNames = slotNames
    }
}

/// A recursive loop in the frame in which it started: what `loop(children)` calls.
final class RecursiveLoop {
    private let code: RecursiveCode
    private let outer: TemplateContext
    private let origin: CodeOrigin

    init(_ code: RecursiveCode, _ outer: TemplateContext) {
        self.code = code
        self.outer = outer
        origin =
            outer.code.slotNames.isEmpty && code.slotNames.isEmpty
            ? outer.code : outer.code.function(outer.code.function, slotNames: code.slotNames)
        outer.keep()
    }

    /// Runs the loop over `iterable` and prints to where `context` prints.
    func render(_ iterable: TemplateValue, depth: Int, in context: TemplateContext) throws {
        try context.state.nested {
            let frame = TemplateContext(
                variables: outer.variables, code: origin, state: context.state, outer: outer,
                output: context.output, slotCount: code.slotCount, autoescape: outer.autoescape)
            frame.parentTemplate = nil
            frame.block = outer.block
            try code.body.run(over: iterable, frame, recursion: self, depth: depth)
        }
    }
}
