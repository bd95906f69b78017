/// `escape`, `forceescape`, `safe`, `striptags` and `xmlattr`.
enum MarkupFilters {
    static let all: [String: TemplateFilter] = [
        "escape": escape, "e": escape, "forceescape": forceescape, "safe": safe, "striptags": striptags,
        "xmlattr": xmlattr,
    ]

    private static let escapeParameters = Parameters("escape", given: ["s"], isGivenByPositionOnly: true)
    static let escape: TemplateFilter = { value, arguments, _ in
        try escapeParameters.expectNothing(arguments)
        switch value {
        case .string(let text): return .markup(Escaping.escape(text))
        case .markup: return value
        default: return .markup(try value.escaped())
        }
    }

    private static let forceescapeParameters = Parameters("do_forceescape", given: ["value"])
    static let forceescape: TemplateFilter = { value, arguments, _ in
        try forceescapeParameters.expectNothing(arguments)
        return .markup(Escaping.escape(try markupOrText(value)))
    }

    private static let safeParameters = Parameters("do_mark_safe", given: ["value"])
    static let safe: TemplateFilter = { value, arguments, _ in
        try safeParameters.expectNothing(arguments)
        switch value {
        case .string(let text): return .markup(text)
        case .markup: return value
        default: return .markup(try markupOrText(value))
        }
    }

    private static let striptagsParameters = Parameters("do_striptags", given: ["value"])
    static let striptags: TemplateFilter = { value, arguments, _ in
        try striptagsParameters.expectNothing(arguments)
        return .string(TagStripping.text(of: try markupOrText(value)))
    }

    private static func markupOrText(_ value: TemplateValue) throws -> String {
        switch value {
        case .string(let text), .markup(let text): text
        default: try value.html ?? value.text
        }
    }

    // MARK: xmlattr

    private static let xmlattrParameters = Parameters(
        "do_xmlattr", given: ["eval_ctx", "d"], [.optional("autospace", .bool(true))])
    static let xmlattr: TemplateFilter = { value, arguments, context in
        let bound = try xmlattrParameters.bind(arguments)
        var result = ""
        for (key, value) in try value.items(in: context) {
            switch value {
            case .none, .undefined: continue
            default: break
            }
            guard let name = SoftText(string: key) else {
                throw TemplateError(.typeError, "expected string or bytes-like object, got '\(key.typeName)'")
            }
            guard !name.text.utf8.contains(where: endsName) else {
                throw TemplateError(.valueError, "Invalid character in attribute name: \(try key.representation)")
            }
            if !result.utf8.isEmpty { result += " " }
            result += name.escaped
            result += "=\""
            result += try value.escaped()
            result += "\""
            try PythonText.check(size: result.utf8.count, context.limits)
        }
        if !result.utf8.isEmpty, try bound[0].isTrue { result = " " + result }
        return context.autoescape ? .markup(result) : .string(result)
    }

    /// Whether HTML's parser would take what follows for something else than the name of an attribute.
    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09...0x0D, 0x20, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "="): true
        default: false
        }
    }
}
