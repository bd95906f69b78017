/// `truncate`, `indent` and `wordwrap`.
enum LayoutFilters {
    static let all: [String: TemplateFilter] = ["truncate": truncate, "indent": indent, "wordwrap": wordwrap]

    // MARK: truncate

    private static let truncateParameters = Parameters(
        "do_truncate", given: ["env", "s"],
        [
            .optional("length", .int(255)), .optional("killwords", .bool(false)), .optional("end", .string("...")),
            .optional("leeway", .none),
        ])
    static let truncate: TemplateFilter = { value, arguments, context in
        let bound = try truncateParameters.bind(arguments)
        var leeway = bound[3]
        if case .none = leeway { leeway = .int(context.environment.options.policies.truncateLeeway) }
        let (length, end) = (bound[0], bound[2])
        let endLength = try end.length()
        guard try length.compare(.greaterOrEqual, .int(endLength)) else {
            throw TemplateError(.assertionError, "expected length >= \(endLength), got \(try length.text)")
        }
        guard try leeway.compare(.greaterOrEqual, .int(0)) else {
            throw TemplateError(.assertionError, "expected leeway >= 0, got \(try leeway.text)")
        }
        let soft = SoftText(string: value)
        if let soft, case .int(let length) = length, case .int(let leeway) = leeway {
            let most = length.addingReportingOverflow(leeway)
            if most.overflow || soft.text.utf8.count <= most.partialValue { return value }
            guard let kept = prefix(of: soft.text, length - endLength, ifLongerThan: most.partialValue) else {
                return value
            }
            return try joined(soft.with(kept), end, keepsAll: bound[1].isTrue, in: context)
        }
        let most = try length.binary(.add, leeway, in: context)
        guard try !TemplateValue.int(try value.length()).compare(.lessOrEqual, most) else { return value }
        let stop = try length.binary(.subtract, .int(endLength), in: context)
        return try joined(value.slice(.none, stop, .none), end, keepsAll: bound[1].isTrue, in: context)
    }

    /// The first `count` code points of `text`, or nil where it has no more than `most`.
    private static func prefix(of text: String, _ count: Int, ifLongerThan most: Int) -> String? {
        PythonText.withBytes(text) { bytes -> String? in
            // More bytes than these are not looked at where they are ASCII.
            if PythonText.isASCII(UnsafeBufferPointer(rebasing: bytes[...most])) {
                return PythonText.string(bytes, 0..<count)
            }
            guard PythonText.length(bytes) > most else { return nil }
            return PythonText.string(bytes, 0..<PythonText.offset(ofIndex: count, in: bytes, isASCII: false))
        }
    }

    /// What was kept and the end, without the word that was cut unless that is kept.
    private static func joined(
        _ kept: TemplateValue, _ end: TemplateValue, keepsAll: Bool, in context: TemplateContext
    ) throws -> TemplateValue {
        if keepsAll { return try kept.binary(.add, end, in: context) }
        guard let soft = SoftText(string: kept) else { throw kept.lacksAttribute("rsplit") }
        return try soft.with(beforeLastSpace(soft.text)).binary(.add, end, in: context)
    }

    private static func beforeLastSpace(_ text: String) -> String {
        PythonText.withBytes(text) { bytes in
            guard let space = bytes.lastIndex(of: 0x20) else { return text }
            return PythonText.string(bytes, 0..<space)
        }
    }

    // MARK: indent

    private static let indentParameters = Parameters(
        "do_indent", given: ["s"],
        [.optional("width", .int(4)), .optional("first", .bool(false)), .optional("blank", .bool(false))])
    static let indent: TemplateFilter = { value, arguments, context in
        let bound = try indentParameters.bind(arguments)
        let indention: SoftText
        if let soft = SoftText(string: bound[0]) {
            indention = soft
        } else {
            indention = try SoftText(TemplateValue.string(" ").binary(.multiply, bound[0], in: context))
        }
        guard let soft = SoftText(string: value) else {
            throw try notText(value, in: context)
        }
        return try Indentation(
            indention: soft.isMarkup ? SoftText(indention.text, isMarkup: true) : indention,
            indentsFirst: bound[1].isTrue, indentsBlank: bound[2].isTrue, limits: context.limits
        ).indent(soft)
    }

