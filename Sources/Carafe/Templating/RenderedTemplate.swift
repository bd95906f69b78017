public import CarafeHTTP
public import CarafeTemplates

/// A template and what it was rendered with: what the signals `beforeRenderTemplate` and `templateRendered` tell.
public struct RenderedTemplate: Sendable {
    /// The template.
    public let template: Template
    /// The variables that it was given, by `render` and the context processors, as they are in Swift.
    ///
    /// ```swift
    /// let post = rendered.context["post"] as? Post
    /// ```
    public let context: [String: any Encodable & Sendable]
    /// The request; nil where there is none.
    public let request: Request?

    /// The template's name; nil for one that was given as text.
    public var name: String? { template.name }
}
