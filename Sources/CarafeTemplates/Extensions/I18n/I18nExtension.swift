/// The tag `{% trans %}` and the functions `gettext`, `ngettext`, `pgettext`, `npgettext` and `_`: Jinja's `jinja2.ext.i18n`.
///
/// ```swift
/// let german = try TranslationCatalog(path: "translations/de/LC_MESSAGES/messages.mo")
/// let environment = TemplateEnvironment(extensions: [I18nExtension(translations: german)])
/// ```
///
/// Where the language is another at each request, the translations are chosen by what the template was given:
///
/// ```swift
/// I18nExtension { context in catalogs[context.resolve("language")?.text ?? "en"] ?? NullTranslations() }
/// ```
public struct I18nExtension: TemplateExtension {
    /// Whether the functions put their variables into the text themselves (`gettext("Hello %(name)s", name=user)`) and give
    /// markup where output is escaped. Jinja's `newstyle_gettext`.
    public let isNewStyle: Bool
    private let translations: (@Sendable (TemplateContext) throws -> any TemplateTranslations)?

    /// The tag alone: the functions that it calls have to be among the globals or the values of the render.
    public init(isNewStyle: Bool = false) {
        self.isNewStyle = isNewStyle
        translations = nil
    }

    /// The tag, and the functions with the same translations for all.
    public init(translations: any TemplateTranslations, isNewStyle: Bool = false) {
        self.isNewStyle = isNewStyle
        self.translations = { _ in translations }
    }

    /// The tag, and the functions with translations that are chosen each time.
    public init(
        isNewStyle: Bool = false,
        translations: @escaping @Sendable (_ context: TemplateContext) throws -> any TemplateTranslations
    ) {
        self.isNewStyle = isNewStyle
        self.translations = translations
    }

    /// `jinja2.ext.i18n`, as Jinja names it.
    public var identifier: String { "jinja2.ext.i18n" }
    /// The tag.
    public var tags: [String] { ["trans"] }

    /// Parses the tag.
    public func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        var tag = TransTag(isNewStyle: isNewStyle)
        return try tag.parse(&parser)
    }

    /// The functions that translate, where there are translations, and `_`.
    public var globals: [String: TemplateValue] {
        var globals: [String: TemplateValue] = ["_": .object(GettextAlias())]
        guard let translations else { return globals }
        for kind in GettextFunction.Kind.allCases {
            globals[kind.rawValue] = .object(
                GettextFunction(kind, isNewStyle: isNewStyle, translations: translations))
        }
        return globals
    }
}

/// `_`, which is whatever `gettext` is.
private final class GettextAlias: TemplateObject {
    var typeName: String { "function" }
    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        let gettext = context.resolve("gettext") ?? context.undefined(.name("gettext"))
        return try context.call(gettext, arguments)
    }
}