    /// What Python says of `value += "\n"`, and of `value.splitlines()` where that works.
    private static func notText(_ value: TemplateValue, in context: TemplateContext) throws -> TemplateError {
        switch value {
        case .list: return value.lacksAttribute("splitlines")
        case .undefined, .tuple:
            _ = try value.binary(.add, .string("\n"), in: context)
            return value.lacksAttribute("splitlines")
        default:
            if TemplateBytes.bytes(value) != nil { return TemplateError(.typeError, "can't concat str to bytes") }
            return TemplateError(
                .typeError, "unsupported operand type(s) for +=: '\(value.typeName)' and 'str'")
        }
    }

    // MARK: wordwrap

    private static let wordwrapParameters = Parameters(
        "do_wordwrap", given: ["environment", "s"],
        [
            .optional("width", .int(79)), .optional("break_long_words", .bool(true)), .optional("wrapstring", .none),
            .optional("break_on_hyphens", .bool(true)),
        ])
    static let wordwrap: TemplateFilter = { value, arguments, context in
        let bound = try wordwrapParameters.bind(arguments)
        var newline = bound[2]
        if case .none = newline { newline = .string(context.environment.options.newlineSequence) }
        guard let separator = SoftText(string: newline) else { throw newline.lacksAttribute("join") }
        guard let soft = SoftText(string: value) else {
            if let bytes = TemplateBytes.bytes(value) {
                guard !bytes.isEmpty else { return separator.with("") }
                throw TemplateError(.typeError, "cannot use a string pattern on a bytes-like object")
            }
            throw value.lacksAttribute("splitlines")
        }
        let splitsAtHyphens = if case .bool(true) = bound[3] { true } else { false }
        let wrapping = TextWrapping(
            width: try TextWrapping.Width(bound[0]), breaksLongWords: try bound[1].isTrue,
            splitsAtHyphens: splitsAtHyphens, breaksLongWordsAtHyphens: try bound[3].isTrue)
        var result = ""
        for (number, paragraph) in PythonText.splitLines(soft.text).enumerated() {
            if number > 0 { result += separator.text }
            for (number, line) in try wrapping.wrap(paragraph).enumerated() {
                if number > 0 { result += separator.text }
                result += separator.isMarkup ? Escaping.escape(line) : line
                try PythonText.check(size: result.utf8.count, context.limits)
            }
        }
        return separator.with(result)
    }
}

/// Text with blanks, or something else, before its lines.
private struct Indentation {
    let indention: SoftText
    let indentsFirst: Bool
    let indentsBlank: Bool
    let limits: TemplateLimits

    /// Markup before lines of plain text escapes those lines, as `Markup("…") + line` does in Python; whether the result is
    /// markup then depends on what Python concatenates last.
    func indent(_ text: SoftText) throws -> TemplateValue {
        let escapes = indention.isMarkup && !text.isMarkup
        // The newline that Jinja appends keeps an empty last line.
        let lines = PythonText.splitLines(text.text + "\n")
        var result = ""
        for (number, line) in lines.enumerated() {
            if number > 0 {
                result += "\n"
                if indentsBlank || !line.utf8.isEmpty { result += indention.text }
            }
            let isEscaped = escapes && (indentsBlank || number > 0)
            result += isEscaped ? Escaping.escape(line) : line
            try PythonText.check(size: result.utf8.count, limits)
        }
        guard indentsFirst else {
            return text.isMarkup || (escapes && indentsBlank) ? .markup(result) : .string(result)
        }
        let rest = SoftText(result, isMarkup: text.isMarkup || (escapes && indentsBlank))
        return (indention + rest).value
    }
}
