extension TemplateSyntax {
    /// Calls `body` with every expression of `statements`, each before those inside it, in the order of Jinja's `find_all`.
    static func visit(_ statements: [Statement], _ body: (Expression) -> Void) {
        for statement in statements { visit(statement, body) }
    }

    private static func visit(_ statement: Statement, _ body: (Expression) -> Void) {
        switch statement.kind {
        case .output(let parts): visit(parts, body)
        case .extends(let value), .expression(let value), .assign(_, let value): visit(value, body)
        case .include(let template, _, _), .importTemplate(let template, _, _), .fromImport(let template, _, _):
            visit(template, body)
        case .for(let loop):
            visit(loop.iterable, body)
            visit(loop.body, body)
            visit(loop.alternative, body)
            loop.filter.map { visit($0, body) }
        case .if(let branches, let alternative):
            for branch in branches {
                visit(branch.test, body)
                visit(branch.body, body)
            }
            visit(alternative, body)
        case .macro(_, let signature, let content):
            visit(signature.defaults, body)
            visit(content, body)
        case .callBlock(let call, let signature, let content):
            visit(call, body)
            visit(signature.defaults, body)
            visit(content, body)
        case .filterBlock(let filter, let content):
            visit(content, body)
            visit(filter, body)
        case .with(_, let values, let content):
            visit(values, body)
            visit(content, body)
        case .block(let block): visit(block.body, body)
        case .assignBlock(_, let filter, let content):
            filter.map { visit($0, body) }
            visit(content, body)
        case .autoescape(let setting, let content):
            visit(setting, body)
            visit(content, body)
        case .scope(let content): visit(content, body)
        case .break, .continue: break
        }
    }

    private static func visit(_ expressions: [Expression], _ body: (Expression) -> Void) {
        for expression in expressions { visit(expression, body) }
    }

    private static func visit(_ expression: Expression, _ body: (Expression) -> Void) {
        body(expression)
        expression.forEachChild { visit($0, body) }
    }
}

extension TemplateSyntax {
    /// Calls `body` with every statement of `statements`, each before those inside it, in the order of Jinja's `find_all`.
    static func visitStatements(_ statements: [Statement], _ body: (Statement) -> Void) {
        for statement in statements {
            body(statement)
            switch statement.kind {
            case .for(let loop):
                visitStatements(loop.body, body)
                visitStatements(loop.alternative, body)
            case .if(let branches, let alternative):
                for branch in branches { visitStatements(branch.body, body) }
                visitStatements(alternative, body)
            case .block(let block): visitStatements(block.body, body)
            case .macro(_, _, let content), .callBlock(_, _, let content), .filterBlock(_, let content),
                .with(_, _, let content), .assignBlock(_, _, let content), .autoescape(_, let content),
                .scope(let content):
                visitStatements(content, body)
            case .output, .extends, .include, .importTemplate, .fromImport, .expression, .assign, .break, .continue:
                break
            }
        }
    }
}
