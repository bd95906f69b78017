/// Where an environment finds its templates: a folder, a dictionary, the executable itself, or a choice of those.
///
/// ```swift
/// struct DatabaseLoader: TemplateLoader {
///     func source(of name: String) throws -> TemplateSource {
///         guard let page = try pages.find(name) else { throw TemplateError.notFound(name) }
///         return TemplateSource(page.text) { pages.version(of: name) == page.version }
///     }
/// }
/// ```
public protocol TemplateLoader: Sendable {
    /// The source of the template `name`.
    ///
    /// - Throws: ``TemplateError/notFound(_:_:)`` where there is none; any other error where it cannot be read.
    func source(of name: String) throws -> TemplateSource

    /// The names of all templates, for tools that read each of them. Jinja's `list_templates`.
    ///
    /// - Throws: `TypeError` where the loader cannot know them, which is the default.
    func templateNames() throws -> [String]
}

extension TemplateLoader {
    /// The names of all templates, sorted.
    public func templateNames() throws -> [String] {
        throw TemplateError(.typeError, "this loader cannot iterate over all templates")
    }
}

/// The text of a template and where it came from.
public struct TemplateSource: Sendable {
    /// What the template says.
    public var text: String
    /// The file that it was read from, for the messages of errors; nil where it is in no file.
    public var filename: String?
    /// Whether the source is still what it was when it was loaded. Asked at each use of the template where
    /// ``TemplateOptions/autoReload`` is on.
    public var isUpToDate: @Sendable () -> Bool

    /// A source; without `isUpToDate` it is one that never changes.
    public init(_ text: String, filename: String? = nil, isUpToDate: @escaping @Sendable () -> Bool = { true }) {
        self.text = text
        self.filename = filename
        self.isUpToDate = isUpToDate
    }
}

extension TemplateError {
    /// There is no template `name`: Jinja's `TemplateNotFound`.
    ///
    /// - Parameter message: what to say instead of the name
    public static func notFound(_ name: String, _ message: String? = nil) -> TemplateError {
        var error = TemplateError(.notFound, message ?? name)
        error.names = [name]
        return error
    }

    /// Whether the error says that the template `name` itself is missing, and not one that it includes.
    var isTemplateNotFound: Bool { kind == .notFound }
}
