import CarafeHTTP
import CarafeTemplates
import HTTPTypes

/// `request.args`, `request.form` and `request.cookies` in templates: names with one or more values (Werkzeug's
/// `MultiDict`).
final class ParametersVariable: MappingVariable {
    private let parameters: Parameters

    init(_ parameters: Parameters) { self.parameters = parameters }

    let typeName = "ImmutableMultiDict"

    var keys: [String] { parameters.names }

    func value(of key: String) -> TemplateValue? { parameters[key].map { .string($0) } }

    func contains(_ element: TemplateValue) -> Bool? { element.string.map { parameters.contains($0) } ?? false }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "get": .method(name) { [parameters] in try Self.get($0, parameters) }
        case "getlist":
            .method(name) { [parameters] arguments in
                let key = try arguments.required(0, "key", of: "getlist").string ?? ""
                return .list(parameters[values: key])
            }
        case "lists":
            .method(name) { [parameters] _ in
                .list(parameters.names.map { .tuple([.string($0), .list(parameters[values: $0])]) })
            }
        case "items": .method(name) { [parameters] in .list(try Self.items($0, parameters)) }
        case "to_dict": .method(name) { [parameters] in try Self.dictionary($0, parameters) }
        default: readingMethod(name)
        }
    }

    var representation: String {
        get throws {
            let pairs = TemplateValue.list(parameters.map { .tuple([.string($0.name), .string($0.value)]) })
            return "ImmutableMultiDict(\(try pairs.representation))"
        }
    }

    /// `get(key, default=None, type=None)`; the type may be a filter's name, as Python's types have no names here.
    private static func get(_ arguments: TemplateArguments, _ parameters: Parameters) throws -> TemplateValue {
        let key = try arguments.required(0, "key", of: "get").string ?? ""
        return parameters[key].map { .string($0) } ?? arguments.value(1, "default") ?? .none
    }

    private static func items(_ arguments: TemplateArguments, _ parameters: Parameters) throws -> [TemplateValue] {
        let all = try arguments.value(0, "multi")?.isTrue ?? false
        let pairs = all ? Array(parameters) : parameters.names.map { ($0, parameters[$0] ?? "") }
        return pairs.map { .tuple([.string($0.name), .string($0.value)]) }
    }

    private static func dictionary(_ arguments: TemplateArguments, _ parameters: Parameters) throws -> TemplateValue {
        let isFlat = try arguments.value(0, "flat")?.isTrue ?? true
        return .dict(
            named: parameters.names.map { name in
                (name, isFlat ? .string(parameters[name] ?? "") : .list(parameters[values: name]))
            })
    }
}

/// `request.headers` in templates: names of any case.
final class HeadersVariable: TemplateObject {
    private let headers: Headers

    init(_ headers: Headers) { self.headers = headers }

    let typeName = "EnvironHeaders"
    let isMapping = true
    var length: Int? { headers.count }
    var isTrue: Bool { !headers.isEmpty }

    func item(_ key: TemplateValue) -> TemplateValue? {
        guard let name = key.string.flatMap({ HTTPField.Name($0) }) else { return nil }
        return headers[name].map { .string($0) }
    }

    func contains(_ element: TemplateValue) -> Bool? { item(element) != nil }

    func makeIterator() -> TemplateIterator? { ValuesIterator(pairs) }

    private var pairs: [TemplateValue] { headers.map { .tuple([.string($0.name), .string($0.value)]) } }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "get":
            .method(name) { [self] arguments in
                item(try arguments.required(0, "key", of: "get")) ?? arguments.value(1, "default") ?? .none
            }
        case "getlist", "get_all":
            .method(name) { [headers] arguments in
                let key = try arguments.required(0, "key", of: "getlist").string
                return .list(key.flatMap { HTTPField.Name($0) }.map { headers[values: $0] } ?? [])
            }
        case "items": .method(name) { [pairs] _ in .list(pairs) }
        case "keys": .method(name) { [headers] _ in .list(headers.map(\.name)) }
        case "values": .method(name) { [headers] _ in .list(headers.map(\.value)) }
        default: nil
        }
    }

    var representation: String { get throws { "EnvironHeaders(\(try TemplateValue.list(pairs).representation))" } }
}
