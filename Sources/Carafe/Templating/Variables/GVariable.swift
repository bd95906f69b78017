import CarafeHTTP
import CarafeTemplates

/// `g` in templates: what the app keeps with the request.
final class GVariable: MappingVariable {
    private let request: Request

    init(_ request: Request) { self.request = request }

    let typeName = "_AppCtxGlobals"

    var keys: [String] { request.g.names }

    func value(of key: String) throws -> TemplateValue? {
        guard let value = request.g.stored(key) else { return nil }
        return try Self.convert(value, named: key)
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        if let value = try value(of: name) { return value }
        switch name {
        case "get": return readingMethod(name)
        case "pop":
            return .method(name) { [self] arguments in
                let key = try arguments.required(0, "name", of: "pop")
                guard let name = key.string, let value = try value(of: name) else {
                    if let value = arguments.value(1, "default") { return value }
                    throw TemplateError(.keyError, try key.representation)
                }
                request.g.remove(name)
                return value
            }
        case "setdefault":
            return .method(name) { [self] arguments in
                guard let name = try arguments.required(0, "name", of: "setdefault").string else { return .none }
                if let value = try value(of: name) { return value }
                let value = arguments.value(1, "default") ?? .none
                request.g[name] = value
                return value
            }
        default: return nil
        }
    }

    var representation: String { "<flask.g of '\(request.appContext?.app.name ?? "app")'>" }

    /// What templates see of a value of any type.
    private static func convert(_ value: any Sendable, named name: String) throws -> TemplateValue {
        if let value = try TemplateValue(convertingIfEncodable: value) { return value }
        throw TemplateError(
            .typeError,
            "g.\(name) is a \(type(of: value)), which templates cannot read: make the type Encodable or "
                + "TemplateValueConvertible")
    }
}
