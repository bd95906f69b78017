/// `{% if %}`, `{% elif %}`, `{% else %}`
final class IfStatement: StatementNode, @unchecked Sendable {
    private let branches: [(test: ExpressionNode, line: Int, body: StatementList)]
    private let alternative: StatementList

    init(
        line: Int, branches: [(test: ExpressionNode, line: Int, body: StatementList)], alternative: StatementList
    ) {
        self.branches = branches
        self.alternative = alternative
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        var index = 0
        while index < branches.count {
            let isTrue: Bool
            do {
                isTrue = try branches[index].test.isTrue(context)
            } catch {
                throw context.located(error, line: index == 0 ? line : branches[index].line)
            }
            if isTrue { return try branches[index].body.execute(context) }
            index &+= 1
        }
        return try alternative.execute(context)
    }
}

/// `{% break %}` and `{% continue %}`
final class JumpStatement: StatementNode, @unchecked Sendable {
    private let flow: Flow

    init(line: Int, _ flow: Flow) {
        self.flow = flow
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow { flow }
}
