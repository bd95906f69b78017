import ArgumentParser
import CarafeTemplates

/// Whether output is escaped.
enum Autoescaping: String, ExpressibleByArgument, CaseIterable {
    case on, off, auto
}

/// The options of Jinja's `Environment`, set by their names.
struct EnvironmentSettings {
    var options = TemplateOptions()
    private var extensionNames: [String] = []
    /// Whether `trans` formats messages itself (`newstyle` of Jinja's `install_gettext_translations`).
    private var hasNewStyleTranslations = false

    init(autoescape: Autoescaping = .auto) {
        set(autoescape)
    }

    /// An environment with these settings.
    func environment(loader: (any TemplateLoader)?) -> TemplateEnvironment {
        TemplateEnvironment(
            loader: loader, options: options,
            extensions: Self.extensions(hasNewStyleTranslations).filter { extensionNames.contains($0.identifier) })
    }

    private mutating func set(_ autoescape: Autoescaping) {
        switch autoescape {
        case .on: options.autoescape = .always
        case .off: options.autoescape = .never
        case .auto: options.autoescape = .by(Self.isMarkup)
        }
    }

    /// Flask's choice: templates without a name, and these.
    private static let isMarkup: @Sendable (String?) -> Bool = { name in
        guard let name else { return true }
        return [".html", ".htm", ".xml", ".xhtml", ".svg"].contains { end in
            name.utf8.count >= end.utf8.count && name.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
        }
    }

    /// Sets an option by its name in Jinja.
    ///
    /// - Throws: ``ToolError`` where there is no such option, or the value is none of its type
    mutating func set(_ name: String, _ value: String) throws {
        if let option = Self.texts[name] {
            options[keyPath: option] = Self.unescaped(value)
        } else if let option = Self.optionalTexts[name] {
            options[keyPath: option] = Self.isNone(value) ? nil : Self.unescaped(value)
        } else if let option = Self.flags[name] {
            options[keyPath: option] = try Self.flag(name, value)
        } else if let option = Self.numbers[name] {
            options[keyPath: option] = try Self.number(name, value)
        } else {
            try setOther(name, value)
        }
    }

