/// A template that an environment has loaded: Jinja's `Template`.
///
/// ```swift
/// let environment = TemplateEnvironment(loader: DictLoader(["hello.html": "Hello {{ name }}!"]))
/// let page = try environment.template("hello.html").render(["name": "Ada"])
/// ```
///
/// One template may be rendered by any number of threads at once.
public struct Template: Sendable {
    /// The environment whose options, filters and globals it uses.
    public let environment: TemplateEnvironment
    let compiled: CompiledTemplate
    /// What the render sees beside the environment's globals.
    var globals: (any TemplateGlobals)?

    init(_ compiled: CompiledTemplate, _ environment: TemplateEnvironment) {
        self.compiled = compiled
        self.environment = environment
    }

    /// The name under which it was loaded; nil for a template made from a string.
    public var name: String? { compiled.name }

    /// The file from which it was loaded, if it was one.
    public var filename: String? { compiled.filename }

    /// The names of its blocks, sorted.
    public var blockNames: [String] { compiled.blocks.keys.sorted() }

    /// Renders the template with these variables, which may be anything that is `Encodable`.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong
    public func render(_ context: [String: (any Encodable & Sendable)?] = [:]) throws -> String {
        try render(values: Self.values(context))
    }

    /// Renders the template with these variables.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong
    public func render(values: [String: TemplateValue]) throws -> String {
        try withOutput(values) { $0.takeString() }
    }

    /// Renders the template into UTF-8.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong
    public func renderBytes(values: [String: TemplateValue]) throws -> [UInt8] {
        try withOutput(values) { $0.withBytes { Array($0) } }
    }

    /// Renders the template into UTF-8 that `body` reads in place, without a copy.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong, and what `body` throws
    public func withRenderedBytes<Result>(
        values: [String: TemplateValue], _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) throws -> Result {
        try withOutput(values) { try $0.withBytes(body) }
    }

    /// Renders the template on a thread that may wait, so that it can call asynchronous functions.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong; `CancellationError` where the task is cancelled
    public func renderAsync(_ context: [String: (any Encodable & Sendable)?] = [:]) async throws -> String {
        try await renderAsync(values: Self.values(context))
    }

    /// Renders the template on a thread that may wait, so that it can call asynchronous functions.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong; `CancellationError` where the task is cancelled
    public func renderAsync(values: [String: TemplateValue]) async throws -> String {
        try await withRenderThread(of: environment.renderThreads) { try render(values: values) }
    }

    /// The output while it is made, in chunks of about `chunkSize` bytes: Jinja's `Template.stream`.
    public func stream(values: [String: TemplateValue] = [:], chunkSize: Int = 8192) -> TemplateStream {
        TemplateStream(threads: environment.renderThreads) { write in
            try withoutActuallyEscaping(write) { write in
                let state = RenderState(environment: environment, globals: globals, chunkSize: chunkSize, write: write)
                let output = RenderOutput(limit: state.limits.outputSize)
                try run(values, state, output)
                if output.count > 0 { try write(output.withBytes { Array($0) }) }
            }
        }
    }

    /// Renders the template to a value: with ``TemplateOptions/nativeTypes``, what it prints as the Python literal that it is,
    /// or the one value that it prints; otherwise its text.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong
    public func renderValue(values: [String: TemplateValue]) throws -> TemplateValue {
        guard environment.options.nativeTypes else { return .string(try render(values: values)) }
        let state = RenderState(environment: environment, globals: globals)
        var isMacro = false
        defer {
            state.nativeParts = nil
            // A macro needs what the template has set.
            if !isMacro { state.end() }
        }
        try execute(values, state, RenderOutput(limit: state.limits.outputSize))
        let value = try NativeConcatenation.value(of: state.nativeParts ?? [])
        if case .object(let object) = value { isMacro = object is Macro }
        return value
    }

    /// Runs the template and hands out its macros and the variables of its top level: Jinja's `Template.module`.
    ///
    /// A macro and the variables that it sees refer to each other. What a template with macros exports is never freed: ask for
    /// it once, not at each request.
    ///
    /// - Throws: ``TemplateError`` with the place of what went wrong
    public func exportedValues(values: [String: TemplateValue] = [:]) throws -> [String: TemplateValue] {
        let state = RenderState(environment: environment, globals: globals)
        let layers = VariableLayer(values, next: state.globals)
        return try RenderFailure.reporting {
            try TemplateModule(compiled, environment: environment, layers: layers, state: state).exportedValues
        }
    }

    /// What an expression has set, which holds no macros.
    func evaluatedValues(_ values: [String: TemplateValue]) throws -> [String: TemplateValue] {
        let state = RenderState(environment: environment, globals: globals)
        state.remains.isOpen = true
        defer { state.end() }
        let layers = VariableLayer(values, next: state.globals)
        return try RenderFailure.reporting {
            try TemplateModule(compiled, environment: environment, layers: layers, state: state).exportedValues
        }
    }

    private static func values(
        _ context: [String: (any Encodable & Sendable)?]
    ) throws -> [String: TemplateValue] {
        try context.mapValues { try TemplateValue(converting: $0) }
    }

    private func withOutput<Result>(
        _ values: [String: TemplateValue], _ body: (RenderOutput) throws -> Result
    ) throws -> Result {
        try RenderOutput.withReused(limit: environment.options.limits.outputSize) { output in
            try run(values, RenderState(environment: environment, globals: globals), output)
            return try body(output)
        }
    }

    private func run(_ values: [String: TemplateValue], _ state: RenderState, _ output: RenderOutput) throws {
        defer { state.end() }
        try execute(values, state, output)
    }

    private func execute(_ values: [String: TemplateValue], _ state: RenderState, _ output: RenderOutput) throws {
        state.remains.isOpen = true
        let variables = Variables(
            environment: environment, templateName: compiled.name,
            layers: VariableLayer(values, next: state.globals), blocks: compiled.table, state: state)
        try RenderFailure.reporting {
            guard let globals else { return try compiled.render(variables, state, output) }
            try globals.rendering { try compiled.render(variables, state, output) }
        }
    }
}

extension Template: TemplateValueConvertible {
    /// The template as a value: `{% extends layout %}` with a variable that holds it.
    public var templateValue: TemplateValue { .object(TemplateHandle(self)) }

    /// Encodes the template's description.
    public func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
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
