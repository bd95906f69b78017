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

/// Nodes one after another, which are visited without counting references: the list holds them all as long as it lives, and
/// whoever visits them holds the list. That saves a tenth of a render's time.
final class NodeList<Node: AnyObject>: @unchecked Sendable {
    let count: Int
    private let nodes: UnsafeMutablePointer<Unmanaged<Node>>

    init(_ nodes: [Node]) {
        count = nodes.count
        self.nodes = .allocate(capacity: nodes.count)
        for (index, node) in nodes.enumerated() {
            (self.nodes + index).initialize(to: Unmanaged.passRetained(node))
        }
    }

    deinit {
        for index in 0..<count { nodes[index].release() }
        nodes.deallocate()
    }

    /// Calls `body` with the node at `index`, which is less than ``count``.
    @inline(__always)
    func with<Result>(_ index: Int, _ body: (Node) throws -> Result) rethrows -> Result {
        try nodes[index]._withUnsafeGuaranteedRef { try body($0) }
    }
}

/// Statements one after another.
struct StatementList: Sendable {
    private let statements: NodeList<StatementNode>

    init(_ statements: [StatementNode]) {
        self.statements = NodeList(statements)
    }

    /// Executes them; an error gets the place of the statement that it came out of.
    @inline(__always)
    func execute(_ context: TemplateContext) throws -> Flow {
        var index = 0
        do {
            while index < statements.count {
                let flow = try statements.with(index) { try $0.execute(context) }
                if flow != .next { return flow }
                index &+= 1
            }
        } catch {
            throw context.located(error, line: statements.with(index) { $0.line })
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
