/// An expression, compiled: a tree of objects that evaluate themselves in a frame.
///
/// Nodes never change once they are made, so one compiled template serves any number of threads: hence the unchecked
/// conformance, which every subclass keeps by having only constants.
class ExpressionNode: @unchecked Sendable {
    /// The value.
    func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        preconditionFailure("\(type(of: self)) does not evaluate")
    }

    /// Prints the value, escaped if that is due. Nodes that can print without making the value do so.
    func render(_ context: TemplateContext) throws {
        try context.print(evaluate(context))
    }

    /// Whether the value is true.
    func isTrue(_ context: TemplateContext) throws -> Bool {
        try evaluate(context).isTrue
    }
}

/// A tag or a run of output, compiled. See ``ExpressionNode`` on sharing.
class StatementNode: @unchecked Sendable {
    /// The line on which it starts.
    let line: Int

    init(line: Int) {
        self.line = line
    }

    /// Does what the tag says.
    func execute(_ context: TemplateContext) throws -> Flow {
        preconditionFailure("\(type(of: self)) does not execute")
    }
}

/// How execution goes on after a statement.
enum Flow {
    case next
    /// The next turn of the innermost loop.
    case `continue`
    /// The end of the innermost loop.
    case `break`
}

/// Statements one after another.
struct StatementList: Sendable {
    let statements: [StatementNode]

    init(_ statements: [StatementNode]) {
        self.statements = statements
    }

    /// Executes them; an error gets the place of the statement that it came out of.
    @inline(__always)
    func execute(_ context: TemplateContext) throws -> Flow {
        for statement in statements {
            let flow: Flow
            do {
                flow = try statement.execute(context)
            } catch {
                throw context.located(error, line: statement.line)
            }
            if flow != .next { return flow }
        }
        return .next
    }
}

extension TemplateContext {
    /// Prints a value, escaped if that is due here.
    @inline(__always)
    func print(_ value: TemplateValue) throws {
        switch value {
        case .string(let text): try autoescape ? output.appendEscaped(text) : output.append(text)
        case .markup(let text): try output.append(text)
        case .int(let number): try output.append(number)
        default: try printOther(value)
        }
    }

    @inline(never)
    private func printOther(_ value: TemplateValue) throws {
        guard autoescape else { return try output.append(value.text) }
        if let html = try value.html {
            try output.append(html)
        } else {
            try output.appendEscaped(value.text)
        }
    }
}
