import CarafeTemplates

/// What a template uses by name: filters, tests, other templates, blocks. Gathered from its syntax tree.
struct TemplateUses {
    /// A name and the line where it stands.
    struct Use {
        var name: String
        var line: Int
    }

    /// Other templates, of which one must exist.
    struct Reference {
        /// The tag, and what it does in words.
        enum Tag: String {
            case extends = "extend"
            case include, `import`
        }

        var tag: Tag
        /// The names, where all of them are written in the template; nil where only a render can tell.
        var names: [String]?
        var line: Int
        var ignoresMissing = false
        /// What `from … import` takes.
        var imported: [String] = []
    }

    struct Block {
        var name: String
        var line: Int
        /// The block around it.
        var outer: String?
    }

    private(set) var filters: [Use] = []
    private(set) var tests: [Use] = []
    private(set) var references: [Reference] = []
    private(set) var blocks: [Block] = []
    /// The blocks that are printed by name: `self.title()`.
    private(set) var printedBlocks: Set<String> = []
    /// The names that whoever imports the template can take.
    private(set) var exports: Set<String> = []

    private var block: String?
    /// How many scopes are open: names set inside are not exported.
    private var depth = 0

    init(_ statements: [TemplateSyntax.Statement]) { visit(statements) }

    var parents: [Reference] { references.filter { $0.tag == .extends } }

    // MARK: - Statements

    private mutating func visit(_ statements: [TemplateSyntax.Statement]) {
        for statement in statements { visit(statement) }
    }

    private mutating func inScope(_ body: (inout TemplateUses) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    private mutating func visit(_ statement: TemplateSyntax.Statement) {
        switch statement.kind {
        case .output(let expressions): expressions.forEach { visit($0) }
        case .expression(let expression): visit(expression)
        case .extends(let template): refer(.extends, template, statement.line)
        case .include(let template, _, let ignoresMissing):
            refer(.include, template, statement.line, ignoresMissing: ignoresMissing)
        case .importTemplate(let template, let target, _):
            refer(.import, template, statement.line)
            export(target)
        case .fromImport(let template, let names, _):
            refer(.import, template, statement.line, imported: names.map(\.name))
            for (name, alias) in names { export(alias ?? name) }
        case .for(let loop): visit(loop)
        case .if(let branches, let alternative):
            for (test, body) in branches {
                visit(test)
                visit(body)
            }
            visit(alternative)
        case .macro(let name, let signature, let body):
            export(name)
            visit(signature, body)
        case .callBlock(let call, let signature, let body):
            visit(call)
            visit(signature, body)
        case .filterBlock(let filter, let body):
            visit(filter)
            inScope { $0.visit(body) }
        case .with(_, let values, let body):
            values.forEach { visit($0) }
            inScope { $0.visit(body) }
        case .block(let block): visit(block, statement.line)
        case .assign(let target, let value):
            export(target)
            visit(value)
        case .assignBlock(let target, let filter, let body):
            export(target)
            if let filter { visit(filter) }
            inScope { $0.visit(body) }
        case .autoescape(let value, let body):
            visit(value)
            visit(body)
        case .scope(let body): inScope { $0.visit(body) }
        case .break, .continue: break
        }
    }

    private mutating func visit(_ loop: TemplateSyntax.ForLoop) {
        visit(loop.iterable)
        if let condition = loop.filter { visit(condition) }
        inScope {
            $0.visit(loop.body)
            $0.visit(loop.alternative)
        }
    }

    private mutating func visit(_ signature: TemplateSyntax.Signature, _ body: [TemplateSyntax.Statement]) {
        signature.defaults.forEach { visit($0) }
        inScope { $0.visit(body) }
    }

    private mutating func visit(_ block: TemplateSyntax.Block, _ line: Int) {
        blocks.append(Block(name: block.name, line: line, outer: self.block))
        let outer = self.block
        self.block = block.name
        inScope { $0.visit(block.body) }
        self.block = outer
    }

    private mutating func export(_ name: String) {
        if depth == 0, name.utf8.first != UInt8(ascii: "_") { exports.insert(name) }
    }

    private mutating func export(_ target: TemplateSyntax.Target) {
        switch target {
        case .name(let name): export(name)
        case .tuple(let targets): targets.forEach { export($0) }
        case .namespace: break
        }
    }

    private mutating func refer(
        _ tag: Reference.Tag, _ template: TemplateSyntax.Expression, _ line: Int, ignoresMissing: Bool = false,
        imported: [String] = []
    ) {
        references.append(
            Reference(
                tag: tag, names: Self.names(template), line: line, ignoresMissing: ignoresMissing, imported: imported))
        visit(template)
    }

    /// The names that an expression lists, if all of them are literals.
    private static func names(_ expression: TemplateSyntax.Expression) -> [String]? {
        switch expression.kind {
        case .constant(.string(let name)): return [name]
        case .list(let elements), .tuple(let elements):
            let names = elements.compactMap { Self.names($0) }
            return names.count == elements.count ? names.flatMap { $0 } : nil
        default: return nil
        }
    }

    // MARK: - Expressions

    private mutating func visit(_ expression: TemplateSyntax.Expression) {
        switch expression.kind {
        case .name, .constant, .templateData: break
        case .tuple(let elements), .list(let elements), .concatenation(let elements): elements.forEach { visit($0) }
        case .dict(let entries):
            for (key, value) in entries {
                visit(key)
                visit(value)
            }
        case .conditional(let test, let value, let alternative):
            visit(test)
            visit(value)
            if let alternative { visit(alternative) }
        case .filter(let input, let name, let arguments):
            if let input { visit(input) }
            filters.append(Use(name: name, line: expression.line))
            useNames(in: arguments, of: name)
            visit(arguments)
        case .test(let value, let name, let arguments):
            visit(value)
            tests.append(Use(name: name, line: expression.line))
            visit(arguments)
        case .call(let function, let arguments):
            if case .getAttribute(let object, let name) = function.kind, case .name("self") = object.kind {
                printedBlocks.insert(name)
            }
            visit(function)
            visit(arguments)
        case .getItem(let object, let key):
            visit(object)
            visit(key)
        case .slice(let start, let stop, let step): [start, stop, step].forEach { if let part = $0 { visit(part) } }
        case .getAttribute(let object, _): visit(object)
        case .comparison(let first, let others):
            visit(first)
            others.forEach { visit($0.operand) }
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right):
            visit(left)
            visit(right)
        case .not(let operand), .negative(let operand), .positive(let operand): visit(operand)
        }
    }

    private mutating func visit(_ arguments: TemplateSyntax.Arguments) {
        arguments.positional.forEach { visit($0) }
        arguments.named.forEach { visit($0.value) }
        if let more = arguments.unpackedPositional { visit(more) }
        if let more = arguments.unpackedNamed { visit(more) }
    }

    /// Some filters are given the name of another filter or of a test: `map("upper")`, `selectattr("id", "odd")`.
    private mutating func useNames(in arguments: TemplateSyntax.Arguments, of filter: String) {
        func name(at position: Int) -> Use? {
            guard position < arguments.positional.count else { return nil }
            let argument = arguments.positional[position]
            guard case .constant(.string(let name)) = argument.kind else { return nil }
            return Use(name: name, line: argument.line)
        }
        switch filter {
        case "map": if let use = name(at: 0) { filters.append(use) }
        case "select", "reject": if let use = name(at: 0) { tests.append(use) }
        case "selectattr", "rejectattr": if let use = name(at: 1) { tests.append(use) }
        default: break
        }
    }
}
