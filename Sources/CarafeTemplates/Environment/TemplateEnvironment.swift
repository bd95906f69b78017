import Synchronization

/// A filter: `value|name(arguments)`.
public typealias TemplateFilter =
    @Sendable (_ value: TemplateValue, _ arguments: TemplateArguments, _ context: TemplateContext) throws ->
    TemplateValue

/// A test: `value is name(arguments)`.
public typealias TemplateTest =
    @Sendable (_ value: TemplateValue, _ arguments: TemplateArguments, _ context: TemplateContext) throws -> Bool

/// Where templates come from and what they can use: Jinja's `Environment`.
///
/// Filters, tests and globals may be added at any time; templates that were compiled before are compiled anew.
public final class TemplateEnvironment: Sendable {
    /// How templates are read and rendered.
    public let options: TemplateOptions
    /// Where templates come from; without a loader only those made from strings can be used.
    public let loader: (any TemplateLoader)?
    /// What adds tags to the language.
    public let extensions: [any TemplateExtension]
    private let registry: Mutex<Registry>
    private let cache: TemplateCache
    /// Where renders wait.
    let renderThreads: RenderThreads

    /// What templates can use by name.
    struct Registry: Sendable {
        var filters: [String: TemplateFilter]
        var tests: [String: TemplateTest]
        var globals: VariableLayer
    }

    /// An environment with Jinja's filters, tests and globals and those that the extensions bring.
    public init(
        loader: (any TemplateLoader)? = nil, options: TemplateOptions = TemplateOptions(),
        extensions: [any TemplateExtension] = []
    ) {
        self.options = options
        self.loader = loader
        self.extensions = extensions.sorted { $0.priority < $1.priority }
        var registry = Registry(
            filters: BuiltinFilters.all, tests: BuiltinTests.all,
            globals: VariableLayer(BuiltinGlobals.all, next: nil))
        for item in extensions {
            registry.filters.merge(item.filters) { _, new in new }
            registry.tests.merge(item.tests) { _, new in new }
            registry.globals = VariableLayer(registry.globals.values.merging(item.globals) { _, new in new }, next: nil)
        }
        self.registry = Mutex(registry)
        renderThreads = RenderThreads.of(options.limits)
        cache = TemplateCache(capacity: options.cacheSize)
    }

    private init(
        overlaying other: TemplateEnvironment, options: TemplateOptions, loader: (any TemplateLoader)?,
        extensions: [any TemplateExtension]
    ) {
        self.options = options
        self.loader = loader
        self.extensions = extensions.sorted { $0.priority < $1.priority }
        registry = Mutex(other.registry.withLock { $0 })
        renderThreads =
            options.limits.renderThreads == other.options.limits.renderThreads
            ? other.renderThreads : RenderThreads.of(options.limits)
        cache = TemplateCache(capacity: options.cacheSize)
    }

    /// An environment like this one with other options: Jinja's `overlay`. It starts with this one's filters, tests and globals
    /// and has a cache of its own.
    public func overlay(
        loader: (any TemplateLoader)? = nil, extensions: [any TemplateExtension]? = nil,
        _ change: (inout TemplateOptions) -> Void = { _ in }
    ) -> TemplateEnvironment {
        var options = options
        change(&options)
        return TemplateEnvironment(
            overlaying: self, options: options, loader: loader ?? self.loader,
            extensions: extensions ?? self.extensions)
    }

    // MARK: Filters, tests, globals

    /// The filter `name`, or nil.
    public func filter(named name: String) -> TemplateFilter? { registry.withLock { $0.filters[name] } }

    /// The test `name`, or nil.
    public func test(named name: String) -> TemplateTest? { registry.withLock { $0.tests[name] } }

    /// The global variable `name`, or nil.
    public func global(named name: String) -> TemplateValue? { globalLayer?.values[name] }

    /// The names of all filters, sorted.
    public var filterNames: [String] { registry.withLock { $0.filters.keys.sorted() } }

    /// The names of all tests, sorted.
    public var testNames: [String] { registry.withLock { $0.tests.keys.sorted() } }

    /// The names of all globals, sorted.
    public var globalNames: [String] { globalLayer?.values.keys.sorted() ?? [] }

    /// Adds a filter, or replaces the one of that name.
    public func addFilter(_ name: String, _ filter: @escaping TemplateFilter) {
        registry.withLock { $0.filters[name] = filter }
        cache.removeAll()
    }

    /// Adds a test, or replaces the one of that name.
    public func addTest(_ name: String, _ test: @escaping TemplateTest) {
        registry.withLock { $0.tests[name] = test }
        cache.removeAll()
    }

    /// Adds a variable that every template sees, or replaces the one of that name.
    public func addGlobal(_ name: String, _ value: TemplateValue) {
        registry.withLock { registry in
            var values = registry.globals.values
            values[name] = value
            registry.globals = VariableLayer(values, next: nil)
        }
    }

    var globalLayer: VariableLayer? { registry.withLock { $0.globals } }

    /// The undefined value of ``TemplateOptions/undefined`` for what was not found.
    public func undefined(_ subject: TemplateUndefined.Subject) -> TemplateValue {
        .undefined(TemplateUndefined(subject, kind: options.undefined, log: options.undefinedLog))
    }

