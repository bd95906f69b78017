/// Turns the syntax tree of a template into nodes that run: names into slots, filters into functions.
///
/// It keeps to the steps of Jinja's code generator where they decide what a template means: which scope a name belongs to, what
/// is printed in a template that extends another, which mistakes are found before the template runs.
final class Compiler {
    let environment: TemplateEnvironment
    let origin: CodeOrigin
    private let isUpToDate: @Sendable () -> Bool
    let isSandboxed: Bool
    /// The blocks by name, in the order of the source.
    private var blocks: [TemplateSyntax.Block] = []
    private var blockLines: [Int] = []
    /// The line that Jinja's code would give to what it does without noting a line of its own: that of the code before.
    var notedLine = 1
    /// How many `extends` tags there were so far.
    var extendsCount = 0
    /// Whether the template extends another whatever happens.
    var hasKnownExtends = false
    /// How many scopes of their own numbers there were so far; see ``CompilerScope/separate(_:)``.
    var separateScopes = 0

    init(environment: TemplateEnvironment, origin: CodeOrigin, isUpToDate: @escaping @Sendable () -> Bool) {
        self.environment = environment
        self.origin = origin
        self.isUpToDate = isUpToDate
        isSandboxed = environment.options.sandbox != .none
    }

    func compile(_ statements: [TemplateSyntax.Statement]) throws -> CompiledTemplate {
        try collectBlocks(statements)
        let autoescape = environment.escapes(origin.template)
        let unit = CodeUnit()
        let scope = CompilerScope(symbols: Symbols(unit: unit))
        var selfSlot: Int?
        if !UndeclaredNames.among(["self"], in: statements).isEmpty {
            selfSlot = scope.symbols.declareParameter("self").slot
        }
        scope.symbols.analyze(statements)
        scope.isTopLevel = true
        scope.isRootLevel = true
        scope.checksExtends = statements.containExtends
        let body = try compile(statements, scope)
        let compiledBlocks = try zip(blocks, blockLines).map { try compile($0, line: $1, autoescape: autoescape) }
        return CompiledTemplate(
            origin: origin.function(origin.function, slotNames: slotNames(unit)), autoescape: autoescape,
            slotCount: unit.slotCount, selfSlot: selfSlot,
            entry: entry(scope.symbols), body: body,
            blocks: Dictionary(compiledBlocks.map { ($0.name, $0) }) { first, _ in first }, isUpToDate: isUpToDate)
    }

    /// The names of a unit's slots, where errors keep what could be seen.
    func slotNames(_ unit: CodeUnit) -> [(name: String, slot: Int)] {
        environment.options.keepsScopes ? unit.slotNames : []
    }

    /// A mistake that Jinja's compiler finds.
    func fail(_ message: String, line: Int) -> TemplateError {
        TemplateError(.assertion, message, line: line)
    }

    /// Python's own compiler finds names that are given twice.
    func checkUnique(_ names: [String], _ message: String, _ line: Int) throws {
        guard names.count > 1 else { return }
        for (index, name) in names.enumerated() where names[..<index].contains(where: { isSameText($0, name) }) {
            throw TemplateError(.syntax, "\(message) \(name)", line: line)
        }
    }

    // MARK: Blocks

    private func collectBlocks(_ statements: [TemplateSyntax.Statement]) throws {
        for statement in statements {
            if case .block(let block) = statement.kind {
                if blocks.contains(where: { isSameText($0.name, block.name) }) {
                    throw fail("block '\(block.name)' defined twice", line: statement.line)
                }
                blocks.append(block)
                blockLines.append(statement.line)
            }
            for body in statement.bodies { try collectBlocks(body) }
        }
    }

    private func compile(_ block: TemplateSyntax.Block, line: Int, autoescape: Bool) throws -> BlockCode {
        let unit = CodeUnit()
        let scope = CompilerScope(symbols: Symbols(unit: unit))
        scope.place = .block
        notedLine = line
        let special = UndeclaredNames.among(["self", "super"], in: block.body)
        let selfSlot = special.contains("self") ? scope.symbols.declareParameter("self").slot : nil
        let superSlot = special.contains("super") ? scope.symbols.declareParameter("super").slot : nil
        scope.symbols.analyze(block.body)
        let body = try compile(block.body, scope)
        return BlockCode(
            name: block.name, slotCount: unit.slotCount, selfSlot: selfSlot, superSlot: superSlot,
            entry: entry(scope.symbols), body: body,
            origin: origin.function("block '\(block.name)'", slotNames: slotNames(unit)), autoescape: autoescape)
    }

