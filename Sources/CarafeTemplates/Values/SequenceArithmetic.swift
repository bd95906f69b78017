/// The operators of sequences: `+` joins two of a kind, `*` repeats one.
enum SequenceArithmetic {
    /// The result; nil where neither operand is a sequence that has to do with it.
    static func apply(
        _ operation: TemplateSyntax.BinaryOperator, _ left: TemplateValue, _ right: TemplateValue,
        _ limits: TemplateLimits
    ) throws -> TemplateValue? {
        switch operation {
        case .add: try sum(left, right, limits)
        case .multiply: try product(left, right, limits)
        default: nil
        }
    }

    private static func sum(
        _ left: TemplateValue, _ right: TemplateValue, _ limits: TemplateLimits
    ) throws -> TemplateValue? {
        switch (left, right) {
        case (.list(let a), .list(let b)): return .list(try joined(a.elements, b.elements, limits))
        case (.tuple(let a), .tuple(let b)): return .tuple(try joined(a.elements, b.elements, limits))
        case (.list, _), (.tuple, _), (.string, _):
            let name = left.typeName
            throw TemplateError(.typeError, "can only concatenate \(name) (not \"\(right.typeName)\") to \(name)")
        default: return nil
        }
    }

    private static func joined(
        _ a: [TemplateValue], _ b: [TemplateValue], _ limits: TemplateLimits
    ) throws -> [TemplateValue] {
        try limits.check(a.count + b.count)
        return a + b
    }

    private static func product(
        _ left: TemplateValue, _ right: TemplateValue, _ limits: TemplateLimits
    ) throws -> TemplateValue? {
        if left.isRepeatable {
            guard let count = try count(right) else { throw notAnInteger(right) }
            return try left.repeated(count, limits)
        }
        if right.isRepeatable {
            guard let count = try count(left) else { throw notAnInteger(left) }
            return try right.repeated(count, limits)
        }
        return nil
    }

    private static func notAnInteger(_ value: TemplateValue) -> TemplateError {
        TemplateError(.typeError, "can't multiply sequence by non-int of type '\(value.typeName)'")
    }

    /// How often `factor` says to repeat; nil where it is no integer.
    static func count(_ factor: TemplateValue) throws -> Int? {
        switch factor {
        case .int(let value): return value
        case .bool(let value): return value ? 1 : 0
        case .bigInt: throw TemplateError(.overflow, "cannot fit 'int' into an index-sized integer")
        default: return nil
        }
    }

    /// `text` so many times.
    static func repeated(_ text: String, _ count: Int, _ limits: TemplateLimits) throws -> String {
        if count <= 0 || text.utf8.isEmpty { return "" }
        try check(text.utf8.count, count, limits)
        return String(repeating: text, count: count)
    }

    /// `elements` so many times.
    static func repeated(
        _ elements: [TemplateValue], _ count: Int, _ limits: TemplateLimits
    ) throws -> [TemplateValue] {
        if count <= 0 || elements.isEmpty { return [] }
        try check(elements.count, count, limits)
        var result: [TemplateValue] = []
        result.reserveCapacity(elements.count * count)
        for _ in 0..<count { result += elements }
        return result
    }

    private static func check(_ size: Int, _ count: Int, _ limits: TemplateLimits) throws {
        let (total, overflow) = size.multipliedReportingOverflow(by: count)
        try limits.check(overflow ? .max : total)
    }
}

extension TemplateValue {
    fileprivate var isRepeatable: Bool {
        switch self {
        case .string, .list, .tuple: true
        default: false
        }
    }

    fileprivate func repeated(_ count: Int, _ limits: TemplateLimits) throws -> TemplateValue {
        switch self {
        case .string(let text): .string(try SequenceArithmetic.repeated(text, count, limits))
        case .list(let list): .list(try SequenceArithmetic.repeated(list.elements, count, limits))
        case .tuple(let tuple): .tuple(try SequenceArithmetic.repeated(tuple.elements, count, limits))
        default: self
        }
    }
}
