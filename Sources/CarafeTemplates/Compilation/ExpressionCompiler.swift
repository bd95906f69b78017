extension Compiler {
    func compile(_ expression: TemplateSyntax.Expression, _ scope: CompilerScope) throws -> ExpressionNode {
        switch expression.kind {
        case .name(let name): return variable(name, scope)
        case .constant(let value): return ConstantNode(value)
        case .templateData(let text): return TextNode(text)
        case .tuple(let items): return try sequence(items, scope) { TupleNode($0) }
        case .list(let items): return ListNode(try items.map { try compile($0, scope) })
        case .dict(let items):
            return DictNode(try items.map { (key: try compile($0.key, scope), value: try compile($0.value, scope)) })
        case .conditional(let test, let value, let alternative):
            return try conditional(test, value, alternative, expression.line, scope)
        case .filter(let input, let name, let arguments):
            return try filter(input, name, arguments, expression.line, scope)
        case .test(let input, let name, let arguments):
            return try test(input, name, arguments, expression.line, scope)
        case .call(let callee, let arguments): return try call(callee, arguments, expression.line, scope)
        case .getItem(let object, let key): return try item(object, key, scope)
        case .slice(let start, let stop, let step):
            return TupleNode(
                try [start, stop, step].map { try $0.map { try compile($0, scope) } ?? ConstantNode(.none) })
        case .getAttribute(let object, let name): return try attribute(object, name, scope)
        case .concatenation(let items): return ConcatenationNode(try items.map { try compile($0, scope) })
        case .comparison(let first, let rest):
            return ComparisonNode(
                try compile(first, scope),
                try rest.map { (comparison: $0.comparison, operand: try compile($0.operand, scope)) })
        case .and(let left, let right): return LogicalNode(and: try compile(left, scope), try compile(right, scope))
        case .or(let left, let right): return LogicalNode(or: try compile(left, scope), try compile(right, scope))
        case .not(let operand): return NotNode(try compile(operand, scope))
        case .negative(let operand): return SignNode(try compile(operand, scope), isNegative: true)
        case .positive(let operand): return SignNode(try compile(operand, scope), isNegative: false)
        case .binary(let operation, let left, let right):
            return BinaryNode(operation, try compile(left, scope), try compile(right, scope))
        }
    }

    func compile(
        _ arguments: TemplateSyntax.Arguments, _ line: Int, _ scope: CompilerScope
    ) throws -> ArgumentsNode {
        try checkUnique(arguments.named.map(\.name), "keyword argument repeated:", line)
        return ArgumentsNode(
            positional: try arguments.positional.map { try compile($0, scope) },
            named: try arguments.named.map { (name: $0.name, value: try compile($0.value, scope)) },
            unpackedPositional: try arguments.unpackedPositional.map { try compile($0, scope) },
            unpackedNamed: try arguments.unpackedNamed.map { try compile($0, scope) })
    }

    /// The node that reads a variable: by its slot, in this unit or in one around it.
    func variable(_ name: String, _ scope: CompilerScope) -> ExpressionNode {
        guard let variable = scope.symbols.find(name) else {
            // The analysis has declared every name that is read; extensions may build what it does not know.
            let variable = scope.symbols.unit.variable(name, scope: Int.min)
            return ContextNode(distance: 0, slot: variable.slot, name: name)
        }
        let distance = scope.symbols.unit.distance(to: variable.unit)
        if scope.symbols.isOnlyRead(name) {
            return ContextNode(distance: distance, slot: variable.slot, name: name)
        }
        return distance == 0
            ? LocalNode(slot: variable.slot, name: name)
            : OuterNode(distance: distance, slot: variable.slot, name: name)
    }

    /// Tuples of constants are made once.
    private func sequence(
        _ items: [TemplateSyntax.Expression], _ scope: CompilerScope, _ make: ([ExpressionNode]) -> ExpressionNode
    ) throws -> ExpressionNode {
        let nodes = try items.map { try compile($0, scope) }
        let constants = nodes.compactMap { ($0 as? ConstantNode)?.value }
        return constants.count == nodes.count ? ConstantNode(.tuple(TemplateTuple(constants))) : make(nodes)
    }

    private func conditional(
        _ test: TemplateSyntax.Expression, _ value: TemplateSyntax.Expression,
        _ alternative: TemplateSyntax.Expression?, _ line: Int, _ scope: CompilerScope
    ) throws -> ExpressionNode {
        let soft = scope.soft()
        let otherwise = try alternative.map { try compile($0, soft) } ?? ConstantNode(noAlternative(line))
        return ConditionalNode(
            test: try compile(test, soft), value: try compile(value, soft), alternative: otherwise)
    }

    /// What an inline `if` without `else` is when its test is false: always Jinja's plain undefined value.
    private func noAlternative(_ line: Int) -> TemplateValue {
        let place = origin.template.map { " in \((try? TemplateValue.string($0).representation) ?? $0)" } ?? ""
        return .undefined(
            TemplateUndefined(
                .hint(
                    "the inline if-expression on line \(line)\(place) evaluated to false and no else section was defined."
                )))
    }

    private func filter(
        _ input: TemplateSyntax.Expression?, _ name: String, _ arguments: TemplateSyntax.Arguments, _ line: Int,
        _ scope: CompilerScope
    ) throws -> ExpressionNode {
        let filter = environment.filter(named: name)
        if filter == nil, !scope.isSoft { throw fail("No filter named '\(name)'.", line: line) }
        let inputNode: ExpressionNode
        if let input {
            inputNode = try compile(input, scope)
        } else if let captured = scope.captured {
            inputNode = captured
        } else {
            throw fail("the filter '\(name)' has no input", line: line)
        }
        return FilterNode(inputNode, name: name, filter: filter, try compile(arguments, line, scope))
    }

    private func test(
        _ input: TemplateSyntax.Expression, _ name: String, _ arguments: TemplateSyntax.Arguments, _ line: Int,
        _ scope: CompilerScope
    ) throws -> ExpressionNode {
        let test = environment.test(named: name)
        if test == nil, !scope.isSoft { throw fail("No test named '\(name)'.", line: line) }
        return TestNode(try compile(input, scope), name: name, test: test, try compile(arguments, line, scope))
    }

    private func call(
        _ callee: TemplateSyntax.Expression, _ arguments: TemplateSyntax.Arguments, _ line: Int,
        _ scope: CompilerScope
    ) throws -> ExpressionNode {
        let argumentsNode = try compile(arguments, line, scope)
        guard case .getAttribute(let object, let name) = callee.kind, !isSandboxed else {
            return CallNode(try compile(callee, scope), argumentsNode, at: scope.place)
        }
        let objectNode = try compile(object, scope)
        if name == "cycle", isLoop(object), let values = argumentsNode.constantPositional {
            return LoopCycleNode(objectNode, values)
        }
        return MethodCallNode(objectNode, name: name, argumentsNode, at: scope.place)
    }

    private func attribute(
        _ object: TemplateSyntax.Expression, _ name: String, _ scope: CompilerScope
    ) throws -> ExpressionNode {
        let objectNode = try compile(object, scope)
        if isLoop(object), let property = LoopObject.Property(rawValue: name) {
            return LoopPropertyNode(objectNode, property)
        }
        return AttributeNode(objectNode, name: name, isSandboxed: isSandboxed)
    }

    private func isLoop(_ expression: TemplateSyntax.Expression) -> Bool {
        if case .name("loop") = expression.kind { true } else { false }
    }

    private func item(
        _ object: TemplateSyntax.Expression, _ key: TemplateSyntax.Expression, _ scope: CompilerScope
    ) throws -> ExpressionNode {
        let objectNode = try compile(object, scope)
        guard case .slice(let start, let stop, let step) = key.kind else {
            return ItemNode(objectNode, key: try compile(key, scope))
        }
        return SliceNode(
            objectNode, start: try start.map { try compile($0, scope) }, stop: try stop.map { try compile($0, scope) },
            step: try step.map { try compile($0, scope) })
    }
}

extension Symbols {
    /// Whether `name` belongs to a scope inside a unit that reads but never sets it: then it is looked up when it is first
    /// read, not each time the scope is entered.
    func isOnlyRead(_ name: String) -> Bool {
        var scope: Symbols? = self
        while let current = scope {
            if let variable = current.references[name] {
                guard let parent = current.parent, parent.unit === current.unit else { return false }
                guard !current.stores.contains(name) else { return false }
                if case .resolve = current.load(of: variable) { return true }
                return false
            }
            scope = current.parent
        }
        return false
    }
}
