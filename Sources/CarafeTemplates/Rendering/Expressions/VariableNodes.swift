/// A variable of the frame that runs.
final class LocalNode: ExpressionNode, @unchecked Sendable {
    private let slot: Int
    private let name: String

    init(slot: Int, name: String) {
        self.slot = slot
        self.name = name
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        if let value = context.slots[slot] { return try value.touched }
        return context.undefined(.name(name))
    }

    override func render(_ context: TemplateContext) throws {
        if let value = context.slots[slot] {
            try context.print(value)
        } else {
            try context.print(context.undefined(.name(name)))
        }
    }
}

/// A variable of a frame further out: what a macro sees of the template around it.
final class OuterNode: ExpressionNode, @unchecked Sendable {
    private let distance: Int
    private let slot: Int
    private let name: String

    init(distance: Int, slot: Int, name: String) {
        self.distance = distance
        self.slot = slot
        self.name = name
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        if let value = context.frame(at: distance).slots[slot] { return try value.touched }
        return context.undefined(.name(name))
    }
}

/// A name that no scope sets: looked up in the template's variables when it is first read, then kept in a slot.
final class ContextNode: ExpressionNode, @unchecked Sendable {
    private let distance: Int
    private let slot: Int
    private let name: String

    init(distance: Int, slot: Int, name: String) {
        self.distance = distance
        self.slot = slot
        self.name = name
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let frame = context.frame(at: distance)
        if let value = frame.slots[slot] { return try value.touched }
        guard let value = try frame.variables.resolve(name)?.touched else { return context.undefined(.name(name)) }
        frame.slots[slot] = value
        return value
    }
}

extension TemplateContext {
    /// The frame `distance` steps out of this one.
    @inline(__always)
    func frame(at distance: Int) -> TemplateContext {
        var frame = self
        for _ in 0..<distance {
            guard let outer = frame.outer else { return frame }
            frame = outer
        }
        return frame
    }
}
