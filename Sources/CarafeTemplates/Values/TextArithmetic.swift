/// The operators of text and Markup: `+` and `%`, and `*` of Markup.
enum TextArithmetic {
    /// The result; nil where no operand's text has to do with it.
    static func apply(
        _ operation: TemplateSyntax.BinaryOperator, _ left: TemplateValue, _ right: TemplateValue,
        in context: TemplateContext
    ) throws -> TemplateValue? {
        switch operation {
        case .add: try sum(left, right, context.limits)
        case .multiply: try product(left, right, context.limits)
        case .modulo: try formatted(left, right, in: context)
        default: nil
        }
    }

    private static func formatted(
        _ left: TemplateValue, _ right: TemplateValue, in context: TemplateContext
    ) throws -> TemplateValue? {
        switch left {
        case .string(let format):
            .string(try PrintfFormat.format(format, isMarkup: false, right, in: context))
        case .markup(let format):
            .markup(try PrintfFormat.format(format, isMarkup: true, right, in: context))
        default: nil
        }
    }

    /// Text beside text; beside Markup it is escaped, and so is what has HTML of its own.
    private static func sum(
        _ left: TemplateValue, _ right: TemplateValue, _ limits: TemplateLimits
    ) throws -> TemplateValue? {
        switch (left, right) {
        case (.string(let a), .string(let b)): return .string(try joined(a, b, limits))
        case (.markup(let a), .markup(let b)): return .markup(try joined(a, b, limits))
        case (.markup(let a), _):
            guard let b = try markup(of: right) else { return nil }
            return .markup(try joined(a, b, limits))
        case (.undefined, _): return nil
        case (_, .markup(let b)):
            guard let a = try markup(of: left) else { return nil }
            return .markup(try joined(a, b, limits))
        default: return nil
        }
    }

    private static func markup(of value: TemplateValue) throws -> String? {
        if case .string(let text) = value { return Escaping.escape(text) }
        return try value.html
    }

    private static func joined(_ a: String, _ b: String, _ limits: TemplateLimits) throws -> String {
        try limits.check(a.utf8.count + b.utf8.count)
        return a + b
    }

    private static func product(
        _ left: TemplateValue, _ right: TemplateValue, _ limits: TemplateLimits
    ) throws -> TemplateValue? {
        let text: String
        let factor: TemplateValue
        switch (left, right) {
        case (.markup(let value), _): (text, factor) = (value, right)
        case (.undefined, _): return nil
        case (_, .markup(let value)): (text, factor) = (value, left)
        default: return nil
        }
        guard let count = try SequenceArithmetic.count(factor) else {
            throw TemplateError(.typeError, "'\(factor.typeName)' object cannot be interpreted as an integer")
        }
        return .markup(try SequenceArithmetic.repeated(text, count, limits))
    }
}

extension TemplateLimits {
    /// - Throws: a ``TemplateError/Kind/limit`` where a value of `size` bytes or elements is too large
    func check(_ size: Int) throws {
        if size > valueSize {
            throw TemplateError(.limit, "a value of more than \(valueSize) bytes or elements")
        }
    }
}
