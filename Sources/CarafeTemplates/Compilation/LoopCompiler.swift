/// Loops.
extension Compiler {
    func forLoop(_ loop: TemplateSyntax.ForLoop, _ line: Int, _ scope: CompilerScope) throws -> StatementNode {
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
            line: line, iterable: iterable,
            code: RecursiveCode(
                body: code, slotCount: inner.symbols.unit.slotCount, slotNames: slotNames(inner.symbols.unit)))
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
