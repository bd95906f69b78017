import CarafeHTTP
import CarafeTemplates
import HTTPTypes

/// `request` in templates, with Flask's names for its attributes; each is made when a template asks for it.
final class RequestVariable: TemplateObject {
    private let request: Request

    init(_ request: Request) { self.request = request }

    let typeName = "Request"
    let isTrue = true
    var representation: String {
        get throws { "<Request \(try TemplateValue.string(request.url).representation) [\(request.method.rawValue)]>" }
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        target(name) ?? client(name) ?? content(name) ?? preferences(name) ?? route(name)
    }

    // MARK: - What was asked for

    private func target(_ name: String) -> TemplateValue? {
        switch name {
        case "method": .string(request.method.rawValue)
        case "path": .string(request.path)
        // Flask's full path has the question mark even where no query follows.
        case "full_path": .string(request.path + "?" + (request.head.target.rawQuery ?? ""))
        case "query_string": .string(request.head.target.rawQuery ?? "")
        case "url": .string(request.url)
        case "base_url": .string(request.baseURL)
        case "url_root", "root_url": .string(request.rootURL)
        case "host_url": .string(request.hostURL)
        case "host": .string(request.host)
        case "scheme": .string(request.scheme)
        case "is_secure": .bool(request.isSecure)
        case "root_path", "script_root": .string(request.scriptRoot)
        case "args": .object(ParametersVariable(request.query))
        case "values": .object(ParametersVariable(Parameters(pairs(request.query) + pairs(form))))
        default: nil
        }
    }

    // MARK: - Who asks

    private func client(_ name: String) -> TemplateValue? {
        switch name {
        case "remote_addr": optional(request.remoteAddress)
        case "headers": .object(HeadersVariable(request.headers))
        case "cookies": .object(ParametersVariable(request.cookies))
        case "user_agent": .string(request.headers[.userAgent] ?? "")
        case "referrer": optional(request.headers[.referer])
        case "origin": optional(request.headers[.origin])
        case "id": .string(request.id)
        default: nil
        }
    }

    // MARK: - What was sent

    private func content(_ name: String) -> TemplateValue? {
        switch name {
        // A template does not read content: what no handler has read is empty.
        case "form": .object(ParametersVariable(form))
        case "files":
            .list(
                (request.loadedForm?.files ?? []).map { ["name": .string($0.name), "filename": .string($0.filename)] })
        case "is_json": .bool(request.isJSON)
        case "content_type": optional(request.headers[.contentType])
        case "mimetype": .string(request.headers.contentType?.essence ?? "")
        case "content_length": request.headers.contentLength.map { .int($0) } ?? TemplateValue.none
        case "max_content_length": .int(request.maxContentLength)
        default: nil
        }
    }

    // MARK: - What is preferred

    private func preferences(_ name: String) -> TemplateValue? {
        switch name {
        case "accept_mimetypes": .object(AcceptVariable(request.headers.accept, "MIMEAccept"))
        case "accept_languages": .object(AcceptVariable(request.headers.acceptLanguage, "LanguageAccept"))
        case "accept_charsets": .object(AcceptVariable(request.headers.acceptCharset, "CharsetAccept"))
        case "accept_encodings": .object(AcceptVariable(request.headers.acceptEncoding, "Accept"))
        default: nil
        }
    }

    // MARK: - Who answers

    private func route(_ name: String) -> TemplateValue? {
        switch name {
        case "endpoint": optional(request.endpoint)
        case "url_rule": optional(request.rule)
        case "blueprint": optional(request.blueprint)
        case "blueprints": .list(request.blueprints)
        case "view_args":
            .dict(
                named: zip(request.pathValues.names, request.pathValues.values).map { ($0, $1.templateValue) })
        default: nil
        }
    }

    private var form: Parameters { request.loadedForm?.fields ?? Parameters() }

    private func pairs(_ parameters: Parameters) -> [(String, String)] { parameters.map { ($0.name, $0.value) } }

    private func optional(_ text: String?) -> TemplateValue { text.map { .string($0) } ?? .none }
}

extension RoutingValue {
    /// The value as templates see it.
    var templateValue: TemplateValue {
        switch self {
        case .string(let value): .string(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .bool(let value): .bool(value)
        case .uuid, .custom: .string(text)
        }
    }
}

/// `request.accept_mimetypes` and its like in templates.
final class AcceptVariable: TemplateObject {
    private let header: any AcceptHeader
    let typeName: String

    init(_ header: any AcceptHeader, _ typeName: String) {
        self.header = header
        self.typeName = typeName
    }

    var length: Int? { header.items.count }

    func item(_ key: TemplateValue) -> TemplateValue? { key.string.map { .double(header.quality(of: $0)) } }

    func contains(_ element: TemplateValue) -> Bool? { element.string.map { header.accepts($0) } ?? false }

    func makeIterator() -> TemplateIterator? {
        ValuesIterator(header.items.map { .tuple([.string($0.value), .double($0.quality)]) })
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "best": header.best.map { .string($0) } ?? TemplateValue.none
        case "accept_html": .bool((header as? MediaTypeAccept)?.acceptsHTML ?? false)
        case "accept_json": .bool((header as? MediaTypeAccept)?.acceptsJSON ?? false)
        case "accept_xhtml": .bool(header.accepts("application/xhtml+xml") || header.accepts("application/xml"))
        case "provided": .bool(header.isProvided)
        case "quality":
            .method(name) { [header] arguments in
                .double(header.quality(of: try arguments.required(0, "key", of: "quality").string ?? ""))
            }
        case "best_match":
            .method(name) { [header] arguments in
                let offers = try arguments.required(0, "matches", of: "best_match").elements().compactMap(\.string)
                if let match = header.bestMatch(offers) { return .string(match) }
                if let fallback = arguments.value(1, "default") { return fallback }
                // Without the field, the client takes the first offer.
                return header.isProvided ? .none : offers.first.map { .string($0) } ?? .none
            }
        case "values": .method(name) { [header] _ in .list(header.items.map(\.value)) }
        default: nil
        }
    }
}
