/// Text and values that are printed one after another.
final class OutputStatement: StatementNode, @unchecked Sendable {
    private let pieces: NodeList<ExpressionNode>
    private let lines: [Int]
    /// Whether nothing is printed once the template has extended another.
    private let stopsAfterExtends: Bool

    init(line: Int, pieces: [(node: ExpressionNode, line: Int)], stopsAfterExtends: Bool) {
        self.pieces = NodeList(pieces.map(\.node))
        lines = pieces.map(\.line)
        self.stopsAfterExtends = stopsAfterExtends
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        if stopsAfterExtends, context.parentTemplate != nil { return .next }
        var index = 0
        do {
            while index < pieces.count {
                try pieces.with(index) { try $0.render(context) }
                index &+= 1
            }
        } catch {
            throw context.located(error, line: lines[index])
        }
        try context.state.flushIfDue(context.output)
        return .next
    }
}

/// As ``OutputStatement``, for environments with a `finalize` function.
final class FinalizedOutputStatement: StatementNode, @unchecked Sendable {
    private let pieces: [(node: ExpressionNode, line: Int)]
    private let stopsAfterExtends: Bool
    private let finalize: @Sendable (TemplateValue, TemplateContext) throws -> TemplateValue

    init(
        line: Int, pieces: [(node: ExpressionNode, line: Int)], stopsAfterExtends: Bool,
        finalize: @escaping @Sendable (TemplateValue, TemplateContext) throws -> TemplateValue
    ) {
        self.pieces = pieces
        self.stopsAfterExtends = stopsAfterExtends
        self.finalize = finalize
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        if stopsAfterExtends, context.parentTemplate != nil { return .next }
        for piece in pieces {
            do {
                if piece.node is TextNode {
                    try piece.node.render(context)
                } else {
                    try context.print(finalize(piece.node.evaluate(context), context))
                }
            } catch {
                throw context.located(error, line: piece.line)
            }
        }
        return .next
    }
}

/// As ``OutputStatement``, for environments with native types: values stay values.
final class NativeOutputStatement: StatementNode, @unchecked Sendable {
    private let pieces: [(node: ExpressionNode, line: Int)]
    private let stopsAfterExtends: Bool
    private let finalize: (@Sendable (TemplateValue, TemplateContext) throws -> TemplateValue)?

    init(
        line: Int, pieces: [(node: ExpressionNode, line: Int)], stopsAfterExtends: Bool,
        finalize: (@Sendable (TemplateValue, TemplateContext) throws -> TemplateValue)?
    ) {
        self.pieces = pieces
        self.stopsAfterExtends = stopsAfterExtends
        self.finalize = finalize
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        if stopsAfterExtends, context.parentTemplate != nil { return .next }
        for piece in pieces {
            do {
                let value = try piece.node.evaluate(context)
                let isText = piece.node is TextNode
                context.state.nativeParts?.append(try isText ? value : finalize?(value, context) ?? value)
            } catch {
                throw context.located(error, line: piece.line)
            }
        }
        return .next
    }
}

/// `{% do expression %}`
final class ExpressionStatement: StatementNode, @unchecked Sendable {
    private let expression: ExpressionNode

    init(line: Int, _ expression: ExpressionNode) {
        self.expression = expression
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        _ = try expression.evaluate(context)
        return .next
    }
}

/// `{% filter name %}…{% endfilter %}`
final class FilterBlockStatement: StatementNode, @unchecked Sendable {
    private let capture: CaptureNode
    private let entry: ScopeEntry
    private let exit: ScopeExit
    /// The filters, whose innermost input is the captured text.
    private let filter: ExpressionNode

    init(line: Int, entry: ScopeEntry, exit: ScopeExit, capture: CaptureNode, filter: ExpressionNode) {
        self.entry = entry
        self.exit = exit
        self.capture = capture
        self.filter = filter
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        entry.enter(context)
        defer { exit.leave(context) }
        guard context.state.nativeParts == nil else {
            try context.emit(filter)
            return .next
        }
        // As it is: what the body printed was escaped there, and not each filter keeps the knowledge of that.
        try context.output.append(try filter.evaluate(context).text)
        return .next
    }
}

/// What statements print, as a value: the body of a filter block or of a block assignment.
final class CaptureNode: ExpressionNode, @unchecked Sendable {
    private let body: StatementList

    init(_ body: StatementList) {
        self.body = body
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        try context.capture { _ = try body.execute(context) }
    }
}

extension TemplateContext {
    /// What `body` prints: markup where output is escaped, since it has been then.
    func capture(_ body: () throws -> Void) throws -> TemplateValue {
        if let before = state.nativeParts { return try captureNatively(before, body) }
        let start = output.count
        do {
            try state.capturing(body)
        } catch {
            output.discard(from: start)
            throw error
        }
        let text = output.takeString(from: start)
        return autoescape ? .markup(text) : .string(text)
    }

    private func captureNatively(_ before: [TemplateValue], _ body: () throws -> Void) throws -> TemplateValue {
        state.nativeParts = []
        defer { state.nativeParts = before }
        try body()
        return try NativeConcatenation.value(of: state.nativeParts ?? [])
    }

    /// Prints the value of a node.
    func emit(_ node: ExpressionNode) throws {
        if state.nativeParts == nil {
            try node.render(self)
        } else {
            let value = try node.evaluate(self)
            state.nativeParts?.append(value)
        }
    }
}
