/// A function of the engine, or a type that templates call to make values.
final class BuiltinFunction: TemplateObject {
    typealias Body = @Sendable (_ arguments: TemplateArguments, _ context: TemplateContext) throws -> TemplateValue

    let typeName: String
    let representation: String
    private let body: Body

    private init(typeName: String, representation: String, _ body: @escaping Body) {
        self.typeName = typeName
        self.representation = representation
        self.body = body
    }

    /// A type, which prints as `<class 'range'>`.
    convenience init(type name: String, _ body: @escaping Body) {
        self.init(typeName: "type", representation: "<class '\(name)'>", body)
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

    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try body(arguments, context)
    }
}
