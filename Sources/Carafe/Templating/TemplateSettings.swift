public import CarafeTemplates
import Synchronization

/// How an app finds and reads its templates.
///
/// ```swift
/// app.templates.options.trimBlocks = true
/// app.templates.options.undefined = .strict
/// app.templates.extensions = [DoExtension()]
/// app.templates.loaders = [ResourceLoader(…)]          // templates inside the executable
/// ```
public struct TemplateSettings: Sendable {
    /// Jinja's options, with Flask's choice of what is escaped: templates whose names end in `.html`, `.htm`, `.xml`,
    /// `.xhtml` or `.svg`, and those that are given as text. `autoReload` follows ``autoReload``.
    public var options: TemplateOptions

    /// Extensions of the language: Jinja's own and others.
    public var extensions: [any TemplateExtension] = []

    /// Where else templates are found: in the executable itself, in a database. In debug mode they come after the
    /// folders of the app and its blueprints, so that a file that is edited counts; else before them, so that nothing
    /// that lies beside the executable gets in its way.
    public var loaders: [any TemplateLoader] = []

    /// Whether a changed file counts from the next request; in debug mode, unless set
    /// (`TEMPLATES_AUTO_RELOAD`).
    public var autoReload: Bool?

    init() {
        options = TemplateOptions()
        options.autoescape = .by(TemplateFormat.isEscaped)
    }
}

extension App {
    /// How templates are found and read. Changes count until the app starts.
    public var templates: TemplateSettings {
        get { state.withLock { $0.templates } }
        set { state.withLock { $0.templates = newValue } }
    }
}

/// What the name of a template tells of its content.
enum TemplateFormat {
    /// The ends of names that Flask escapes; case counts.
    private static let escaped = [".html", ".htm", ".xml", ".xhtml", ".svg"]

    /// The ends that say that a file is a template, behind the one that says of what.
    private static let template = [".j2", ".jinja", ".jinja2", ".tmpl"]

    /// Whether the output of a template of this name is escaped; one without a name was given as text.
    static let isEscaped: @Sendable (String?) -> Bool = { name in
        guard let name else { return true }
        return escaped.contains { ends(name, $0) }
    }

    /// The media type of a template's output: what its name says, else HTML.
    static func contentType(of name: String?) -> String {
        guard var name, !ends(name, ".html") else { return html }
        if let end = template.first(where: { ends(name, $0) }) {
            name = String(decoding: name.utf8.dropLast(end.utf8.count), as: UTF8.self)
        }
        return MIMETypes.guess(name).type ?? html
    }

    static let html = "text/html; charset=utf-8"

    private static func ends(_ name: String, _ end: String) -> Bool {
        name.utf8.count >= end.utf8.count && name.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
    }
}