    // MARK: Templates

    /// The template `name`, from the cache or the loader.
    ///
    /// - Throws: ``TemplateError`` of the kind `notFound` or `syntax`.
    public func template(_ name: String) throws -> Template {
        Template(try compiledTemplate(named: name), self)
    }

    /// The first template of `names` that there is.
    ///
    /// - Throws: ``TemplateError`` of the kind `noneFound` or `syntax`.
    public func template(firstOf names: [String]) throws -> Template {
        Template(try compiledTemplate(firstOf: names.map { .string($0) }), self)
    }

    /// A template made from a string. It is not cached.
    ///
    /// - Throws: ``TemplateError`` of the kind `syntax`.
    public func template(source: String, name: String? = nil, filename: String? = nil) throws -> Template {
        Template(try compile(source, name: name, filename: filename, isUpToDate: { true }), self)
    }

    func compiledTemplate(named name: String) throws -> CompiledTemplate {
        if let template = cache[name], !options.autoReload || template.isUpToDate() { return template }
        guard let loader else { throw TemplateError(.typeError, "no loader for this environment specified") }
        let source = try loader.source(of: name)
        let template = try compile(
            source.text, name: name, filename: source.filename, isUpToDate: source.isUpToDate)
        cache.insert(template, named: name)
        return template
    }

    /// What an `include` tag names: a name, a template, or several of them of which the first is taken that exists.
    func selectedTemplate(_ value: TemplateValue) throws -> CompiledTemplate {
        switch value {
        case .string, .markup, .undefined, .object(is TemplateHandle): try compiledTemplate(value)
        case .none: try compiledTemplate(firstOf: [])
        default: try compiledTemplate(firstOf: value.elements())
        }
    }

    /// What an `extends` or `import` tag names: a name or a template; beyond what Jinja allows, several of them too.
    func compiledTemplate(_ value: TemplateValue) throws -> CompiledTemplate {
        switch value {
        case .string(let name), .markup(let name): return try compiledTemplate(named: name)
        case .object(let object as TemplateHandle): return object.template.compiled
        case .undefined(let undefined): throw undefined.error()
        case .list(let list): return try compiledTemplate(firstOf: list.elements)
        case .tuple(let values): return try compiledTemplate(firstOf: values.elements)
        default:
            var error = TemplateError(.notFound, try value.text)
            error.names = [try value.text]
            throw error
        }
    }

    private func compiledTemplate(firstOf values: [TemplateValue]) throws -> CompiledTemplate {
        guard !values.isEmpty else {
            throw TemplateError(.noneFound, "Tried to select from an empty list of templates.")
        }
        var names: [String] = []
        for value in values {
            if case .object(let object as TemplateHandle) = value { return object.template.compiled }
            do {
                return try compiledTemplate(value)
            } catch let error as TemplateError where error.kind == .notFound {
                names.append(try value.text)
            } catch let error as TemplateError where error.kind == .undefined {
                names.append(error.message)
            }
        }
        var error = TemplateError(
            .noneFound, "none of the templates given were found: \(names.joined(separator: ", "))")
        error.names = names
        throw error
    }

    private func compile(
        _ source: String, name: String?, filename: String?, isUpToDate: @escaping @Sendable () -> Bool
    ) throws -> CompiledTemplate {
        var parser = TemplateParser(
            source: source, name: name, filename: filename, options: options, extensions: extensions)
        let statements = try parser.parse()
        let origin = CodeOrigin(
            template: name, filename: filename, source: source, function: "top-level template code")
        do {
            return try Compiler(environment: self, origin: origin, isUpToDate: isUpToDate).compile(statements)
        } catch var error as TemplateError {
            if error.template == nil { error.template = name }
            if error.filename == nil { error.filename = filename }
            if error.sourceLine == nil, let line = error.line { error.sourceLine = SourceLines.line(line, of: source) }
            throw error
        }
    }

    /// An expression that the program evaluates itself: Jinja's `compile_expression`.
    ///
    /// - Parameter undefinedIsNone: whether an undefined result becomes `None`
    /// - Throws: ``TemplateError`` of the kind `syntax`
    public func expression(_ source: String, undefinedIsNone: Bool = true) throws -> TemplateExpression {
        let expression = try TemplateParser.parseExpression(source, options: options, extensions: extensions)
        let origin = CodeOrigin(template: nil, filename: nil, source: source, function: "expression")
        let compiled = try Compiler(environment: self, origin: origin, isUpToDate: { true })
            .compile([TemplateExpression.statement(expression)])
        return TemplateExpression(Template(compiled, self), undefinedIsNone: undefinedIsNone)
    }

    /// The names of all templates that the loader knows, sorted: Jinja's `list_templates`.
    ///
    /// - Throws: ``TemplateError`` where the loader cannot tell
    public func templateNames() throws -> [String] {
        try loader?.templateNames() ?? []
    }

    /// Whether the output of the template `name` is escaped.
    func escapes(_ name: String?) -> Bool {
        switch options.autoescape {
        case .never: false
        case .always: true
        case .by(let decide): decide(name)
        }
    }
}
