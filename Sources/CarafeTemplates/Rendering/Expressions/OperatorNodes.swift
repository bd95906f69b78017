/// `left + right` and the other operators of arithmetic.
final class BinaryNode: ExpressionNode, @unchecked Sendable {
    private let operation: TemplateSyntax.BinaryOperator
    private let left: ExpressionNode
    private let right: ExpressionNode

    init(_ operation: TemplateSyntax.BinaryOperator, _ left: ExpressionNode, _ right: ExpressionNode) {
        self.operation = operation
        self.left = left
        self.right = right
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let first = try left.evaluate(context)
        let second = try right.evaluate(context)
        return try first.binary(operation, second, in: context)
    }
}

/// `-operand` and `+operand`
final class SignNode: ExpressionNode, @unchecked Sendable {
    private let operand: ExpressionNode
    private let isNegative: Bool

    init(_ operand: ExpressionNode, isNegative: Bool) {
        self.operand = operand
        self.isNegative = isNegative
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try operand.evaluate(context)
        return try isNegative ? value.negated() : value.positive()
    }
}

/// `not operand`
final class NotNode: ExpressionNode, @unchecked Sendable {
    private let operand: ExpressionNode

    init(_ operand: ExpressionNode) {
        self.operand = operand
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue { .bool(try isTrue(context)) }
    override func isTrue(_ context: TemplateContext) throws -> Bool { try !operand.isTrue(context) }
}

/// `left and right`, `left or right`: one of the two values, as in Python.
final class LogicalNode: ExpressionNode, @unchecked Sendable {
    private let left: ExpressionNode
    private let right: ExpressionNode
    /// The truth of `left` that makes `right` matter.
    private let continuesOn: Bool

    init(and left: ExpressionNode, _ right: ExpressionNode) {
        self.left = left
        self.right = right
        continuesOn = true
    }

    init(or left: ExpressionNode, _ right: ExpressionNode) {
        self.left = left
        self.right = right
        continuesOn = false
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try left.evaluate(context)
        return try value.isTrue == continuesOn ? right.evaluate(context) : value
    }

    override func isTrue(_ context: TemplateContext) throws -> Bool {
        try left.isTrue(context) == continuesOn ? right.isTrue(context) : !continuesOn
    }
}

/// `first < second <= third`: each operand is evaluated once, and none after the first comparison that is false.
final class ComparisonNode: ExpressionNode, @unchecked Sendable {
    private let first: ExpressionNode
    private let rest: [(comparison: TemplateSyntax.Comparison, operand: ExpressionNode)]

    init(_ first: ExpressionNode, _ rest: [(comparison: TemplateSyntax.Comparison, operand: ExpressionNode)]) {
        self.first = first
        self.rest = rest
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue { .bool(try isTrue(context)) }

    override func isTrue(_ context: TemplateContext) throws -> Bool {
        var left = try first.evaluate(context)
        for item in rest {
            let right = try item.operand.evaluate(context)
            if try !left.compare(item.comparison, right) { return false }
            left = right
        }
        return true
    }
}

/// `a ~ b ~ c`: the texts one after another. Where output is escaped and one of them is markup, the others are escaped and all
/// is markup.
final class ConcatenationNode: ExpressionNode, @unchecked Sendable {
    private let operands: [ExpressionNode]

    init(_ operands: [ExpressionNode]) {
        self.operands = operands
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let values = try operands.map { try $0.evaluate(context) }
        let isMarkup = context.autoescape && values.contains(where: \.isMarkup)
        var result = ""
        for value in values {
            result += try isMarkup && !value.isMarkup ? Escaping.escape(value.text) : value.text
            try context.limits.check(result.utf8.count)
        }
        return isMarkup ? .markup(result) : .string(result)
    }
}

/// `value if test else alternative`
final class ConditionalNode: ExpressionNode, @unchecked Sendable {
    private let test: ExpressionNode
    private let value: ExpressionNode
    private let alternative: ExpressionNode

    init(test: ExpressionNode, value: ExpressionNode, alternative: ExpressionNode) {
        self.test = test
        self.value = value
        self.alternative = alternative
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        try test.isTrue(context) ? value.evaluate(context) : alternative.evaluate(context)
    }

    override func render(_ context: TemplateContext) throws {
        try test.isTrue(context) ? value.render(context) : alternative.render(context)
    }
}
