/// What sets variables.
extension Compiler {
    func with(
        _ targets: [TemplateSyntax.Target], _ values: [TemplateSyntax.Expression],
        _ body: [TemplateSyntax.Statement], _ scope: CompilerScope
    ) throws -> StatementNode {
        let line = notedLine
        let inner = scope.inner()
        for target in targets { inner.symbols.analyze(target, asParameter: true) }
        inner.symbols.analyze(body)
        let assignments = try zip(targets, values).map { target, value in
            (target: compile(target, inner), value: try compile(value, scope))
        }
        let compiled = try compile(body, inner)
        return WithStatement(
            line: line, assignments: assignments, entry: entry(inner.symbols), exit: exit(inner.symbols),
            body: compiled)
    }

    func assign(
        _ target: TemplateSyntax.Target, _ value: TemplateSyntax.Expression, _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let checkLine = notedLine
        notedLine = line
        return AssignStatement(
            line: line, checkLine: checkLine, target: compile(target, scope), value: try compile(value, scope),
            names: AssignedNames(target.names.map { ($0, slot(of: $0, scope)) }, scope))
    }

    func assignBlock(
        _ target: TemplateSyntax.Target, _ filter: TemplateSyntax.Expression?, _ body: [TemplateSyntax.Statement],
        _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let inner = scope.inner()
        inner.checksExtends = false
        inner.symbols.analyze(body)
        let capture = CaptureNode(try compile(body, inner))
        inner.captured = capture
        notedLine = line
        let value = try filter.map { try compile($0, inner) } ?? capture
        return AssignStatement(
            line: line, checkLine: nil, target: compile(target, scope), value: BlockAssignmentNode(value),
            names: AssignedNames(target.names.map { ($0, slot(of: $0, scope)) }, scope), entry: entry(inner.symbols),
            exit: exit(inner.symbols))
    }

    func compile(_ target: TemplateSyntax.Target, _ scope: CompilerScope) -> TargetNode {
        switch target {
        case .name(let name): .slot(slot(of: name, scope))
        case .tuple(let targets): .tuple(targets.map { compile($0, scope) })
        case .namespace(let name, let attribute): .namespace(variable(name, scope), attribute: attribute)
        }
    }

    func slot(of name: String, _ scope: CompilerScope) -> Int {
        // The analysis has declared every name that is set.
        scope.symbols.find(name)?.slot ?? scope.symbols.declareParameter(name).slot
    }
}

extension TemplateSyntax.Target {
    /// The variables that are set.
    var names: [String] {
        switch self {
        case .name(let name): [name]
        case .tuple(let targets): targets.flatMap(\.names)
        case .namespace: []
        }
    }
}
