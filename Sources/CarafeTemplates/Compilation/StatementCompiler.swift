extension Compiler {
    /// Compiles statements; what follows a second `extends` is left out, since it is never reached.
    func compile(_ statements: [TemplateSyntax.Statement], _ scope: CompilerScope) throws -> StatementList {
        var nodes: [StatementNode] = []
        for statement in statements {
            if case .extends = statement.kind, scope.isTopLevel, hasKnownExtends {
                nodes.append(ExtendedTwiceStatement(line: notedLine))
                break
            }
            if let node = try compile(statement, scope) { nodes.append(node) }
        }
        return StatementList(nodes)
    }

    private func compile(_ statement: TemplateSyntax.Statement, _ scope: CompilerScope) throws -> StatementNode? {
        let line = statement.line
        switch statement.kind {
        case .output(let expressions): return try output(expressions, line, scope)
        case .with(let targets, let values, let body): return try with(targets, values, body, scope)
        case .autoescape(let value, let body): return try autoescape(value, body, line, scope)
        case .scope(let body):
            let inner = scope.inner()
            inner.symbols.analyze(body)
            let compiled = try compile(body, inner)
            return ScopeStatement(
                line: line, entry: entry(inner.symbols), exit: exit(inner.symbols), body: compiled)
        case .filterBlock(let filter, let body): return try filterBlock(filter, body, line, scope)
        case .extends(let template): return try extends(template, line, scope)
        case .assign(let target, let value): return try assign(target, value, line, scope)
        case .assignBlock(let target, let filter, let body):
            return try assignBlock(target, filter, body, line, scope)
        default:
            notedLine = line
            return try compileNoted(statement, scope)
        }
    }

    /// Compiles a statement whose line Jinja notes before anything else.
    private func compileNoted(_ statement: TemplateSyntax.Statement, _ scope: CompilerScope) throws -> StatementNode? {
        let line = statement.line
        switch statement.kind {
        case .for(let loop): return try forLoop(loop, line, scope)
        case .if(let branches, let alternative): return try ifStatement(branches, alternative, line, scope)
        case .macro(let name, let signature, let body): return try macro(name, signature, body, line, scope)
        case .callBlock(let call, let signature, let body): return try callBlock(call, signature, body, line, scope)
        case .block(let block): return blockStatement(block, line, scope)
        case .include(let template, let withContext, let ignoreMissing):
            return IncludeStatement(
                line: line, template: try compile(template, scope), ignoresMissing: ignoreMissing,
                locals: withContext ? locals(scope) : nil)
        case .importTemplate(let template, let target, let withContext):
            return try importStatement(template, target, withContext, line, scope)
        case .fromImport(let template, let names, let withContext):
            return try fromImport(template, names, withContext, line, scope)
        case .expression(let expression): return ExpressionStatement(line: line, try compile(expression, scope))
        case .break: return JumpStatement(line: line, .break)
        case .continue: return JumpStatement(line: line, .continue)
        case .output, .with, .autoescape, .scope, .filterBlock, .extends, .assign, .assignBlock: return nil
        }
    }

    private func autoescape(
        _ value: TemplateSyntax.Expression, _ body: [TemplateSyntax.Statement], _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let inner = scope.inner()
        inner.symbols.analyzeAutoescape(value, body)
        return AutoescapeStatement(
            line: line, value: try compile(value, inner), entry: entry(inner.symbols), exit: exit(inner.symbols),
            body: try compile(body, inner))
    }

    // MARK: Output

    private func output(
        _ expressions: [TemplateSyntax.Expression], _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode? {
        if scope.checksExtends, hasKnownExtends { return nil }
        let pieces = try expressions.map { expression in
            let node = try compile(expression, scope)
            if !(node is TextNode || node is ConstantNode) { notedLine = expression.line }
            return (node: node, line: expression.line)
        }
        if environment.options.nativeTypes {
            return NativeOutputStatement(
                line: line, pieces: pieces, stopsAfterExtends: scope.checksExtends,
                finalize: environment.options.finalize)
        }
        guard let finalize = environment.options.finalize else {
            return OutputStatement(line: line, pieces: pieces, stopsAfterExtends: scope.checksExtends)
        }
        return FinalizedOutputStatement(
            line: line, pieces: pieces, stopsAfterExtends: scope.checksExtends, finalize: finalize)
    }

    private func filterBlock(
        _ filter: TemplateSyntax.Expression, _ body: [TemplateSyntax.Statement], _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let inner = scope.inner()
        inner.symbols.analyze(body)
        inner.symbols.analyze(filter)
        let capture = CaptureNode(try compile(body, inner))
        inner.captured = capture
        notedLine = line
        return FilterBlockStatement(
            line: line, entry: entry(inner.symbols), exit: exit(inner.symbols), capture: capture,
            filter: try compile(filter, inner))
    }

    // MARK: Inheritance

    private func extends(
        _ template: TemplateSyntax.Expression, _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        guard scope.isTopLevel else { throw fail("cannot use extend from a non top-level scope", line: line) }
        let node = ExtendsStatement(
            line: line, template: try compile(template, scope), mayRepeat: extendsCount > 0, checkLine: notedLine)
        notedLine = line
        if scope.isRootLevel { hasKnownExtends = true }
        extendsCount += 1
        return node
    }

    private func blockStatement(_ block: TemplateSyntax.Block, _ line: Int, _ scope: CompilerScope) -> StatementNode? {
        if scope.isTopLevel, hasKnownExtends { return nil }
        return BlockStatement(
            line: line, name: block.name, isRequired: block.isRequired,
            stopsAfterExtends: scope.isTopLevel && extendsCount > 0, locals: block.isScoped ? locals(scope) : nil)
    }

    private func importStatement(
        _ template: TemplateSyntax.Expression, _ target: String, _ withContext: Bool, _ line: Int,
        _ scope: CompilerScope
    ) throws -> StatementNode {
        ImportStatement(
            line: line, template: try compile(template, scope), locals: withContext ? locals(scope) : nil,
            slot: slot(of: target, scope), published: scope.isTopLevel ? target : nil)
    }

    private func fromImport(
        _ template: TemplateSyntax.Expression, _ names: [(name: String, alias: String?)], _ withContext: Bool,
        _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        FromImportStatement(
            line: line, template: try compile(template, scope), locals: withContext ? locals(scope) : nil,
            names: names.map { item in
                let alias = item.alias ?? item.name
                return (item.name, slot(of: alias, scope), scope.isTopLevel ? alias : nil)
            })
    }

    // MARK: Conditions

    private func ifStatement(
        _ branches: [(test: TemplateSyntax.Expression, body: [TemplateSyntax.Statement])],
        _ alternative: [TemplateSyntax.Statement], _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let soft = scope.soft()
        return IfStatement(
            line: line,
            branches: try branches.map { branch in
                notedLine = branch.test.line
                return (try compile(branch.test, soft), branch.test.line, try compile(branch.body, soft))
            },
            alternative: try compile(alternative, soft))
    }
}
