/// `namespace(found=false)`: an object whose attributes a template sets, also from within loops
/// (`{% set ns.found = true %}`).
final class TemplateNamespace: JinjaObject {
    let attributes: TemplateDict

    /// The global `namespace`, which takes what `dict` takes.
    static let function = BuiltinFunction(type: "jinja2.utils.Namespace") { arguments, context in
        .object(TemplateNamespace(try TemplateDict(arguments: arguments, in: context)))
    }

    init(_ attributes: TemplateDict) { self.attributes = attributes }

    var typeName: String { "Namespace" }
    var qualifiedTypeName: String { "jinja2.utils.Namespace" }
    var representation: String { get throws { "<Namespace \(try TemplateValue.dict(attributes).representation)>" } }

    func attribute(_ name: String) -> TemplateValue? { attributes.storage[name: name] }

    /// Gives the attribute `name` another value.
    func setAttribute(_ name: String, to value: TemplateValue, in state: RenderState) {
        attributes.mutate { $0[name: name] = value }
        state.remains.note(attributes, receives: value)
    }
}
