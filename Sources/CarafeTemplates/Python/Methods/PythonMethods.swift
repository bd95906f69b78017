/// A method of a built-in type of Python's: called with its receiver and arguments.
typealias PythonMethod =
    @Sendable (_ receiver: TemplateValue, _ arguments: TemplateArguments, _ context: TemplateContext) throws ->
    TemplateValue

/// The methods and attributes that Python's built-in types have and templates use: `"a,b".split(",")`, `user.items()`.
enum PythonMethods {
    /// The method `name` of `value`, or nil where its type has none.
    static func method(of value: TemplateValue, named name: String) -> PythonMethod? {
        entry(of: value, named: name)?.call
    }

    /// The attribute `name` of `value`: a method bound to it, or a number's part such as `real`; nil where there is none.
    static func attribute(of value: TemplateValue, named name: String) -> TemplateValue? {
        if let method = entry(of: value, named: name) { return .object(TemplateMethod(value, method)) }
        return NumberMethods.attribute(of: value, named: name)
    }

    /// The methods called `name` of all types, for callers that look the name up once.
    static func family(named name: String) -> PythonMethodFamily { PythonMethodFamily(name) }

    private static func entry(of value: TemplateValue, named name: String) -> PythonMethodEntry? {
        table(of: value)?[name]
    }

    private static func table(of value: TemplateValue) -> PythonMethodTable? {
        switch value {
        case .string: TextMethods.ofText
        case .markup: TextMethods.ofMarkup
        case .dict: DictMethods.all
        case .list: ListMethods.ofList
        case .tuple: ListMethods.ofTuple
        case .int, .bigInt, .bool: NumberMethods.ofInteger
        case .double: NumberMethods.ofFloat
        case .object, .undefined, .none: nil
        }
    }
}

/// The methods of one name, one for each built-in type that has it.
///
/// Looking a name up in a table costs more than calling most methods, so a compiled template keeps these for each call.
struct PythonMethodFamily: Sendable {
    private let text, markup, dict, list, tuple, integer, float: PythonMethodEntry?

    init(_ name: String) {
        text = TextMethods.ofText[name]
        markup = TextMethods.ofMarkup[name]
        dict = DictMethods.all[name]
        list = ListMethods.ofList[name]
        tuple = ListMethods.ofTuple[name]
        integer = NumberMethods.ofInteger[name]
        float = NumberMethods.ofFloat[name]
    }

    /// Whether no type has such a method.
    var isEmpty: Bool {
        text == nil && markup == nil && dict == nil && list == nil && tuple == nil && integer == nil && float == nil
    }

    /// Whether the type of `value` has the method.
    @inline(__always)
    func has(_ value: TemplateValue) -> Bool { entry(of: value) != nil }

    /// Calls the method of `value`; nil where its type has none.
    @inline(__always)
    func call(
        _ value: TemplateValue, _ arguments: TemplateArguments, in context: TemplateContext
    ) throws -> TemplateValue? {
        try entry(of: value)?.call(value, arguments, context)
    }

    @inline(__always)
    private func entry(of value: TemplateValue) -> PythonMethodEntry? {
        switch value {
        case .string: text
        case .markup: markup
        case .dict: dict
        case .list: list
        case .tuple: tuple
        case .int, .bigInt, .bool: integer
        case .double: float
        case .object, .undefined, .none: nil
        }
    }
}

/// A method bound to the value that it was taken from: `{% set add = names.append %}`.
final class TemplateMethod: TemplateObject {
    let receiver: TemplateValue
    let method: PythonMethodEntry

    init(_ receiver: TemplateValue, _ method: PythonMethodEntry) {
        self.receiver = receiver
        self.method = method
    }

    deinit { DeferredRelease.release([receiver]) }

    private var isFunction: Bool {
        if case .function = method.signature.style { true } else { false }
    }

    var typeName: String { isFunction ? "method" : "builtin_function_or_method" }
    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try method.call(receiver, arguments, context)
    }

    /// As Python's, but for the address.
    var representation: String {
        get throws {
            if isFunction {
                return "<bound method \(receiver.typeName).\(method.signature.name) of \(try receiver.representation)>"
            }
            return "<built-in method \(method.signature.name) of \(receiver.typeName) object>"
        }
    }

    func isEqual(to other: TemplateValue) -> Bool {
        guard case .object(let object) = other, let other = object as? TemplateMethod else { return false }
        return isSameText(method.signature.name, other.method.signature.name)
            && receiver.isIdentical(to: other.receiver)
    }

    func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(method.signature.name)
        return true
    }
}
