/// Goes through the scopes of a template as Jinja's code generator does, and notes what each looks up in the context.
struct UndeclaredVariables {
    private let globals: Set<String>
    private(set) var found: Set<String> = []
    /// Whether an `extends` tag stands at the top level, so that nothing after a second one is ever run.
    private var hasKnownExtends = false
    private var extendsCount = 0

    init(globals: Set<String>) {
        self.globals = globals
    }

    /// The whole template: its body, then its blocks, which see nothing of the body.
    mutating func visitTemplate(_ statements: [TemplateSyntax.Statement]) {
        let root = Symbols(unit: CodeUnit())
        declare(["self"], in: root, readBy: statements)
        root.analyze(statements)
        enter(root)
        visit(statements, root, isTopLevel: true, isRoot: true)
        var blocks: [TemplateSyntax.Block] = []
        TemplateSyntax.visitStatements(statements) { statement in
            if case .block(let block) = statement.kind { blocks.append(block) }
        }
        for block in blocks {
            let symbols = Symbols(unit: CodeUnit())
            declare(["self", "super"], in: symbols, readBy: block.body)
            symbols.analyze(block.body)
            enter(symbols)
            visit(block.body, symbols)
        }
    }

    /// Those of `names` that are read get their values from the template itself.
    private func declare(_ names: Set<String>, in symbols: Symbols, readBy statements: [TemplateSyntax.Statement]) {
        for name in UndeclaredNames.among(names, in: statements) { symbols.declareParameter(name) }
    }

    /// Notes what the variables of a scope start with.
    private mutating func enter(_ symbols: Symbols) {
        for (variable, load) in symbols.loads {
            if case .resolve = load, !globals.contains(variable.name) { found.insert(variable.name) }
        }
    }

    private mutating func visit(
        _ statements: [TemplateSyntax.Statement], _ symbols: Symbols, isTopLevel: Bool = false, isRoot: Bool = false
    ) {
        for statement in statements {
            if case .extends = statement.kind {
                if extendsCount > 0, hasKnownExtends { return }
                if isRoot { hasKnownExtends = true }
                extendsCount += 1
            }
            visit(statement, symbols, isTopLevel: isTopLevel)
        }
    }

    /// Visits the scopes that a tag opens.
    private mutating func visit(_ statement: TemplateSyntax.Statement, _ symbols: Symbols, isTopLevel: Bool) {
        switch statement.kind {
        case .for(let loop): visit(loop, symbols)
        case .if(let branches, let alternative):
            let soft = symbols.copy()
            for branch in branches { visit(branch.body, soft, isTopLevel: isTopLevel) }
            visit(alternative, soft, isTopLevel: isTopLevel)
        case .macro(_, let signature, let body), .callBlock(_, let signature, let body):
            visit(signature, body, symbols)
        case .filterBlock(let filter, let body):
            visitScope(body, symbols) { inner in
                inner.analyze(body)
                inner.analyze(filter)
            }
        case .with(let targets, _, let body):
            visitScope(body, symbols) { inner in
                for target in targets { inner.analyze(target, asParameter: true) }
                inner.analyze(body)
            }
        case .assignBlock(_, _, let body), .scope(let body): visitScope(body, symbols) { $0.analyze(body) }
        case .autoescape(let setting, let body): visitScope(body, symbols) { $0.analyzeAutoescape(setting, body) }
        case .output, .extends, .block, .include, .importTemplate, .fromImport, .expression, .assign, .break, .continue:
            break
        }
    }

    /// A scope inside another one.
    private mutating func visitScope(
        _ body: [TemplateSyntax.Statement], _ symbols: Symbols, analyze: (Symbols) -> Void
    ) {
        let inner = Symbols(parent: symbols, unit: symbols.unit)
        analyze(inner)
        enter(inner)
        visit(body, inner)
    }

    private mutating func visit(_ loop: TemplateSyntax.ForLoop, _ symbols: Symbols) {
        if let filter = loop.filter {
            visitScope([], symbols) { inner in
                inner.analyze(loop.target, asParameter: true)
                inner.analyze(filter)
            }
        }
        visitScope(loop.body, symbols) { inner in
            if Self.hasLoopVariable(loop) { inner.declareParameter("loop") }
            inner.analyze(loop.target, asParameter: true)
            inner.analyze(loop.body)
        }
        if !loop.alternative.isEmpty { visitScope(loop.alternative, symbols) { $0.analyze(loop.alternative) } }
    }

    private static func hasLoopVariable(_ loop: TemplateSyntax.ForLoop) -> Bool {
        if loop.isRecursive || !UndeclaredNames.among(["loop"], in: loop.body).isEmpty { return true }
        var hasScopedBlock = false
        TemplateSyntax.visitStatements(loop.body + loop.alternative) { statement in
            if case .block(let block) = statement.kind, block.isScoped { hasScopedBlock = true }
        }
        return hasScopedBlock
    }

    /// The body of a macro or call block. Jinja looks through it twice, before and after it adds the special parameters.
    private mutating func visit(
        _ signature: TemplateSyntax.Signature, _ body: [TemplateSyntax.Statement], _ symbols: Symbols
    ) {
        visitScope(body, symbols) { inner in
            func analyze() {
                for parameter in signature.parameters { inner.declareParameter(parameter) }
                for value in signature.defaults { inner.analyze(value) }
                inner.analyze(body)
            }
            analyze()
            for name in UndeclaredNames.among(["caller", "kwargs", "varargs"], in: body)
            where !signature.parameters.contains(name) {
                inner.declareParameter(name)
            }
            analyze()
        }
    }
}
