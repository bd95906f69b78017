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

    // MARK: Loops and conditions

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

    private func forLoop(_ loop: TemplateSyntax.ForLoop, _ line: Int, _ scope: CompilerScope) throws -> StatementNode {
        let inner = loop.isRecursive ? scope.innerUnit() : scope.inner()
        inner.place = .loop
        let usesLoop =
            loop.isRecursive || !UndeclaredNames.among(["loop"], in: loop.body).isEmpty
            || [TemplateSyntax.Statement(.for(loop), line: line)].containScopedBlock
        var loopSlot: Int?
        if usesLoop { loopSlot = inner.symbols.declareParameter("loop").slot }
        inner.symbols.analyze(loop.target, asParameter: true)
        inner.symbols.analyze(loop.body)
        if let line = loop.assignmentToLoop(line) {
            throw fail("Can't assign to special loop variable in for-loop target", line: line)
        }
        let filter = try loop.filter.map { filter in
            separateScopes += 1
            let filterScope = loop.isRecursive ? inner.besides(separateScopes) : scope.separate(separateScopes)
            return try loopFilter(filter, loop.target, filterScope)
        }
        notedLine = line
        let body = try compile(loop.body, inner)
        let otherwise = loop.isRecursive ? inner.besides() : scope.inner()
        otherwise.symbols.analyze(loop.alternative)
        let alternative = loop.alternative.isEmpty ? nil : try compile(loop.alternative, otherwise)
        let code = ForBody(
            target: compile(loop.target, inner), entry: entry(inner.symbols), exit: exit(inner.symbols), body: body,
            loopSlot: loopSlot, filter: filter, alternative: alternative, alternativeEntry: entry(otherwise.symbols),
            alternativeExit: exit(otherwise.symbols))
        let iterable = try compile(loop.iterable, scope)
        if loop.isRecursive { notedLine = line }
        guard loop.isRecursive else { return ForStatement(line: line, iterable: iterable, body: code) }
        return RecursiveForStatement(
            line: line, iterable: iterable, code: RecursiveCode(body: code, slotCount: inner.symbols.unit.slotCount))
    }

    /// The filter has slots of its own: it looks at the next element while the body still works with the current one.
    private func loopFilter(
        _ filter: TemplateSyntax.Expression, _ target: TemplateSyntax.Target, _ scope: CompilerScope
    ) throws -> LoopFilter {
        scope.symbols.analyze(target, asParameter: true)
        scope.symbols.analyze(filter)
        return LoopFilter(
            target: compile(target, scope), entry: entry(scope.symbols), test: try compile(filter, scope),
            line: filter.line)
    }

    // MARK: Macros

    private func macro(
        _ name: String, _ signature: TemplateSyntax.Signature, _ body: [TemplateSyntax.Statement], _ line: Int,
        _ scope: CompilerScope
    ) throws -> StatementNode {
        let code = try macroCode(name, signature, body, line, scope)
        return MacroStatement(
            line: line, macro: MacroNode(code), slot: slot(of: name, scope),
            published: scope.isTopLevel ? name : nil)
    }

    private func callBlock(
        _ call: TemplateSyntax.Expression, _ signature: TemplateSyntax.Signature, _ body: [TemplateSyntax.Statement],
        _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let caller = MacroNode(try macroCode(nil, signature, body, line, scope))
        notedLine = line
        guard case .call(let callee, let arguments) = call.kind else {
            throw fail("expected call", line: line)
        }
        return CallBlockStatement(
            line: line,
            call: CallNode(
                try compile(callee, scope), try compile(arguments, line, scope), at: scope.place,
                caller: caller))
    }

    private func macroCode(
        _ name: String?, _ signature: TemplateSyntax.Signature, _ body: [TemplateSyntax.Statement], _ line: Int,
        _ scope: CompilerScope
    ) throws -> MacroCode {
        try checkUnique(signature.parameters, "duplicate argument in definition of a macro:", line)
        let inner = scope.innerUnit()
        inner.checksExtends = false
        let symbols = inner.symbols
        func analyze() {
            for parameter in signature.parameters { symbols.declareParameter(parameter) }
            for value in signature.defaults { symbols.analyze(value) }
            symbols.analyze(body)
        }
        analyze()
        let special = UndeclaredNames.among(["caller", "kwargs", "varargs"], in: body)
        var callerSlot: Int?
        if special.contains("caller") {
            if let index = signature.parameters.firstIndex(of: "caller") {
                guard index >= signature.parameters.count - signature.defaults.count else {
                    throw fail(
                        "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a default.",
                        line: line)
                }
                callerSlot = symbols.find("caller")?.slot
            } else {
                callerSlot = symbols.declareParameter("caller").slot
            }
        }
        func specialSlot(_ name: String) -> Int? {
            special.contains(name) && !signature.parameters.contains(name) ? symbols.declareParameter(name).slot : nil
        }
        let kwargsSlot = specialSlot("kwargs")
        let varargsSlot = specialSlot("varargs")
        analyze()
        let parameters = signature.parameters.map { ($0, slot(of: $0, inner)) }
        let defaults = try signature.defaults.map { try compile($0, inner) }
        let compiled = try compile(body, inner)
        let function = name.map { "macro '\($0)'" } ?? "call block"
        return MacroCode(
            name: name, parameters: parameters, defaults: defaults, callerSlot: callerSlot, kwargsSlot: kwargsSlot,
            varargsSlot: varargsSlot, slotCount: symbols.unit.slotCount, entry: entry(symbols), body: compiled,
            line: line,
            origin: origin.function(function))
    }

    // MARK: Assignments

    private func with(
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

    private func assign(
        _ target: TemplateSyntax.Target, _ value: TemplateSyntax.Expression, _ line: Int, _ scope: CompilerScope
    ) throws -> StatementNode {
        let checkLine = notedLine
        notedLine = line
        return AssignStatement(
            line: line, checkLine: checkLine, target: compile(target, scope), value: try compile(value, scope),
            names: AssignedNames(target.names.map { ($0, slot(of: $0, scope)) }, scope))
    }

    private func assignBlock(
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

    private func compile(_ target: TemplateSyntax.Target, _ scope: CompilerScope) -> TargetNode {
        switch target {
        case .name(let name): .slot(slot(of: name, scope))
        case .tuple(let targets): .tuple(targets.map { compile($0, scope) })
        case .namespace(let name, let attribute): .namespace(variable(name, scope), attribute: attribute)
        }
    }

    private func slot(of name: String, _ scope: CompilerScope) -> Int {
        // The analysis has declared every name that is set.
        scope.symbols.find(name)?.slot ?? scope.symbols.declareParameter(name).slot
    }
}

extension CompilerScope {
    /// A scope beside this one, in the same unit: its names are no parts of this one's.
    func besides(_ number: Int? = nil) -> CompilerScope {
        let scope = CompilerScope(
            symbols: Symbols(parent: symbols.parent, unit: symbols.unit, level: number.map { -$0 } ?? symbols.level))
        scope.checksExtends = checksExtends
        return scope
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

extension TemplateSyntax.ForLoop {
    /// The line on which something in the loop assigns the name `loop`, which belongs to the loop.
    fileprivate func assignmentToLoop(_ line: Int) -> Int? {
        if target.names.contains("loop") { return line }
        return Self.assignmentToLoop(in: body) ?? Self.assignmentToLoop(in: alternative)
    }

    private static func assignmentToLoop(in statements: [TemplateSyntax.Statement]) -> Int? {
        for statement in statements {
            switch statement.kind {
            case .for(let loop) where loop.target.names.contains("loop"): return statement.line
            case .assign(let target, _) where target.names.contains("loop"): return statement.line
            case .assignBlock(let target, _, _) where target.names.contains("loop"): return statement.line
            default: break
            }
            for body in statement.bodies {
                if let line = assignmentToLoop(in: body) { return line }
            }
        }
        return nil
    }
}
