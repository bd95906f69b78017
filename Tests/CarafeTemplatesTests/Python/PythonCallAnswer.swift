@testable import CarafeTemplates

/// What this module makes of a call, in the form of the vectors.
struct PythonCallAnswer: Equatable {
    var result: String?
    var receiver: String?
    var error: [String]?

    /// CPython's answer.
    init(expected vector: PythonCallVector) {
        (result, receiver, error) = (vector.r, vector.s, vector.e)
    }

    /// Ours.
    init(to vector: PythonCallVector) {
        do {
            let value = try Self.call(
                vector.f, vector.v.value, vector.a.map(\.value), vector.k.map { ($0.name, $0.value.value) })
            result = try value.representation
            receiver = try vector.v.value.representation
        } catch let failure as TemplateError {
            error = [failure.kind.name, failure.message]
        } catch {
            self.error = ["\(error)"]
        }
    }

    /// Whether the two are the same, byte by byte.
    func isSame(as other: PythonCallAnswer) -> Bool {
        [result, receiver].map { $0.map { Array($0.utf8) } }
            == [other.result, other.receiver].map { $0.map { Array($0.utf8) } }
            && error?.map { Array($0.utf8) } == other.error?.map { Array($0.utf8) }
    }

    static var context: TemplateContext {
        TemplateContext(environment: environment)
    }

    private static let environment = TemplateEnvironment()

    private static func call(
        _ function: String, _ receiver: TemplateValue, _ arguments: [TemplateValue],
        _ named: [(name: String, value: TemplateValue)]
    ) throws -> TemplateValue {
        let operations: [String: TemplateSyntax.BinaryOperator] = [
            "+": .add, "-": .subtract, "*": .multiply, "/": .divide, "//": .floorDivide,
        ]
        let comparisons: [String: TemplateSyntax.Comparison] = [
            "<": .less, "<=": .lessOrEqual, "==": .equal, "in": .in,
        ]
        if let operation = operations[function] { return try receiver.binary(operation, arguments[0], in: context) }
        if let comparison = comparisons[function] { return .bool(try receiver.compare(comparison, arguments[0])) }
        switch function {
        case "%":
            guard let text = PythonCall.text(receiver) else {
                return try receiver.binary(.modulo, arguments[0], in: context)
            }
            let result = try PrintfFormat.format(text, isMarkup: receiver.isMarkup, arguments[0], in: context)
            return receiver.isMarkup ? .markup(result) : .string(result)
        case "formatted":
            let specification = PythonCall.text(arguments[0]) ?? ""
            return .string(
                try StringFormat.format(receiver, specification: specification, limits: context.limits))
        case "str": return .string(try receiver.text)
        case "repr": return receiver
        case "attribute": return try PythonSubscript.attribute(PythonCall.text(arguments[0]) ?? "", of: receiver)
        default:
            let arguments = TemplateArguments(arguments, named: named)
            if let method = PythonMethods.method(of: receiver, named: function) {
                return try method(receiver, arguments, context)
            }
            guard case .object(let method) = try PythonSubscript.attribute(function, of: receiver) else { return .none }
            return try method.call(arguments, in: context)
        }
    }
}
