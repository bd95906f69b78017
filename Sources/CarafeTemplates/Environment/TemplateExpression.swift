/// An expression of the template language that a program evaluates itself: Jinja's `compile_expression`.
///
/// ```swift
/// let isLarge = try environment.expression("size > 100 and not hidden")
/// if try isLarge.evaluate(values: ["size": 120, "hidden": false]).isTrue { … }
/// ```
public struct TemplateExpression: Sendable {
    private static let result = "result"

    private let template: Template
    private let undefinedIsNone: Bool

    init(_ template: Template, undefinedIsNone: Bool) {
        self.template = template
        self.undefinedIsNone = undefinedIsNone
    }

    /// The same expression, which sees these variables behind those that it is given.
    public func seeing(_ globals: any TemplateGlobals) -> TemplateExpression {
        TemplateExpression(template.seeing(globals), undefinedIsNone: undefinedIsNone)
    }

    /// The value of the expression with these variables.
    ///
    /// - Throws: ``TemplateError``
    public func evaluate(values: [String: TemplateValue] = [:]) throws -> TemplateValue {
        let value = try template.evaluatedValues(values)[Self.result] ?? .none
        if undefinedIsNone, case .undefined = value { return .none }
        return value
    }

    /// The value of an expression that may call asynchronous functions.
    ///
    /// - Throws: ``TemplateError``; `CancellationError` where the task is cancelled
    public func evaluateAsync(values: [String: TemplateValue] = [:]) async throws -> TemplateValue {
        try await withRenderThread(of: template.environment.renderThreads) { try evaluate(values: values) }
    }

    /// The statement whose variable the value becomes.
    static func statement(_ expression: TemplateSyntax.Expression) -> TemplateSyntax.Statement {
        TemplateSyntax.Statement(.assign(.name(result), expression), line: expression.line)
    }
}