    // MARK: Scopes

    /// What the slots of a scope hold when it is entered. Names that a scope inside a unit only reads are left out: they are
    /// looked up when they are first read, once for all turns of a loop.
    func entry(_ symbols: Symbols) -> ScopeEntry {
        let isInsideUnit = symbols.parent.map { $0.unit === symbols.unit } ?? false
        return ScopeEntry(
            steps: symbols.loads.compactMap { item in
                let name = item.variable.name
                switch item.load {
                case .parameter: return nil
                case .undefined: return .clear(slot: item.variable.slot)
                case .resolve:
                    if isInsideUnit, !symbols.stores.contains(name) { return nil }
                    return .resolve(slot: item.variable.slot, name: name)
                case .alias(let outer):
                    return .copy(
                        slot: item.variable.slot, distance: item.variable.unit.distance(to: outer.unit),
                        outerSlot: outer.slot)
                }
            })
    }

    func exit(_ symbols: Symbols) -> ScopeExit {
        ScopeExit(slots: symbols.loads.map(\.variable.slot))
    }

    /// All variables that are set at a place, for what is included or imported there with context.
    func locals(_ scope: CompilerScope) -> LocalVariables {
        LocalVariables(
            variables: scope.symbols.storedVariables().map { item in
                (item.name, scope.symbols.unit.distance(to: item.variable.unit), item.variable.slot)
            })
    }
}

/// What the compiler knows of the place that it compiles: Jinja's `Frame`.
final class CompilerScope {
    let symbols: Symbols
    /// Whether what is set here becomes a variable of the template.
    var isTopLevel = false
    /// Whether this is the outermost level of the template, outside of ifs too.
    var isRootLevel = false
    /// Whether the template may have extended another by now, after which nothing here is printed.
    var checksExtends = false
    /// Whether unknown filters and tests are errors only when they are used, as in the branches of an `if`.
    var isSoft = false
    /// Whether this is the body of a loop or a block itself, or an `if` in it.
    var place = SetPlace.elsewhere
    /// What a filter without input filters: the body of the filter block or block assignment.
    var captured: CaptureNode?

    init(symbols: Symbols) {
        self.symbols = symbols
    }

    /// A scope inside this one.
    func inner() -> CompilerScope {
        let scope = CompilerScope(symbols: Symbols(parent: symbols, unit: symbols.unit))
        scope.checksExtends = checksExtends
        return scope
    }

    /// A scope inside this one, with slots that no other scope shares.
    func separate(_ number: Int) -> CompilerScope {
        let scope = CompilerScope(symbols: Symbols(parent: symbols, unit: symbols.unit, level: -number))
        scope.checksExtends = checksExtends
        return scope
    }

    /// A scope inside this one whose code is a unit of its own.
    func innerUnit() -> CompilerScope {
        let unit = CodeUnit(outer: symbols.unit)
        let scope = CompilerScope(symbols: Symbols(parent: symbols, unit: unit))
        scope.checksExtends = checksExtends
        return scope
    }

    /// The same scope inside an `if`.
    func soft() -> CompilerScope {
        let scope = CompilerScope(symbols: symbols.copy())
        scope.isTopLevel = isTopLevel
        scope.checksExtends = checksExtends
        scope.isSoft = true
        scope.place = place
        scope.captured = captured
        return scope
    }
}

extension TemplateSyntax.Statement {
    /// The statements inside this one.
    var bodies: [[TemplateSyntax.Statement]] {
        switch kind {
        case .output, .extends, .include, .importTemplate, .fromImport, .expression, .assign, .break, .continue: []
        case .for(let loop): [loop.body, loop.alternative]
        case .if(let branches, let alternative): branches.map(\.body) + [alternative]
        case .macro(_, _, let body), .callBlock(_, _, let body), .filterBlock(_, let body), .with(_, _, let body),
            .assignBlock(_, _, let body), .autoescape(_, let body), .scope(let body):
            [body]
        case .block(let block): [block.body]
        }
    }
}

extension [TemplateSyntax.Statement] {
    /// Whether an `extends` tag is anywhere inside.
    var containExtends: Bool {
        contains { statement in
            if case .extends = statement.kind { return true }
            return statement.bodies.contains { $0.containExtends }
        }
    }

    /// Whether a scoped block is anywhere inside.
    var containScopedBlock: Bool {
        contains { statement in
            if case .block(let block) = statement.kind, block.isScoped { return true }
            return statement.bodies.contains { $0.containScopedBlock }
        }
    }
}
