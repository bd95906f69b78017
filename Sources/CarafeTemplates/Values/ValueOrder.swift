extension TemplateValue {
    /// Python's `<`.
    ///
    /// - Throws: a `TypeError` where the values have no order
    public func isLess(than other: TemplateValue) throws -> Bool { try isOrdered(.less, other) }

    /// Python's comparison `self operation other`.
    public func compare(_ operation: TemplateSyntax.Comparison, _ other: TemplateValue) throws -> Bool {
        switch operation {
        case .equal: try isEqual(to: other)
        case .notEqual: try !isEqual(to: other)
        case .in: try other.contains(self)
        case .notIn: try !other.contains(self)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: try isOrdered(operation, other)
        }
    }

    private func isOrdered(_ operation: TemplateSyntax.Comparison, _ other: TemplateValue) throws -> Bool {
        if case .int(let a) = self, case .int(let b) = other {
            return operation.holds(for: a < b ? -1 : a > b ? 1 : 0)
        }
        switch (self, other) {
        case (.list, .list), (.tuple, .tuple):
            return try ComparisonProgress.comparing { _ in try isOrderedContainer(operation, other) }
        default: return try isOrderedScalar(operation, other)
        }
    }

    private func isOrderedContainer(_ operation: TemplateSyntax.Comparison, _ other: TemplateValue) throws -> Bool {
        var (left, right) = (self, other)
        // Down to the first elements that differ.
        for _ in 0..<1000 {
            guard let (a, b) = Self.elements(left, right) else { return try left.isOrderedScalar(operation, right) }
            guard let different = try zip(a, b).first(where: { try !Self.areSame($0, $1) }) else {
                return operation.holds(for: a.count < b.count ? -1 : a.count > b.count ? 1 : 0)
            }
            (left, right) = different
        }
        throw ThreadState.recursionError(" in comparison")
    }

    /// The elements of two lists or two tuples.
    private static func elements(
        _ left: TemplateValue, _ right: TemplateValue
    ) -> (left: [TemplateValue], right: [TemplateValue])? {
        switch (left, right) {
        case (.list(let a), .list(let b)): (a.elements, b.elements)
        case (.tuple(let a), .tuple(let b)): (a.elements, b.elements)
        default: nil
        }
    }

    private static func areSame(_ left: TemplateValue, _ right: TemplateValue) throws -> Bool {
        try left.isIdentical(to: right) || left.isEqual(to: right)
    }

    private func isOrderedScalar(_ operation: TemplateSyntax.Comparison, _ other: TemplateValue) throws -> Bool {
        switch (self, other) {
        case (.int(let a), .int(let b)): return operation.holds(for: a < b ? -1 : a > b ? 1 : 0)
        case (.object(let object), _) where object is StandIn: return try plain.isOrdered(operation, other)
        case (_, .object(let object)) where object is StandIn: return try isOrdered(operation, other.plain)
        case (.string(let a), .string(let b)), (.string(let a), .markup(let b)), (.markup(let a), .string(let b)),
            (.markup(let a), .markup(let b)):
            return operation.holds(for: compareText(a, b))
        case (.object, _), (_, .object): if let result = try isOrderedObject(operation, other) { return result }
        case (.undefined(let a), _), (_, .undefined(let a)): throw a.error()
        default:
            if let a = Number(self), let b = Number(other) {
                guard let order = a.order(b) else { return false }
                return operation.holds(for: order)
            }
        }
        if case .undefined(let value) = self { throw value.error() }
        if case .undefined(let value) = other { throw value.error() }
        throw TemplateError(
            .typeError,
            "'\(operation.rawValue)' not supported between instances of '\(typeName)' and '\(other.typeName)'")
    }

    /// The order of values of which one is an object; nil where it knows of none.
    private func isOrderedObject(_ operation: TemplateSyntax.Comparison, _ other: TemplateValue) throws -> Bool? {
        func isLess(_ a: TemplateValue, _ b: TemplateValue) throws -> Bool? {
            guard case .object(let object) = a else { return nil }
            return try object.isLess(than: b)
        }
        switch operation {
        case .less: return try isLess(self, other)
        case .greater: return try isLess(other, self)
        case .lessOrEqual:
            guard let result = try isLess(self, other) else { return nil }
            return try result || isEqual(to: other)
        case .greaterOrEqual:
            guard let result = try isLess(other, self) else { return nil }
            return try result || isEqual(to: other)
        default: return nil
        }
    }
}

extension TemplateSyntax.Comparison {
    /// Whether an order, below zero, zero or above, is what the comparison asks for.
    fileprivate func holds(for order: Int) -> Bool {
        switch self {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        default: false
        }
    }
}
