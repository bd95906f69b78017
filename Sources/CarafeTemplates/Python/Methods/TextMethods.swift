/// The methods of `str`, and of `Markup`, which is one whose methods return `Markup` and escape what they put in.
enum TextMethods {
    /// Those of `str`.
    static let ofText = pythonMethods(of: "str", cases + tests + searching + changing + padding + splitting + others)

    /// Those of `Markup`. Python's class defines most of them anew, as functions with names for their parameters.
    static let ofMarkup: PythonMethodTable = {
        var table = ofText
        for (name, parameters, required, positionOnly) in redefined {
            guard let method = ofText[name] else { continue }
            table[name] = PythonMethodEntry(
                signature: PythonSignature(
                    type: "Markup", name: name,
                    style: .function(parameters, required: required, positionOnly: positionOnly)),
                body: method.body)
        }
        table.merge(pythonMethods(of: "Markup", markupOnly)) { _, new in new }
        return table
    }()

    private static let redefined: [(name: String, parameters: [String], required: Int, positionOnly: Bool)] = [
        ("join", ["iterable"], 1, true), ("split", ["sep", "maxsplit"], 0, false),
        ("rsplit", ["sep", "maxsplit"], 0, false), ("splitlines", ["keepends"], 0, false),
        ("capitalize", [], 0, true), ("title", [], 0, true), ("lower", [], 0, true), ("upper", [], 0, true),
        ("replace", ["old", "new", "count"], 2, true), ("ljust", ["width", "fillchar"], 1, true),
        ("rjust", ["width", "fillchar"], 1, true), ("center", ["width", "fillchar"], 1, true),
        ("lstrip", ["chars"], 0, true), ("rstrip", ["chars"], 0, true), ("strip", ["chars"], 0, true),
        ("translate", ["table"], 1, true), ("expandtabs", ["tabsize"], 0, false), ("swapcase", [], 0, true),
        ("zfill", ["width"], 1, true), ("casefold", [], 0, true), ("removeprefix", ["prefix"], 1, true),
        ("removesuffix", ["suffix"], 1, false), ("partition", ["sep"], 1, true), ("rpartition", ["sep"], 1, true),
    ]

    private static let markupOnly: [PythonMethodLine] = [
        ("unescape", .function([], required: 0, positionOnly: true), { .string(HTMLEntities.unescape($0.text)) }),
        ("striptags", .function([], required: 0, positionOnly: true), { .string(TagStripping.text(of: $0.text)) }),
        (
            "escape", .function(["s"], required: 1, positionOnly: true),
            { .markup(try $0.value(0).escaped()) }
        ),
        ("__html__", .function([], required: 0, positionOnly: true), { $0.receiver }),
    ]

    private static let cases: [PythonMethodLine] = [
        ("upper", .none, { $0.same(PythonText.uppercase($0.text)) }),
        ("lower", .none, { $0.same(PythonText.lowercase($0.text)) }),
        ("title", .none, { $0.same(PythonText.title($0.text)) }),
        ("capitalize", .none, { $0.same(PythonText.capitalize($0.text)) }),
        ("swapcase", .none, { $0.same(PythonText.swapCase($0.text)) }),
        ("casefold", .none, { $0.same(PythonText.caseFold($0.text)) }),
    ]

    private static let tests: [PythonMethodLine] = [
        ("isalpha", .none, { .bool(PythonText.isAlphabetic($0.text)) }),
        ("isdigit", .none, { .bool(PythonText.isDigit($0.text)) }),
        ("isdecimal", .none, { .bool(PythonText.isDecimal($0.text)) }),
        ("isnumeric", .none, { .bool(PythonText.isNumeric($0.text)) }),
        ("isalnum", .none, { .bool(PythonText.isAlphanumeric($0.text)) }),
        ("isascii", .none, { .bool(PythonText.isASCII($0.text)) }),
        ("isspace", .none, { .bool(PythonText.isSpace($0.text)) }),
        ("isupper", .none, { .bool(PythonText.isUppercase($0.text)) }),
        ("islower", .none, { .bool(PythonText.isLowercase($0.text)) }),
        ("istitle", .none, { .bool(PythonText.isTitlecase($0.text)) }),
        ("isidentifier", .none, { .bool(PythonText.isIdentifier($0.text)) }),
        ("isprintable", .none, { .bool(PythonText.isPrintable($0.text)) }),
    ]

    private static let others: [PythonMethodLine] = [
        ("encode", .named(["encoding", "errors"]), TextEncoding.encode),
        ("translate", .one, TextTranslation.translate),
        ("maketrans", .positional(1, 3), TextTranslation.makeTable),
        (
            "format", .everything,
            { call in
                call.same(
                    try StringFormat.format(call.text, isMarkup: call.isMarkup, call.arguments, in: call.context))
            }
        ),
        ("format_map", .everything, formatMap),
    ]

    private static func formatMap(_ call: PythonCall) throws -> TemplateValue {
        try SandboxPolicy(call.context.environment.options.sandbox).checkFormatMap(call.arguments)
        let style: PythonSignature.Style =
            call.isMarkup ? .function(["mapping"], required: 1, positionOnly: true) : .one
        let signature = PythonSignature(type: call.receiver.typeName, name: "format_map", style: style)
        _ = try signature.bind(call.arguments)
        let mapping = call.value(0)
        return call.same(
            try StringFormat.format(call.text, isMarkup: call.isMarkup, mapping: mapping, in: call.context))
    }
}

extension PythonCall {
    /// The text that the method is called on.
    var text: String { Self.text(receiver) ?? "" }

    var isMarkup: Bool { receiver.isMarkup }

    /// `text` as the type of the receiver.
    func same(_ text: String) -> TemplateValue { isMarkup ? .markup(text) : .string(text) }

    /// A list of `texts` as the type of the receiver.
    func list(_ texts: [String]) -> TemplateValue { .list(TemplateList(texts.map(same))) }

    /// The text of an argument, escaped where the receiver is markup.
    ///
    /// - Throws: a `TypeError` that begins with `complaint` and ends with the type, where it is no text
    func insertion(_ position: Int, _ complaint: String) throws -> String {
        if isMarkup { return try value(position).escaped() }
        return try text(position, complaint)
    }

    /// The text of an argument.
    ///
    /// - Throws: a `TypeError` that begins with `complaint` and ends with the type, where it is no text
    func text(_ position: Int, _ complaint: String) throws -> String {
        if let text = text(position) { return text }
        // Those that name an argument call None by its name.
        if case .none = value(position), PythonText.contains("argument", in: complaint) {
            throw TemplateError(.typeError, complaint + ", not None")
        }
        throw TemplateError(.typeError, "\(complaint), not \(value(position).typeName)")
    }
}
