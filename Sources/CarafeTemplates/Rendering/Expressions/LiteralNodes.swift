/// A literal, or a value that an extension put into the template.
final class ConstantNode: ExpressionNode, @unchecked Sendable {
    let value: TemplateValue

    init(_ value: TemplateValue) {
        self.value = value
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue { value }
}

/// Text between tags.
final class TextNode: ExpressionNode, @unchecked Sendable {
    private let text: String
    private let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        context.autoescape ? .markup(text) : .string(text)
    }

    override func render(_ context: TemplateContext) throws {
        try bytes.withUnsafeBufferPointer { try context.output.append($0) }
    }
}

/// `(a, b)`
final class TupleNode: ExpressionNode, @unchecked Sendable {
    private let items: [ExpressionNode]

    init(_ items: [ExpressionNode]) {
        self.items = items
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        .tuple(TemplateTuple(try items.map { try $0.evaluate(context) }))
    }
}

/// `[a, b]`: a new list each time.
final class ListNode: ExpressionNode, @unchecked Sendable {
    private let items: [ExpressionNode]

    init(_ items: [ExpressionNode]) {
        self.items = items
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        .list(TemplateList(try items.map { try $0.evaluate(context) }))
    }
}

/// `{a: b}`: a new dictionary each time.
final class DictNode: ExpressionNode, @unchecked Sendable {
    private let items: [(key: ExpressionNode, value: ExpressionNode)]

    init(_ items: [(key: ExpressionNode, value: ExpressionNode)]) {
        self.items = items
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        var storage = TemplateDictStorage()
        for item in items {
            let key = try item.key.evaluate(context).key()
            storage[key] = try item.value.evaluate(context)
        }
        return .dict(TemplateDict(storage))
    }
}
