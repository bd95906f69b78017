public import CarafeHTTP
public import CarafeTemplates

extension Request {
    /// Renders a template for this request; ``render(_:_:)`` without a request in hand does the same.
    ///
    /// - Throws: `TemplateError` with the place of what went wrong, and what the app's own functions throw
    public func render(_ name: String, _ variables: TemplateVariables = [:]) throws -> Response {
        try rendering(.named(name), variables).response()
    }

    /// Renders a template that is given as text; it is escaped as HTML is.
    public func render(string source: String, _ variables: TemplateVariables = [:]) throws -> Response {
        try rendering(.text(source), variables).response()
    }

    /// Renders the first of several templates that exists.
    public func render(firstOf names: [String], _ variables: TemplateVariables = [:]) throws -> Response {
        try rendering(.firstOf(names), variables).response()
    }

    /// Renders a template that was loaded before, or that comes from another environment.
    public func render(_ template: Template, _ variables: TemplateVariables = [:]) throws -> Response {
        try rendering(.loaded(template), variables).response()
    }

    /// Renders a template into text.
    public func renderText(_ name: String, _ variables: TemplateVariables = [:]) throws -> String {
        try rendering(.named(name), variables).text()
    }

    /// Renders a template that is given as text into text.
    public func renderText(string source: String, _ variables: TemplateVariables = [:]) throws -> String {
        try rendering(.text(source), variables).text()
    }

    /// Renders a template that calls asynchronous functions.
    public func renderAsync(_ name: String, _ variables: TemplateVariables = [:]) async throws -> Response {
        try await rendering(.named(name), variables).responseLater()
    }

    /// Sends a page while it is rendered.
    public func renderStream(_ name: String, _ variables: TemplateVariables = [:]) throws -> Response {
        try rendering(.named(name), variables).streamedResponse()
    }

    /// Sends a page that is given as text while it is rendered.
    public func renderStream(string source: String, _ variables: TemplateVariables = [:]) throws -> Response {
        try rendering(.text(source), variables).streamedResponse()
    }

    private func rendering(_ choice: TemplateChoice, _ variables: TemplateVariables) throws -> Rendering {
        guard let app = appContext?.app else { throw OutsideRequest(template: "…") }
        return try Rendering(choice, variables, app: app, request: self)
    }
}

extension App {
    /// Renders a template into text outside a request, for a mail or a job: it has no `request`, `session` or `g`, and
    /// `url_for` makes absolute URLs, which needs `SERVER_NAME`.
    ///
    /// It freezes the app, as serving does.
    ///
    /// - Throws: ``ConfigurationError`` where the app is put together wrongly, `TemplateError` with the place of what
    ///   went wrong
    public func renderText(_ name: String, _ variables: TemplateVariables = [:]) throws -> String {
        try Rendering(.named(name), variables, app: compile(), request: nil).text()
    }

    /// Renders a template that is given as text outside a request.
    public func renderText(string source: String, _ variables: TemplateVariables = [:]) throws -> String {
        try Rendering(.text(source), variables, app: compile(), request: nil).text()
    }

    /// Renders a template that calls asynchronous functions outside a request.
    public func renderTextAsync(_ name: String, _ variables: TemplateVariables = [:]) async throws -> String {
        try await Rendering(.named(name), variables, app: compile(), request: nil).textLater()
    }

    /// What renders the app's templates, with its filters, tests, globals and loader: for looking at, and for uses of
    /// one's own.
    ///
    /// It freezes the app, as serving does.
    ///
    /// - Throws: ``ConfigurationError`` where the app is put together wrongly
    public var templateEnvironment: TemplateEnvironment {
        get throws { try compile().templates.environment }
    }
}
