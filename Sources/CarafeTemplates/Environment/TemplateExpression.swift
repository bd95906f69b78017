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

    /// The value of the expression with these variables.
    ///
    /// - Throws: ``TemplateError``
    public func evaluate(values: [String: TemplateValue] = [:]) throws -> TemplateValue {
        let value = try template.evaluatedValues(values)[Self.result] ?? .none
        if undefinedIsNone, case .undefined = value { return .none }
        return value
    }

    /// The statement whose variable the value becomes.
    static func statement(_ expression: TemplateSyntax.Expression) -> TemplateSyntax.Statement {
        TemplateSyntax.Statement(.assign(.name(result), expression), line: expression.line)
    }
}
