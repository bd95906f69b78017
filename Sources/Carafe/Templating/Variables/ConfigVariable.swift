import CarafeTemplates

/// `config` in templates: the app's configuration. What is secret by its name, such as `SECRET_KEY`, reads as asterisks,
/// where Flask would show it: a page is no place for it, and a template that prints all of `config` no reason to tell.
final class ConfigVariable: MappingVariable {
    private let config: Config

    init(_ config: Config) { self.config = config }

    let typeName = "Config"

    var keys: [String] { Set(config.keys).union(Self.defaults.keys).sorted() }

    func value(of key: String) throws -> TemplateValue? {
        guard let value = config[key] else { return Self.defaults[key]?(config) }
        return try Secrets.masked(value, named: key).templateValue
    }

    func attribute(_ name: String) throws -> TemplateValue? { readingMethod(name) }

    /// What Flask's configuration always has.
    private static let defaults: [String: @Sendable (Config) -> TemplateValue] = [
        "APPLICATION_ROOT": { .string($0.applicationRoot) },
        "DEBUG": { .bool($0.debug) },
        "MAX_CONTENT_LENGTH": { .int($0.maxContentLength) },
        "MAX_COOKIE_SIZE": { .int($0.maxCookieSize) },
        "MAX_FORM_MEMORY_SIZE": { .int($0.maxFormMemorySize) },
        "MAX_FORM_PARTS": { .int($0.maxFormParts) },
        "PERMANENT_SESSION_LIFETIME": { .int($0.permanentSessionLifetime) },
        "PREFERRED_URL_SCHEME": { .string($0.preferredURLScheme) },
        "SERVER_NAME": { _ in .none },
        "TESTING": { _ in .bool(false) },
    ]
}
