/// Finds out which names a scope reads and sets, in the order in which it does: Jinja's `FrameSymbolVisitor`.
///
/// Scopes inside (loops, blocks, macros, `with` …) are left to themselves; of them only what is evaluated outside is read.
extension Symbols {
    func analyze(_ statements: [TemplateSyntax.Statement]) {
        for statement in statements { analyze(statement) }
    }

    func analyze(_ statement: TemplateSyntax.Statement) {
        switch statement.kind {
        case .output(let expressions): for expression in expressions { analyze(expression) }
        case .extends(let expression), .expression(let expression): analyze(expression)
        case .for(let loop): analyze(loop.iterable)
        case .if(let branches, let alternative): analyzeIf(branches[...], alternative)
        case .macro(let name, _, _): store(name)
        case .callBlock(let call, _, _): analyze(call)
        case .filterBlock(let filter, _): analyze(filter)
        case .with(_, let values, _): for value in values { analyze(value) }
        case .block, .scope, .autoescape, .break, .continue: break
        case .include(let template, _, _): analyze(template)
        case .importTemplate(let template, let target, _):
            analyze(template)
            store(target)
        case .fromImport(let template, let names, _):
            analyze(template)
            for name in names { store(name.alias ?? name.name) }
        case .assign(let target, let value):
            analyze(value)
            analyze(target)
        case .assignBlock(let target, _, _): analyze(target)
        }
    }

    /// The body of an `{% autoescape %}`: a scope that holds the tag's expression too.
    func analyzeAutoescape(_ value: TemplateSyntax.Expression, _ body: [TemplateSyntax.Statement]) {
        analyze(value)
        analyze(body)
    }

    func analyze(_ target: TemplateSyntax.Target, asParameter: Bool = false) {
        switch target {
        case .name(let name): asParameter ? { _ = declareParameter(name) }() : store(name)
        case .tuple(let targets): for target in targets { analyze(target, asParameter: asParameter) }
        case .namespace(let name, _): load(name)
        }
    }

    func analyze(_ expression: TemplateSyntax.Expression) {
        if case .name(let name) = expression.kind {
            load(name)
        } else {
            expression.forEachChild(analyze)
        }
    }

    /// Jinja analyses each branch on a copy of the symbols; the `elif`s are ifs of their own beside one another.
    private func analyzeIf(
        _ branches: ArraySlice<(test: TemplateSyntax.Expression, body: [TemplateSyntax.Statement])>,
        _ alternative: [TemplateSyntax.Statement]
    ) {
        guard let first = branches.first else { return }
        analyze(first.test)
        let body = copy()
        body.analyze(first.body)
        let elifs = copy()
        for branch in branches.dropFirst() { elifs.analyzeIf([branch], []) }
        let otherwise = copy()
        otherwise.analyze(alternative)
        update(fromBranches: [body, elifs, otherwise])
    }
}

extension TemplateSyntax.Expression {
    /// Calls `body` with each expression that this one is made of.
    func forEachChild(_ body: (TemplateSyntax.Expression) -> Void) {
        switch kind {
        case .name, .constant, .templateData: break
        case .tuple(let items), .list(let items), .concatenation(let items): items.forEach(body)
        case .dict(let items):
            for item in items {
                body(item.key)
                body(item.value)
            }
        case .conditional(let test, let value, let alternative):
            body(test)
            body(value)
            alternative.map(body)
        case .filter(let input, _, let arguments):
            input.map(body)
            arguments.forEachChild(body)
        case .test(let input, _, let arguments), .call(let input, let arguments):
            body(input)
            arguments.forEachChild(body)
        case .getItem(let object, let key):
            body(object)
            body(key)
        case .slice(let start, let stop, let step):
            start.map(body)
            stop.map(body)
            step.map(body)
        case .getAttribute(let object, _): body(object)
        case .comparison(let first, let rest):
            body(first)
            for item in rest { body(item.operand) }
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right):
            body(left)
            body(right)
        case .not(let operand), .negative(let operand), .positive(let operand): body(operand)
        }
    }
}

extension TemplateSyntax.Arguments {
    fileprivate func forEachChild(_ body: (TemplateSyntax.Expression) -> Void) {
        positional.forEach(body)
        for argument in named { body(argument.value) }
        unpackedPositional.map(body)
        unpackedNamed.map(body)
    }
}

/// Which of some names are read before they are set, in code and all code inside it but blocks: Jinja's `find_undeclared`.
struct UndeclaredNames {
    private var searched: Set<String>
    private(set) var found: Set<String> = []

    static func among(_ names: Set<String>, in statements: [TemplateSyntax.Statement]) -> Set<String> {
        var search = UndeclaredNames(searched: names)
        search.visit(statements)
        return search.found
    }

    private mutating func visit(_ statements: [TemplateSyntax.Statement]) {
        for statement in statements where !searched.subtracting(found).isEmpty { visit(statement) }
    }

    private mutating func visit(_ statement: TemplateSyntax.Statement) {
        switch statement.kind {
        case .output(let expressions): for expression in expressions { visit(expression) }
        case .extends(let expression), .expression(let expression): visit(expression)
        case .for(let loop):
            visit(loop.target)
            visit(loop.iterable)
            visit(loop.body)
            visit(loop.alternative)
            if let filter = loop.filter { visit(filter) }
        case .if(let branches, let alternative):
            for branch in branches {
                visit(branch.test)
                visit(branch.body)
            }
            visit(alternative)
        case .macro(_, let signature, let body):
            visit(signature)
            visit(body)
        case .callBlock(let call, let signature, let body):
            visit(call)
            visit(signature)
            visit(body)
        case .filterBlock(let filter, let body):
            visit(body)
            visit(filter)
        case .with(let targets, let values, let body):
            for target in targets { visit(target) }
            for value in values { visit(value) }
            visit(body)
        case .block, .break, .continue: break
        case .include(let template, _, _), .importTemplate(let template, _, _), .fromImport(let template, _, _):
            visit(template)
        case .assign(let target, let value):
            visit(target)
            visit(value)
        case .assignBlock(let target, let filter, let body):
            visit(target)
            if let filter { visit(filter) }
            visit(body)
        case .autoescape(let value, let body):
            visit(value)
            visit(body)
        case .scope(let body): visit(body)
        }
    }

    private mutating func visit(_ signature: TemplateSyntax.Signature) {
        searched.subtract(signature.parameters)
        for value in signature.defaults { visit(value) }
    }

    private mutating func visit(_ target: TemplateSyntax.Target) {
        switch target {
        case .name(let name): searched.remove(name)
        case .tuple(let targets): for target in targets { visit(target) }
        case .namespace: break
        }
    }

    private mutating func visit(_ expression: TemplateSyntax.Expression) {
        if case .name(let name) = expression.kind {
            if searched.contains(name) { found.insert(name) }
        } else {
            var search = self
            expression.forEachChild { search.visit($0) }
            self = search
        }
    }
}
