import Synchronization

/// `joiner(", ")`: nothing when it is first called, the separator from then on.
final class Joiner: JinjaObject {
    private let separator: TemplateTuple
    private let isUsed = Atomic(false)

    /// The global `joiner`.
    static let function = BuiltinFunction(type: "jinja2.utils.Joiner") { arguments, _ in
        .object(Joiner(TemplateTuple([try parameters.bind(arguments)[0]])))
    }
    private static let parameters = Parameters("Joiner.__init__", given: ["self"], [.optional("sep", .string(", "))])

    private init(_ separator: TemplateTuple) { self.separator = separator }

    var typeName: String { "Joiner" }
    var qualifiedTypeName: String { "jinja2.utils.Joiner" }
    var representation: String { "<\(qualifiedTypeName) object at 0x7f0000000000>" }

    func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "sep": separator.elements[0]
        case "used": .bool(isUsed.load(ordering: .relaxed))
        default: nil
        }
    }

    var isCallable: Bool { true }
    private static let callParameters = Parameters("Joiner.__call__", given: ["self"])

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try Self.callParameters.expectNothing(arguments)
        return isUsed.exchange(true, ordering: .relaxed) ? separator.elements[0] : .string("")
    }
}
