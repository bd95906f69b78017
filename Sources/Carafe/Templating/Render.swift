public import CarafeHTTP

/// The variables that a template is rendered with, by name: anything that templates can read, which is everything
/// `Encodable`.
public typealias TemplateVariables = [String: (any Encodable & Sendable)?]

/// Renders a template for the request that is being handled (Flask's `render_template`).
///
/// ```swift
/// app.get("/posts/<int:id>") { (id: Int) in try render("posts/show.html", ["post": store.post(id)]) }
/// app.onError(.notFound) { _, _ in try render("404.html").status(.notFound) }
/// ```
///
/// The `Content-Type` follows the template's name: HTML, unless it ends in `.txt`, `.xml` or another extension that says
/// otherwise. Where there is no request, and in tasks that do not belong to one, use ``Request`` or ``App``'s own
/// `render`.
///
/// - Throws: `TemplateError` with the place of what went wrong, and what the app's own functions throw
public func render(_ name: String, _ variables: TemplateVariables = [:]) throws -> Response {
    try Request.rendering(name).render(name, variables)
}

/// Renders a template that is given as text; it is escaped as HTML is (Flask's `render_template_string`).
///
/// ```swift
/// app.get("/") { try render(string: "<h1>{{ title }}</h1>", ["title": "Hello"]) }
/// ```
///
/// Never build the text from what came from outside: a template is code. Text goes into variables.
public func render(string source: String, _ variables: TemplateVariables = [:]) throws -> Response {
    try Request.rendering("string:").render(string: source, variables)
}

/// Renders the first of several templates that exists.
public func render(firstOf names: [String], _ variables: TemplateVariables = [:]) throws -> Response {
    try Request.rendering("firstOf:").render(firstOf: names, variables)
}

/// Renders a template into text, for a mail or a part of another page.
public func renderText(_ name: String, _ variables: TemplateVariables = [:]) throws -> String {
    try Request.rendering(name).renderText(name, variables)
}

/// Renders a template that calls asynchronous functions: it runs on a thread of its own, so that the event loop serves
/// others while the template waits.
public func renderAsync(_ name: String, _ variables: TemplateVariables = [:]) async throws -> Response {
    try await Request.rendering(name).renderAsync(name, variables)
}

/// Sends a page while it is rendered (Flask's `stream_template`): the first bytes leave before the last are made, and
/// rendering waits while the client is slower.
///
/// ```swift
/// app.get("/report") { try renderStream("report.html", ["rows": TemplateSequence(rows)]) }
/// ```
///
/// A mistake in the template's text is thrown here. An error that comes after the first bytes breaks the connection
/// off, so that the client sees that the page is incomplete.
public func renderStream(_ name: String, _ variables: TemplateVariables = [:]) throws -> Response {
    try Request.rendering(name).renderStream(name, variables)
}

/// Sends a page that is given as text while it is rendered.
public func renderStream(string source: String, _ variables: TemplateVariables = [:]) throws -> Response {
    try Request.rendering("string:").renderStream(string: source, variables)
}

extension Request {
    /// The request that a free function renders for.
    fileprivate static func rendering(_ what: String) throws -> Request {
        guard let request = Request.current else { throw OutsideRequest(template: what) }
        return request
    }
}

/// A template was to be rendered for the current request where there is none.
struct OutsideRequest: Error, CustomStringConvertible {
    let template: String

    var description: String {
        """
        render(\(template)) was called where no request is being handled. In a task that was detached from its \
        request use request.render(…); for mails and jobs, which have no request, use app.renderText(…).
        """
    }
}
