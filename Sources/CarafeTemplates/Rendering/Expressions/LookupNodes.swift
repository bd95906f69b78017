/// `object.name`
final class AttributeNode: ExpressionNode, @unchecked Sendable {
    private let object: ExpressionNode
    private let name: String
    private let hash: Int
    /// Whether a dictionary has a method of that name, which goes before its keys.
    private let isDictMethod: Bool
    private let isSandboxed: Bool

    init(_ object: ExpressionNode, name: String, isSandboxed: Bool) {
        self.object = object
        self.name = name
        self.isSandboxed = isSandboxed
        hash = TemplateDictStorage.hash(ofName: name)
        isDictMethod = PythonMethods.method(of: .dict(TemplateDict()), named: name) != nil
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try object.evaluate(context)
        if case .dict(let dict) = value, !isDictMethod, !isSandboxed,
            let found = dict.value(forName: name, hash: hash)
        {
            return try found.touched
        }
        return try context.environment.getAttribute(value, name)
    }
}

/// `object[key]`
final class ItemNode: ExpressionNode, @unchecked Sendable {
    private let object: ExpressionNode
    private let key: ExpressionNode

    init(_ object: ExpressionNode, key: ExpressionNode) {
        self.object = object
        self.key = key
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        try context.environment.getItem(object.evaluate(context), key.evaluate(context))
    }
}

/// `object[start:stop:step]`
final class SliceNode: ExpressionNode, @unchecked Sendable {
    private let object: ExpressionNode
    private let start: ExpressionNode?
    private let stop: ExpressionNode?
    private let step: ExpressionNode?

    init(_ object: ExpressionNode, start: ExpressionNode?, stop: ExpressionNode?, step: ExpressionNode?) {
        self.object = object
        self.start = start
        self.stop = stop
        self.step = step
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try object.evaluate(context)
        return try value.slice(
            start?.evaluate(context) ?? .none, stop?.evaluate(context) ?? .none, step?.evaluate(context) ?? .none)
    }
}
