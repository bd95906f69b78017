/// `{% extends template %}`
final class ExtendsStatement: StatementNode, @unchecked Sendable {
    private let template: ExpressionNode
    /// Whether an earlier `extends` may have run already.
    private let mayRepeat: Bool
    /// The line of the error where one has.
    private let checkLine: Int

    init(line: Int, template: ExpressionNode, mayRepeat: Bool, checkLine: Int) {
        self.template = template
        self.mayRepeat = mayRepeat
        self.checkLine = checkLine
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        if mayRepeat, context.parentTemplate != nil {
            throw context.located(TemplateError(.runtime, "extended multiple times"), line: checkLine)
        }
        let parent = try context.environment.compiledTemplate(template.evaluate(context))
        context.parentTemplate = parent
        context.variables.blocks = context.variables.blocks.extended(by: parent)
        return .next
    }
}

/// A second `{% extends %}` after one that is known to have run.
final class ExtendedTwiceStatement: StatementNode, @unchecked Sendable {
    override func execute(_ context: TemplateContext) throws -> Flow {
        throw TemplateError(.runtime, "extended multiple times")
    }
}

/// `{% include template %}`
final class IncludeStatement: StatementNode, @unchecked Sendable {
    private let template: ExpressionNode
    private let ignoresMissing: Bool
    /// What the included template sees of this one; nil without context.
    private let locals: LocalVariables?

    init(line: Int, template: ExpressionNode, ignoresMissing: Bool, locals: LocalVariables?) {
        self.template = template
        self.ignoresMissing = ignoresMissing
        self.locals = locals
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        let included: CompiledTemplate
        do {
            included = try context.environment.selectedTemplate(template.evaluate(context))
        } catch let error as TemplateError
            where ignoresMissing && (error.kind == .notFound || error.kind == .noneFound)
        {
            return .next
        }
        if let locals {
            let layers = context.variables.all(with: locals.values(context))
            let variables = Variables(
                environment: context.environment, templateName: included.name, layers: layers, blocks: included.table,
                state: context.state)
            try included.render(variables, context.state, context.output)
        } else {
            try context.emit(ConstantNode(.markup(context.module(of: included).body)))
        }
        return .next
    }
}

/// `{% import template as name %}`
final class ImportStatement: StatementNode, @unchecked Sendable {
    private let template: ExpressionNode
    private let locals: LocalVariables?
    private let slot: Int
    private let published: String?

    init(line: Int, template: ExpressionNode, locals: LocalVariables?, slot: Int, published: String?) {
        self.template = template
        self.locals = locals
        self.slot = slot
        self.published = published
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        let module = try context.importModule(template.evaluate(context), locals: locals)
        context.slots[slot] = .object(module)
        if let published { context.variables.set(published, .object(module), exports: false) }
        return .next
    }
}

/// `{% from template import names %}`
final class FromImportStatement: StatementNode, @unchecked Sendable {
    private let template: ExpressionNode
    private let locals: LocalVariables?
    private let names: [(name: String, slot: Int, published: String?)]

    init(
        line: Int, template: ExpressionNode, locals: LocalVariables?,
        names: [(name: String, slot: Int, published: String?)]
    ) {
        self.template = template
        self.locals = locals
        self.names = names
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        let module = try context.importModule(template.evaluate(context), locals: locals)
        for item in names {
            let value = try module.attribute(item.name) ?? missing(item.name, in: module, context)
            context.slots[item.slot] = value
            if let published = item.published { context.variables.set(published, value, exports: false) }
        }
        return .next
    }

    private func missing(_ name: String, in module: TemplateModule, _ context: TemplateContext) throws -> TemplateValue
    {
        var position = "line \(line)"
        if let template = context.code.template {
            position += try " in \(TemplateValue.string(template).representation)"
        }
        let moduleName = try module.name.map { try TemplateValue.string($0).representation } ?? "None"
        return context.undefined(
            .hint(
                "the template \(moduleName) (imported on \(position)) does not export the requested name '\(name)'"))
    }
}

extension TemplateContext {
    func importModule(_ template: TemplateValue, locals: LocalVariables?) throws -> TemplateModule {
        let imported = try environment.compiledTemplate(template)
        guard let locals else { return try module(of: imported) }
        let layers = variables.all(with: locals.values(self))
        return try TemplateModule(imported, environment: environment, layers: layers, state: state)
    }

    /// The module of a template that is included or imported without context. Within a render it is made once; between
    /// renders nothing is shared, so that what one request puts into a module's namespace never shows in another.
    func module(of template: CompiledTemplate) throws -> TemplateModule {
        let key = ObjectIdentifier(template)
        if let module = state.modules[key] { return module }
        let module = try TemplateModule(
            template, environment: environment, layers: state.globals, state: state)
        state.modules[key] = module
        return module
    }
}

/// An imported template: its macros and the variables that it sets at its top level.
final class TemplateModule: TemplateObject {
    let typeName = "jinja2.environment.TemplateModule"
    let name: String?
    /// What the template printed.
    let body: String
    private let exports: [String: TemplateValue]
    /// Keeps the template alive, by whose identity the module is found.
    private let template: CompiledTemplate

    init(
        _ template: CompiledTemplate, environment: TemplateEnvironment, layers: VariableLayer?, state: RenderState
    ) throws {
        let variables = Variables(
            environment: environment, templateName: template.name, layers: layers, blocks: template.table, state: state)
        let output = RenderOutput(limit: state.limits.outputSize)
        try state.capturing { try template.render(variables, state, output) }
        name = template.name
        body = output.takeString()
        exports = variables.exports
        self.template = template
    }

    func attribute(_ name: String) throws -> TemplateValue? { exports[name] }

    /// The exported names and their values.
    var exportedValues: [String: TemplateValue] { exports }

    var isTrue: Bool { true }
    var text: String { body }
    var html: String? { body }
    var representation: String {
        get throws { try "<TemplateModule \(name.map { try TemplateValue.string($0).representation } ?? "memory")>" }
    }
}
