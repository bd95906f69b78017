import CarafeHTTP
package import CarafeTemplates

extension Request {
    /// What the development tools show of the request and let expressions look at: `request`, `session`, `g`, `config` and
    /// `url_for`, as they are now. Nothing that is reached from them changes anything; secrets of the configuration are
    /// masked.
    package func inspectedValues() -> [(name: String, value: TemplateValue)] {
        guard let app = appContext?.app else { return [] }
        return [
            ("config", .object(ConfigVariable(app.config))), ("g", .dict(named: inspectedGlobals)),
            ("request", .object(InspectedRequest(self))),
            ("session", (try? session.values.templateValue) ?? .dict(named: [])),
            ("url_for", .object(URLForFunction(app: app, request: self))),
        ]
    }

    private var inspectedGlobals: [(String, TemplateValue)] {
        g.names.map { name in
            let value = g.stored(name)
            let converted = value.flatMap { try? TemplateValue(convertingIfEncodable: $0) }
            return (name, converted ?? .string(value.map { "a \(type(of: $0))" } ?? ""))
        }
    }

    /// The form, where it has been read, with the names of its files.
    package var inspectedForm: (fields: Parameters, files: [(name: String, filename: String)]) {
        guard let form = loadedForm else { return (Parameters(), []) }
        return (form.fields, form.files.map { ($0.name, $0.filename) })
    }
}

/// `request` as it was: its form is gone from the request when that is over.
private final class InspectedRequest: TemplateObject {
    private let request: RequestVariable
    private let form: TemplateValue

    init(_ request: Request) {
        self.request = RequestVariable(request)
        form = .object(ParametersVariable(request.inspectedForm.fields))
    }

    var typeName: String { request.typeName }
    var isTrue: Bool { true }
    var representation: String { get throws { try request.representation } }

    func attribute(_ name: String) throws -> TemplateValue? {
        name.utf8.elementsEqual("form".utf8) ? form : try request.attribute(name)
    }
}
