/// A template that an environment has loaded: Jinja's `Template`.
///
/// ```swift
/// let environment = TemplateEnvironment(loader: DictLoader(["hello.html": "Hello {{ name }}!"]))
/// let page = try environment.template("hello.html").render(["name": "Ada"])
/// ```
public struct Template: Sendable {
    /// The environment whose options, filters and globals it uses.
    public let environment: TemplateEnvironment
    let compiled: CompiledTemplate

    init(_ compiled: CompiledTemplate, _ environment: TemplateEnvironment) {
        self.compiled = compiled
        self.environment = environment
    }

    /// The name under which it was loaded; nil for a template made from a string.
    public var name: String? { compiled.name }

    /// The file from which it was loaded, if it was one.
    public var filename: String? { compiled.filename }

    /// The names of its blocks.
    public var blockNames: [String] { compiled.blocks.keys.sorted() }

    /// Renders the template with these variables.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong.
    public func render(values: [String: TemplateValue]) throws -> String {
        try rendering(values) { $0.takeString() }
    }

    /// Renders the template into UTF-8.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong.
    public func renderBytes(values: [String: TemplateValue]) throws -> [UInt8] {
        try rendering(values) { $0.withBytes { Array($0) } }
    }

    /// Runs the template and hands out what its macros and variables of the top level are: Jinja's `Template.module`.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong.
    public func exportedValues(values: [String: TemplateValue] = [:]) throws -> [String: TemplateValue] {
        let state = RenderState(environment: environment)
        let layers = VariableLayer(values, next: environment.globalLayer)
        return try reportingFailures {
            try TemplateModule(compiled, environment: environment, layers: layers, state: state).exportedValues
        }
    }

    /// Renders the template to a value: with ``TemplateOptions/nativeTypes``, what it prints as the Python literal that it is, or
    /// the one value that it prints; otherwise its text.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong.
    public func renderValue(values: [String: TemplateValue]) throws -> TemplateValue {
        guard environment.options.nativeTypes else { return .string(try render(values: values)) }
        let state = RenderState(environment: environment)
        try run(values, state, RenderOutput(limit: state.limits.outputSize))
        return try NativeConcatenation.value(of: state.nativeParts ?? [])
    }

    func rendering<Result>(_ values: [String: TemplateValue], _ result: (RenderOutput) throws -> Result) throws -> Result {
        let output = RenderOutput(limit: environment.options.limits.outputSize)
        try run(values, RenderState(environment: environment), output)
        return try result(output)
    }

    func run(_ values: [String: TemplateValue], _ state: RenderState, _ output: RenderOutput) throws {
        let variables = Variables(
            environment: environment, templateName: compiled.name,
            layers: VariableLayer(values, next: environment.globalLayer), blocks: compiled.table)
        try reportingFailures {
            try compiled.render(variables, state, output)
        }
    }

    private func reportingFailures<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as RenderFailure {
            throw failure.reported
        }
    }
}

/// A template as a value of another, which can extend, include or import it.
final class TemplateHandle: TemplateObject {
    let typeName = "jinja2.environment.Template"
    let template: Template

    init(_ template: Template) {
        self.template = template
    }

    var isTrue: Bool { true }
    var representation: String {
        get throws { try "<Template \(template.name.map { try TemplateValue.string($0).representation } ?? "memory")>" }
    }
}

extension Template {
    /// The template as a value: `{% extends layout %}` with a variable that holds it.
    public var templateValue: TemplateValue { .object(TemplateHandle(self)) }
}
