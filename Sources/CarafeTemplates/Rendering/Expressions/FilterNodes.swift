/// `input|name(arguments)`
final class FilterNode: ExpressionNode, @unchecked Sendable {
    private let input: ExpressionNode
    private let name: String
    private let filter: TemplateFilter?
    private let arguments: ArgumentsNode

    /// No filter: there was none of that name when the template was compiled, which is an error when it is used.
    init(_ input: ExpressionNode, name: String, filter: TemplateFilter?, _ arguments: ArgumentsNode) {
        self.input = input
        self.name = name
        self.filter = filter
        self.arguments = arguments
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try input.evaluate(context)
        let arguments = try arguments.evaluate(context)
        guard let filter else { throw TemplateError(.runtime, "No filter named '\(name)' found.") }
        return try filter(value, arguments, context).touched
    }
}

/// `input is name(arguments)`
final class TestNode: ExpressionNode, @unchecked Sendable {
    private let input: ExpressionNode
    private let name: String
    private let test: TemplateTest?
    private let arguments: ArgumentsNode

    init(_ input: ExpressionNode, name: String, test: TemplateTest?, _ arguments: ArgumentsNode) {
        self.input = input
        self.name = name
        self.test = test
        self.arguments = arguments
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue { .bool(try isTrue(context)) }

    override func isTrue(_ context: TemplateContext) throws -> Bool {
        let value = try input.evaluate(context)
        let arguments = try arguments.evaluate(context)
        guard let test else { throw TemplateError(.runtime, "No test named '\(name)' found.") }
        return try test(value, arguments, context)
    }
}
