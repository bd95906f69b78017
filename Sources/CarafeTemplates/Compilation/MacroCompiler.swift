/// Macros and call blocks.
extension Compiler {
    func macro(
        _ name: String, _ signature: TemplateSyntax.Signature, _ body: [TemplateSyntax.Statement], _ line: Int,
        _ scope: CompilerScope
    ) throws -> StatementNode {
        let code = try macroCode(name, signature, body, line, scope)
        return MacroStatement(
            line: line, macro: MacroNode(code), slot: slot(of: name, scope),
            published: scope.isTopLevel ? name : nil)
    }

    func callBlock(
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
            origin: origin.function(function, slotNames: slotNames(symbols.unit)))
    }
}
