package import CarafeTemplates

/// The options of a case, which have their names in Jinja: see `oracle.py`.
package struct CaseOptions {
    package var options = TemplateOptions()
    package var extensions: [any TemplateExtension] = []

    /// - Parameter log: told what a logging undefined says
    package init(_ json: TemplateValue?, log: @escaping @Sendable (String) -> Void = { _ in }) throws {
        for (name, value) in json?.members ?? [] { try set(name, value, log) }
        for name in json?.member("extensions")?.array ?? [] { extensions.append(try Self.extension(name, of: json)) }
    }

    private mutating func set(
        _ name: String, _ value: TemplateValue, _ log: @escaping @Sendable (String) -> Void
    ) throws {
        switch name {
        case "block_start_string": options.blockStartString = value.string ?? ""
        case "block_end_string": options.blockEndString = value.string ?? ""
        case "variable_start_string": options.variableStartString = value.string ?? ""
        case "variable_end_string": options.variableEndString = value.string ?? ""
        case "comment_start_string": options.commentStartString = value.string ?? ""
        case "comment_end_string": options.commentEndString = value.string ?? ""
        case "line_statement_prefix": options.lineStatementPrefix = value.string
        case "line_comment_prefix": options.lineCommentPrefix = value.string
        case "trim_blocks": options.trimBlocks = value.isTrueLiteral
        case "lstrip_blocks": options.lstripBlocks = value.isTrueLiteral
        case "keep_trailing_newline": options.keepTrailingNewline = value.isTrueLiteral
        case "newline_sequence": options.newlineSequence = value.string ?? "\n"
        case "native": options.nativeTypes = value.isTrueLiteral
        case "sandboxed": options.sandbox = value.isTrueLiteral ? .sandboxed : .immutable
        case "undefined": try setUndefined(value.string ?? "", log)
        case "autoescape": options.autoescape = Self.autoescape(value)
        case "finalize": options.finalize = Self.finalize(value)
        case "policies": for (name, value) in value.members { try setPolicy(name, value) }
        // What concerns the environment itself, or an extension.
        case "extensions", "globals", "gettext", "newstyle": break
        default: throw UnknownOption(name: name)
        }
    }

    private mutating func setUndefined(_ name: String, _ log: @escaping @Sendable (String) -> Void) throws {
        switch name {
        case "Undefined": options.undefined = .lenient
        case "ChainableUndefined": options.undefined = .chainable
        case "DebugUndefined": options.undefined = .debug
        case "StrictUndefined": options.undefined = .strict
        case "LoggingUndefined": options.undefinedLog = log
        default: throw UnknownOption(name: name)
        }
    }

    private mutating func setPolicy(_ name: String, _ value: TemplateValue) throws {
        switch name {
        case "truncate.leeway": options.policies.truncateLeeway = value.integer ?? 0
        case "urlize.rel": options.policies.urlizeRel = value.string ?? ""
        case "urlize.target": options.policies.urlizeTarget = value.string
        case "urlize.extra_schemes": options.policies.urlizeExtraSchemes = value.array.compactMap(\.string)
        case "json.dumps_kwargs": options.policies.json = Self.jsonFormat(value)
        case "json.dumps_function":
            options.policies.jsonFunction = { value, format in
                "<\(try value.representation)|\(format.sortsKeys ? "True" : "False")|\(format.indentation?.utf8.count ?? -1)>"
            }
        // Without an effect, as in Jinja 3.
        case "compiler.ascii_str": break
        case "ext.i18n.trimmed": options.policies.i18nTrimmed = value.isTrueLiteral
        default: throw UnknownOption(name: name)
        }
    }

    private static func jsonFormat(_ value: TemplateValue) -> TemplateJSONFormat {
        var format = TemplateJSONFormat()
        format.sortsKeys = value.member("sort_keys")?.isTrueLiteral ?? false
        format.escapesNonASCII = value.member("ensure_ascii")?.isTrueLiteral ?? true
        format.indentation =
            value.member("indent")?.string ?? value.member("indent")?.integer.map { String(repeating: " ", count: $0) }
        if let separators = value.member("separators")?.array.compactMap(\.string), separators.count == 2 {
            format.separators = (separators[0], separators[1])
        }
        return format
    }

    private static func finalize(
        _ value: TemplateValue
    ) -> @Sendable (TemplateValue, TemplateContext) throws -> TemplateValue {
        if value.string == "none" {
            return { value, _ in if case .none = value { .string("") } else { value } }
        }
        return { value, _ in .string("[\(try value.text)]") }
    }

    private static func autoescape(_ value: TemplateValue) -> Autoescape {
        if case .bool(let isOn) = value { return isOn ? .always : .never }
        let enabled = suffixes(value.member("enabled_extensions"), standard: ["html", "htm", "xml"])
        let disabled = suffixes(value.member("disabled_extensions"), standard: [])
        let forStrings = value.member("default_for_string").map(\.isTrueLiteral) ?? true
        let otherwise = value.member("default").map(\.isTrueLiteral) ?? false
        return .by { name in
            guard let name = name?.lowercased() else { return forStrings }
            if enabled.contains(where: name.hasSuffix) { return true }
            if disabled.contains(where: name.hasSuffix) { return false }
            return otherwise
        }
    }

    /// Extensions of file names, with the dot before them.
    private static func suffixes(_ value: TemplateValue?, standard: [String]) -> [String] {
        (value?.array.compactMap(\.string) ?? standard).map { "." + $0.drop { $0 == "." }.lowercased() }
    }

    private static func `extension`(_ name: TemplateValue, of json: TemplateValue?) throws -> any TemplateExtension {
        switch name.string {
        case "jinja2.ext.do": return DoExtension()
        case "jinja2.ext.loopcontrols": return LoopControlsExtension()
        case "jinja2.ext.debug": return DebugExtension()
        case "jinja2.ext.i18n":
            let isNewStyle = json?.member("newstyle")?.isTrueLiteral ?? false
            if let messages = json?.member("gettext") {
                return I18nExtension(translations: CaseTranslations(messages), isNewStyle: isNewStyle)
            }
            return isNewStyle
                ? I18nExtension(translations: NullTranslations(), isNewStyle: true) : I18nExtension()
        default: throw UnknownOption(name: name.string ?? "")
        }
    }
}

/// An option that a case has, but this target does not know.
package struct UnknownOption: Error {
    package let name: String

    package init(name: String) { self.name = name }
}
