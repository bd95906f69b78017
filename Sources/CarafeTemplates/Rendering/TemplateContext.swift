/// What a filter, test, function or macro is told of the render that calls it: Jinja's `Context` and `EvalContext`.
///
/// One belongs to each template that takes part in a render; it is used by one thread at a time.
public final class TemplateContext {
    /// The environment whose template is rendered.
    public let environment: TemplateEnvironment
    /// The template's name; nil for one made from a string.
    public let templateName: String?
    /// Whether output is escaped at this place of the template.
    public internal(set) var autoescape: Bool

    init(environment: TemplateEnvironment, templateName: String?, autoescape: Bool) {
        self.environment = environment
        self.templateName = templateName
        self.autoescape = autoescape
    }

    /// The environment's limits.
    public var limits: TemplateLimits { environment.options.limits }

    /// The environment's kind of undefined value for what was not found.
    public func undefined(_ subject: TemplateUndefined.Subject) -> TemplateValue {
        environment.undefined(subject)
    }
}