    private mutating func setOther(_ name: String, _ value: String) throws {
        switch name {
        case "newline_sequence":
            let newline = Self.unescaped(value)
            guard ["\n", "\r\n", "\r"].contains(where: { $0.utf8.elementsEqual(newline.utf8) }) else {
                throw ToolError(#"newline_sequence is \n, \r\n or \r."#)
            }
            options.newlineSequence = newline
        case "undefined": try setUndefined(value)
        case "autoescape": try setAutoescape(value)
        case "extensions":
            extensionNames = try value.split(separator: ",").map { try Self.extensionName(String($0)) }
        case "newstyle": hasNewStyleTranslations = try Self.flag(name, value)
        case "sandboxed":
            options.sandbox = value == "immutable" ? .immutable : try Self.flag(name, value) ? .sandboxed : .none
        case "immutable": if try Self.flag(name, value) { options.sandbox = .immutable }
        case "urlize.extra_schemes": options.policies.urlizeExtraSchemes = value.split(separator: ",").map(String.init)
        case "json.dumps_kwargs": options.policies.json = try JSONPolicy.format(value)
        // They change how Jinja works, not what it prints.
        case "optimized", "enable_async": _ = try Self.flag(name, value)
        case "finalize", "loader", "bytecode_cache", "json.dumps_function":
            throw ToolError("The option '\(name)' takes a Python object, which has no place on a command line.")
        default: throw ToolError("There is no option '\(name)'. The options are \(Self.names.joined(separator: ", ")).")
        }
    }

    /// The names of all options, sorted.
    static let names =
        (Array(texts.keys) + optionalTexts.keys + flags.keys + numbers.keys
        + [
            "newline_sequence", "undefined", "autoescape", "extensions", "newstyle", "sandboxed", "immutable",
            "urlize.extra_schemes", "json.dumps_kwargs", "optimized", "enable_async",
        ]).sorted()

    // MARK: - By type

    private nonisolated(unsafe) static let texts: [String: WritableKeyPath<TemplateOptions, String>] = [
        "block_start_string": \.blockStartString,
        "block_end_string": \.blockEndString,
        "variable_start_string": \.variableStartString,
        "variable_end_string": \.variableEndString,
        "comment_start_string": \.commentStartString,
        "comment_end_string": \.commentEndString,
        "urlize.rel": \.policies.urlizeRel,
    ]

    private nonisolated(unsafe) static let optionalTexts: [String: WritableKeyPath<TemplateOptions, String?>] = [
        "line_statement_prefix": \.lineStatementPrefix,
        "line_comment_prefix": \.lineCommentPrefix,
        "urlize.target": \.policies.urlizeTarget,
    ]

    private nonisolated(unsafe) static let flags: [String: WritableKeyPath<TemplateOptions, Bool>] = [
        "trim_blocks": \.trimBlocks,
        "lstrip_blocks": \.lstripBlocks,
        "keep_trailing_newline": \.keepTrailingNewline,
        "auto_reload": \.autoReload,
        "native": \.nativeTypes,
        "ext.i18n.trimmed": \.policies.i18nTrimmed,
    ]

    private nonisolated(unsafe) static let numbers: [String: WritableKeyPath<TemplateOptions, Int>] = [
        "cache_size": \.cacheSize,
        "truncate.leeway": \.policies.truncateLeeway,
    ]

    // MARK: - Values

    private mutating func setUndefined(_ value: String) throws {
        switch value {
        case "Undefined", "default": options.undefined = .lenient
        case "ChainableUndefined", "chainable": options.undefined = .chainable
        case "DebugUndefined", "debug": options.undefined = .debug
        case "StrictUndefined", "strict": options.undefined = .strict
        case "LoggingUndefined", "logging":
            options.undefined = .lenient
            options.undefinedLog = { StandardStreams.writeError("warning: \($0)\n") }
        default:
            throw ToolError(
                "undefined is Undefined, ChainableUndefined, DebugUndefined, StrictUndefined or LoggingUndefined.")
        }
    }

    private mutating func setAutoescape(_ value: String) throws {
        if let known = Autoescaping(rawValue: value) ?? (value == "select" ? .auto : nil) {
            set(known)
        } else {
            set(try Self.flag("autoescape", value) ? .on : .off)
        }
    }

    private static func extensions(_ hasNewStyleTranslations: Bool = false) -> [any TemplateExtension] {
        [
            DoExtension(), LoopControlsExtension(), DebugExtension(),
            I18nExtension(translations: NullTranslations(), isNewStyle: hasNewStyleTranslations),
        ]
    }

    /// The whole name of an extension; `do` is `jinja2.ext.do`.
    private static func extensionName(_ name: String) throws -> String {
        let name = name.split(separator: " ").joined()
        let known = extensions().map(\.identifier)
        guard let found = known.first(where: { $0 == name || $0 == "jinja2.ext." + name }) else {
            throw ToolError("There is no extension '\(name)'. There are \(known.joined(separator: ", ")).")
        }
        return found
    }

    private static func flag(_ name: String, _ value: String) throws -> Bool {
        switch value {
        case "true", "True", "1", "yes", "on": true
        case "false", "False", "0", "no", "off": false
        default: throw ToolError("\(name) is true or false, not '\(value)'.")
        }
    }

    private static func number(_ name: String, _ value: String) throws -> Int {
        guard let number = Int(value) else { throw ToolError("\(name) is a whole number, not '\(value)'.") }
        return number
    }

    private static func isNone(_ value: String) -> Bool { ["", "None", "null"].contains(value) }

    /// The text with `\n`, `\r`, `\t` and `\\` as what they stand for: a shell passes them as they are written.
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first else {
                bytes.append(byte)
                continue
            }
            let escapes: [UInt8: UInt8] = [
                UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "\\"): 92,
            ]
            guard let replacement = escapes[next] else {
                bytes.append(byte)
                continue
            }
            bytes.append(replacement)
            rest.removeFirst()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
