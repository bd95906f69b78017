import CarafeHTTP
import CarafeTemplates
import HTTPTypes
import NIOCore

/// One call of `render`: a template, the variables that it gets, and the request that it is for.
///
/// Its steps are Flask's: find the template, ask the context processors, send `beforeRenderTemplate`, render, send
/// `templateRendered`.
struct Rendering: Sendable {
    private let app: CompiledApp
    private let request: Request?
    private let template: Template
    private let variables: TemplateVariables

    /// Finds the template and gathers its variables.
    init(_ choice: TemplateChoice, _ variables: TemplateVariables, app: CompiledApp, request: Request?) throws {
        self.app = app
        self.request = request
        template = try choice.template(in: app.templates.environment)
            .seeing(RequestGlobals(app: app, request: request))
        self.variables = try Self.processed(variables, app, request)
    }

    /// The variables and those of the context processors: of the same names, an inner blueprint's win over the app's,
    /// and what `render` was given wins over all.
    private static func processed(
        _ variables: TemplateVariables, _ app: CompiledApp, _ request: Request?
    ) throws -> TemplateVariables {
        let processors = request?.appContext?.plan.contextProcessors ?? app.contextProcessors
        guard !processors.isEmpty else { return variables }
        var result: TemplateVariables = [:]
        for processor in processors {
            switch processor {
            case .always(let process): result.merge(try process()) { $1 }
            case .forRequest(let process):
                if let request { result.merge(try process(request)) { $1 } }
            }
        }
        return result.merging(variables) { $1 }
    }

    // MARK: - Rendering at once

    /// The text.
    func text() throws -> String {
        try announced { try template.render(values: values()) }
    }

    /// The text as a response.
    func response() throws -> Response {
        let content = try announced {
            try template.withRenderedBytes(values: values()) { ByteBuffer(bytes: $0) }
        }
        return try response(.bytes(content))
    }

    // MARK: - Rendering on another thread

    /// The text of a template that calls asynchronous functions.
    func textLater() async throws -> String {
        announceBefore()
        let text = try await template.renderAsync(values: values())
        announceAfter()
        return text
    }

    /// The same as a response.
    func responseLater() async throws -> Response { try response(.string(try await textLater())) }

    /// A response whose content is rendered while it is sent.
    func streamedResponse() throws -> Response {
        let values = try values()
        return try response(
            .stream { writer in
                announceBefore()
                for try await piece in template.stream(values: values) {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                announceAfter()
            })
    }

    // MARK: - The parts

    private func response(_ body: ResponseBody) throws -> Response {
        let contentType = TemplateFormat.contentType(of: template.name)
        guard contentType != TemplateFormat.html else { return Response(headers: Self.html, body: body) }
        var headers = Headers()
        try headers.set(contentType, for: .contentType)
        return Response(headers: headers, body: body)
    }

    /// Made once: every page shares it.
    private static let html: Headers = [.contentType: TemplateFormat.html]

    /// The variables as templates see them.
    private func values() throws -> [String: TemplateValue] {
        try variables.mapValues { try TemplateValue(converting: $0) }
    }

    private func announced<Result>(_ render: () throws -> Result) throws -> Result {
        announceBefore()
        let result = try render()
        announceAfter()
        return result
    }

    private func announceBefore() { app.signals.beforeRenderTemplate.send(event) }

    private func announceAfter() { app.signals.templateRendered.send(event) }

    private var event: RenderedTemplate {
        RenderedTemplate(
            template: template, context: variables.mapValues { $0 ?? TemplateValue.none }, request: request)
    }
}
