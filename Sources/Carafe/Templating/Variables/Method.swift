import CarafeTemplates

/// A function of Python's signature that an object of the framework offers to templates.
final class Method: InspectingFunction {
    let name: String
    private let body: @Sendable (TemplateArguments) throws -> TemplateValue

    init(_ name: String, _ body: @escaping @Sendable (TemplateArguments) throws -> TemplateValue) {
        self.name = name
        self.body = body
    }

    var typeName: String { "method" }
    var isCallable: Bool { true }
    var isTrue: Bool { true }
    var representation: String { "<bound method \(name)>" }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try body(arguments)
    }
}

extension TemplateValue {
    /// A function that templates can call.
    static func method(
        _ name: String, _ body: @escaping @Sendable (TemplateArguments) throws -> TemplateValue
    ) -> TemplateValue {
        .object(Method(name, body))
    }

    /// A list of texts.
    static func list(_ texts: [String]) -> TemplateValue { .list(texts.map { .string($0) }) }

    /// The text, where it is one.
    var string: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }
}

extension TemplateArguments {
    /// The argument that a function cannot do without.
    func required(_ position: Int, _ name: String, of function: String) throws -> TemplateValue {
        guard let value = value(position, name) else {
            throw TemplateError(.typeError, "\(function)() missing 1 required positional argument: '\(name)'")
        }
        return value
    }
}

/// Hands out the values of an array.
final class ValuesIterator: TemplateIterator {
    private var values: IndexingIterator<[TemplateValue]>

    init(_ values: [TemplateValue]) { self.values = values.makeIterator() }

    override func next() -> TemplateValue? { values.next() }
}

/// An object that templates read as a dictionary with text as keys: what `session`, `g` and `config` have in common.
protocol MappingVariable: TemplateObject {
    /// The keys, in order.
    var keys: [String] { get }
    /// The value of a key; nil where there is none.
    func value(of key: String) throws -> TemplateValue?
}

extension MappingVariable {
    var isMapping: Bool { true }
    var length: Int? { keys.count }
    var isTrue: Bool { !keys.isEmpty }

    func item(_ key: TemplateValue) throws -> TemplateValue? { try key.string.flatMap(value(of:)) }

    func contains(_ element: TemplateValue) throws -> Bool? { element.string.map { keys.contains($0) } ?? false }

    func makeIterator() -> TemplateIterator? { ValuesIterator(keys.map { .string($0) }) }

    var items: [(key: String, value: TemplateValue)] {
        get throws { try keys.compactMap { key in try value(of: key).map { (key, $0) } } }
    }

    var representation: String {
        get throws { try TemplateValue.dict(Dictionary(items.map { ($0.key, $0.value) }) { $1 }).representation }
    }

    /// `get`, `keys`, `values` and `items` of Python's dictionaries.
    func readingMethod(_ name: String) -> TemplateValue? {
        switch name {
        case "get":
            .method(name) { [self] arguments in
                let key = try arguments.required(0, "key", of: "get")
                return try item(key) ?? arguments.value(1, "default") ?? .none
            }
        case "keys": .method(name) { [self] _ in .list(keys) }
        case "values": .method(name) { [self] _ in .list(try items.map(\.value)) }
        case "items":
            .method(name) { [self] _ in .list(try items.map { .tuple([.string($0.key), $0.value]) }) }
        default: nil
        }
    }
}
