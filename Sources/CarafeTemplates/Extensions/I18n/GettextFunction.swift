/// One of the functions that translate.
final class GettextFunction: TemplateObject {
    enum Kind: String, CaseIterable {
        case gettext
        case ngettext
        case pgettext
        case npgettext

        /// The arguments, under the names that messages about them have: those of Python's translations, or Jinja's wrappers
        /// of them in the new style.
        func parameters(isNewStyle: Bool) -> Parameters {
            let names =
                switch self {
                case .gettext: isNewStyle ? ["__string"] : ["message"]
                case .ngettext: isNewStyle ? ["__singular", "__plural", "__num"] : ["msgid1", "msgid2", "n"]
                case .pgettext: isNewStyle ? ["__string_ctx", "__string"] : ["context", "message"]
                case .npgettext:
                    isNewStyle
                        ? ["__string_ctx", "__singular", "__plural", "__num"] : ["context", "msgid1", "msgid2", "n"]
                }
            let required = names.map { Parameters.Parameter.required($0) }
            return isNewStyle
                ? Parameters("_make_new_\(rawValue).<locals>.\(rawValue)", given: ["__context"], required)
                : Parameters("GNUTranslations.\(rawValue)", given: ["self"], required)
        }

        var count: Int { (hasContext ? 1 : 0) + (hasCount ? 3 : 1) }
        var hasContext: Bool { self == .pgettext || self == .npgettext }
        var hasCount: Bool { self == .ngettext || self == .npgettext }
    }

    private let kind: Kind
    private let isNewStyle: Bool
    private let parameters: Parameters
    private let translations: @Sendable (TemplateContext) throws -> any TemplateTranslations

    init(
        _ kind: Kind, isNewStyle: Bool,
        translations: @escaping @Sendable (TemplateContext) throws -> any TemplateTranslations
    ) {
        self.kind = kind
        self.isNewStyle = isNewStyle
        parameters = kind.parameters(isNewStyle: isNewStyle)
        self.translations = translations
    }

    var typeName: String { "function" }
    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        // In the new style all named arguments are variables of the text.
        let bound = try parameters.bind(isNewStyle ? TemplateArguments(arguments.positional) : arguments)
        let values = (0..<kind.count).map { bound[$0] }
        let translation = try translate(values, context)
        return isNewStyle ? try format(translation, values, arguments.named, context) : translation
    }

    /// The translation, or the text itself, which stays markup if it is.
    private func translate(_ values: [TemplateValue], _ context: TemplateContext) throws -> TemplateValue {
        let translations = try translations(context)
        let texts = values.map(\.plainText)
        switch kind {
        case .gettext:
            guard let message = texts[0] else { return values[0] }
            return try translations.gettext(message).map { .string($0) } ?? values[0]
        case .pgettext:
            guard let sense = texts[0], let message = texts[1] else { return values[1] }
            return try translations.pgettext(sense, message).map { .string($0) } ?? values[1]
        case .ngettext:
            let original = try values[2].isEqual(to: .int(1)) ? values[0] : values[1]
            guard let singular = texts[0], let plural = texts[1] else { return original }
            let count = try Self.count(values[2], for: translations)
            return try translations.ngettext(singular, plural, count).map { .string($0) } ?? original
        case .npgettext:
            let original = try values[3].isEqual(to: .int(1)) ? values[1] : values[2]
            guard let sense = texts[0], let singular = texts[1], let plural = texts[2] else { return original }
            let count = try Self.count(values[3], for: translations)
            return try translations.npgettext(sense, singular, plural, count).map { .string($0) } ?? original
        }
    }

    /// How many things there are. A number that is not whole takes the form of the next one above; one beyond `Int` the form
    /// of its last digits. Only a catalog minds what is no number.
    private static func count(_ value: TemplateValue, for translations: any TemplateTranslations) throws -> Int {
        switch value {
        case .bool(let value): return value ? 1 : 0
        case .int(let value): return value
        case .bigInt(let value):
            let cycle = BigInteger(1_000_000_000)
            return 1_000_000_000 + (value.divided(by: cycle)?.remainder.int ?? 0)
        case .double(let value):
            if let count = Int(exactly: value.rounded(.up)) { return count == 1 && value != 1 ? 2 : count }
            return 0
        default:
            guard translations is TranslationCatalog else { return 2 }
            throw TemplateError(.typeError, "Plural value must be an integer, got \(value.typeName)")
        }
    }

    /// Puts the variables into the text, which is always a format in the new style.
    private func format(
        _ translation: TemplateValue, _ values: [TemplateValue], _ variables: [(name: String, value: TemplateValue)],
        _ context: TemplateContext
    ) throws -> TemplateValue {
        var format = translation
        if context.autoescape { format = .markup(try translation.html ?? translation.text) }
        let dict = TemplateDict()
        for variable in variables { dict[variable.name] = variable.value }
        if kind.hasContext, dict["context"] == nil { dict["context"] = values[0] }
        if kind.hasCount, dict["num"] == nil { dict["num"] = values[values.count - 1] }
        return try format.binary(.modulo, .dict(dict), in: context)
    }
}

extension TemplateValue {
    /// The text of a string or markup.
    fileprivate var plainText: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }
}
