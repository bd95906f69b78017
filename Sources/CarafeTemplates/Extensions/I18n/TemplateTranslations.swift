/// Where translated texts come from: a ``TranslationCatalog``, or what a program has of its own.
///
/// Each function returns nil where there is no translation; the text is then used as the template has it.
public protocol TemplateTranslations: Sendable {
    /// The translation of `message`.
    func gettext(_ message: String) throws -> String?
    /// The translation of `singular` and `plural` in the form that `count` things take.
    func ngettext(_ singular: String, _ plural: String, _ count: Int) throws -> String?
    /// The translation of `message` where it means what `context` says.
    func pgettext(_ context: String, _ message: String) throws -> String?
    /// The translation of `singular` and `plural` where they mean what `context` says, in the form that `count` things take.
    func npgettext(_ context: String, _ singular: String, _ plural: String, _ count: Int) throws -> String?
}

extension TemplateTranslations {
    /// None.
    public func gettext(_ message: String) throws -> String? { nil }
    /// None.
    public func ngettext(_ singular: String, _ plural: String, _ count: Int) throws -> String? { nil }
    /// None.
    public func pgettext(_ context: String, _ message: String) throws -> String? { nil }
    /// None.
    public func npgettext(_ context: String, _ singular: String, _ plural: String, _ count: Int) throws -> String? {
        nil
    }
}

/// No translations: all texts stay as they are in the templates. Jinja's `install_null_translations`.
public struct NullTranslations: TemplateTranslations {
    /// No translations.
    public init() {}
}

/// Translations by closures. Jinja's `install_gettext_callables`.
public struct TranslationFunctions: TemplateTranslations {
    private let gettext: @Sendable (_ message: String) throws -> String?
    private let ngettext: @Sendable (_ singular: String, _ plural: String, _ count: Int) throws -> String?
    private let pgettext: @Sendable (_ context: String, _ message: String) throws -> String?
    private let npgettext:
        @Sendable (_ context: String, _ singular: String, _ plural: String, _ count: Int) throws -> String?

    /// Translations by these functions; texts with a context are not translated without functions for them.
    public init(
        gettext: @escaping @Sendable (_ message: String) throws -> String?,
        ngettext: @escaping @Sendable (_ singular: String, _ plural: String, _ count: Int) throws -> String?,
        pgettext: @escaping @Sendable (_ context: String, _ message: String) throws -> String? = { _, _ in nil },
        npgettext:
            @escaping @Sendable (
                _ context: String, _ singular: String, _ plural: String, _ count: Int
            ) throws -> String? = { _, _, _, _ in nil }
    ) {
        self.gettext = gettext
        self.ngettext = ngettext
        self.pgettext = pgettext
        self.npgettext = npgettext
    }

    /// What the function for `gettext` gives.
    public func gettext(_ message: String) throws -> String? { try gettext(message) }
    /// What the function for `ngettext` gives.
    public func ngettext(_ singular: String, _ plural: String, _ count: Int) throws -> String? {
        try ngettext(singular, plural, count)
    }
    /// What the function for `pgettext` gives.
    public func pgettext(_ context: String, _ message: String) throws -> String? { try pgettext(context, message) }
    /// What the function for `npgettext` gives.
    public func npgettext(_ context: String, _ singular: String, _ plural: String, _ count: Int) throws -> String? {
        try npgettext(context, singular, plural, count)
    }
}
