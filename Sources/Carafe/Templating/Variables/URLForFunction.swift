import CarafeHTTP
import CarafeRouting
import CarafeTemplates
import HTTPTypes

/// `url_for` in templates: the URL of an endpoint, with Flask's arguments `_external`, `_scheme`, `_anchor` and
/// `_method`.
final class URLForFunction: InspectingFunction {
    private let app: CompiledApp
    private let request: Request?

    init(app: CompiledApp, request: Request?) {
        self.app = app
        self.request = request
    }

    let typeName = "function"
    let isCallable = true
    let isTrue = true
    let representation = "<function url_for>"

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        let endpoint = try arguments.required(0, "endpoint", of: "url_for")
        guard let endpoint = endpoint.string, arguments.positional.count <= 1 else {
            throw TemplateError(
                .typeError, "url_for() takes the endpoint's name; the values of its rule have names: id=1")
        }
        var options = URLBuilder.Options()
        var values = URLValues()
        for (name, value) in arguments.named {
            switch name {
            case "endpoint": break
            case "_anchor": options.anchor = try Self.text(value)
            case "_method": options.method = try Self.text(value)
            case "_scheme": options.scheme = try Self.text(value)
            case "_external": options.external = value.isNone ? nil : try value.isTrue
            default: values[name] = try Self.buildValue(value)
            }
        }
        return .string(try url(endpoint, values, options))
    }

    private func url(_ endpoint: String, _ values: URLValues, _ options: URLBuilder.Options) throws -> String {
        do {
            guard let request else { return try app.urls.externalURL(for: endpoint, values, options) }
            return try app.urls.url(
                for: endpoint, values, in: app.router.binding(request), request: request, blueprint: request.blueprint,
                options)
        } catch let error as BuildError {
            var failure = TemplateError(TemplateError.Kind("BuildError"), error.description)
            failure.underlying = error
            throw failure
        }
    }

    private static func text(_ value: TemplateValue) throws -> String? { value.isNone ? nil : try value.text }

    private static func buildValue(_ value: TemplateValue) throws -> BuildValue {
        switch value {
        case .none: .none
        case .list(let list): .many(try list.elements.filter { !$0.isNone }.map(routingValue))
        case .tuple(let tuple): .many(try tuple.elements.filter { !$0.isNone }.map(routingValue))
        default: .one(try routingValue(value))
        }
    }

    private static func routingValue(_ value: TemplateValue) throws -> RoutingValue {
        switch value {
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let value), .markup(let value): .string(value)
        default: .string(try value.text)
        }
    }
}
