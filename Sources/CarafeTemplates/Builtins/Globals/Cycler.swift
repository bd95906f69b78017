import Synchronization

/// `cycler("odd", "even")`: values one after another, again from the first one after the last.
final class Cycler: JinjaObject {
    let items: TemplateTuple
    private let position = Mutex(0)

    /// The global `cycler`.
    static let function = BuiltinFunction(type: "jinja2.utils.Cycler") { arguments, _ in
        _ = try parameters.bind(arguments)
        guard !arguments.positional.isEmpty else {
            throw TemplateError(TemplateError.Kind("RuntimeError"), "at least one item has to be provided")
        }
        return .object(Cycler(TemplateTuple(arguments.positional)))
    }
    private static let parameters = Parameters("Cycler.__init__", given: ["self"], rest: .positional)

    private init(_ items: TemplateTuple) { self.items = items }

    var typeName: String { "Cycler" }
    var qualifiedTypeName: String { "jinja2.utils.Cycler" }
    var representation: String { "<\(qualifiedTypeName) object at 0x7f0000000000>" }

    func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "current": items.elements[position.withLock { $0 }]
        case "items": .tuple(items)
        case "pos": .int(position.withLock { $0 })
        case "next":
            .object(
                BuiltinFunction(method: "Cycler.next", of: self) { arguments, _ in
                    try Self.nextParameters.expectNothing(arguments)
                    return self.next()
                })
        case "reset":
            .object(
                BuiltinFunction(method: "Cycler.reset", of: self) { arguments, _ in
                    try Self.resetParameters.expectNothing(arguments)
                    self.position.withLock { $0 = 0 }
                    return .none
                })
        default: nil
        }
    }

    private static let nextParameters = Parameters("Cycler.next", given: ["self"])
    private static let resetParameters = Parameters("Cycler.reset", given: ["self"])

    /// The current value, after which the following one is current.
    private func next() -> TemplateValue {
        position.withLock { position in
            defer { position = (position + 1) % items.elements.count }
            return items.elements[position]
        }
    }
}
