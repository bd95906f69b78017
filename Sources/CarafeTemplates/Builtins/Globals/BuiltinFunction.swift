/// A function of the engine, or a type that templates call to make values.
final class BuiltinFunction: TemplateObject {
    typealias Body = @Sendable (_ arguments: TemplateArguments, _ context: TemplateContext) throws -> TemplateValue

    let typeName: String
    let representation: String
    private let methods: [String: BuiltinFunction]
    private let body: Body

    private init(
        typeName: String, representation: String, methods: [String: BuiltinFunction] = [:], _ body: @escaping Body
    ) {
        self.typeName = typeName
        self.representation = representation
        self.methods = methods
        self.body = body
    }

    /// A type, which prints as `<class 'range'>`, with methods that need no value of it.
    convenience init(type name: String, methods: [String: BuiltinFunction] = [:], _ body: @escaping Body) {
        self.init(typeName: "type", representation: "<class '\(name)'>", methods: methods, body)
    }

    /// A method of a type that CPython has in C.
    convenience init(method name: String, ofType type: String, _ body: @escaping Body) {
        self.init(
            typeName: "builtin_function_or_method",
            representation: "<built-in method \(name) of \(type) object at 0x7f0000000000>", body)
    }

    /// A function. Its address is made up: a real one would tell strangers where the program's memory is.
    convenience init(function name: String, _ body: @escaping Body) {
        self.init(typeName: "function", representation: "<function \(name) at 0x7f0000000000>", body)
    }

    /// A method of an object, which Python's messages call `name` (`Cycler.next`).
    convenience init(method name: String, of object: any JinjaObject, _ body: @escaping Body) {
        self.init(
            typeName: "method",
            representation: "<bound method \(name) of <\(object.qualifiedTypeName) object at 0x7f0000000000>>", body)
    }

    func attribute(_ name: String) -> TemplateValue? { methods[name].map { .object($0) } }

    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try body(arguments, context)
    }
}
