/// `urlencode` and `urlize`.
enum URLFilters {
    static let all: [String: TemplateFilter] = ["urlencode": urlencode, "urlize": urlize]

    // MARK: urlencode

    private static let urlencodeParameters = Parameters("do_urlencode", given: ["value"])
    static let urlencode: TemplateFilter = { value, arguments, context in
        try urlencodeParameters.expectNothing(arguments)
        if let soft = SoftText(string: value) { return .string(PercentEncoding.encode(soft.text, isQuery: false)) }
        guard let pairs = try pairs(of: value, context) else {
            return .string(PercentEncoding.encode(try value.text, isQuery: false))
        }
        var result = ""
        for (key, value) in pairs {
            if !result.utf8.isEmpty { result += "&" }
            result += try encodedInQuery(key)
            result += "="
            result += try encodedInQuery(value)
            try PythonText.check(size: result.utf8.count, context.limits)
        }
        return .string(result)
    }

    private static func encodedInQuery(_ value: TemplateValue) throws -> String {
        if let bytes = TemplateBytes.bytes(value) {
            return bytes.withUnsafeBufferPointer { PercentEncoding.encode($0, isQuery: true) }
        }
        return PercentEncoding.encode(try value.text, isQuery: true)
    }

    /// The keys and values of a mapping or of pairs; nil for what is not iterable.
    private static func pairs(
        of value: TemplateValue, _ context: TemplateContext
    ) throws -> [(key: TemplateValue, value: TemplateValue)]? {
        switch value {
        case .dict: return try value.items(in: context)
        case .object(let object) where object.isMapping: return try value.items(in: context)
        case .object(let object):
            if try object.makeIterator() == nil { return nil }
        case .list, .tuple, .undefined: break
        default: return nil
        }
        return try value.elements().map { try $0.unpackedPair() }
    }

    // MARK: urlize

    private static let urlizeParameters = Parameters(
        "do_urlize", given: ["eval_ctx", "value"],
        [
            .optional("trim_url_limit", .none), .optional("nofollow", .bool(false)), .optional("target", .none),
            .optional("rel", .none), .optional("extra_schemes", .none),
        ])
    static let urlize: TemplateFilter = { value, arguments, context in
        let bound = try urlizeParameters.bind(arguments)
        let policies = context.environment.options.policies
        let links = LinkFinder(
            attributes: try relation(bound[3], isNofollow: bound[1].isTrue, policies) + target(bound[2], policies),
            schemes: try schemes(bound[4], policies), displayLimit: bound[0], limits: context.limits)
        let text = try links.linked(value.escaped())
        return context.autoescape ? .markup(text) : .string(text)
    }

    /// The attribute `rel`: what the argument, `nofollow` and the policy say, sorted.
    private static func relation(
        _ rel: TemplateValue, isNofollow: Bool, _ policies: TemplatePolicies
    ) throws -> String {
        var parts: [String] = []
        if try rel.isTrue {
            guard let soft = SoftText(string: rel) else { throw rel.lacksAttribute("split") }
            parts += PythonText.split(soft.text)
        }
        if isNofollow { parts.append("nofollow") }
        parts += PythonText.split(policies.urlizeRel)
        parts.sort { compareText($0, $1) < 0 }
        var different: [String] = []
        for part in parts where !(different.last.map { isSameText($0, part) } ?? false) { different.append(part) }
        return different.isEmpty ? "" : " rel=\"\(Escaping.escape(different.joined(separator: " ")))\""
    }

    private static func target(_ target: TemplateValue, _ policies: TemplatePolicies) throws -> String {
        if target.isNone { return policies.urlizeTarget.map { " target=\"\(Escaping.escape($0))\"" } ?? "" }
        return try target.isTrue ? " target=\"\(target.escaped())\"" : ""
    }

    private static func schemes(_ schemes: TemplateValue, _ policies: TemplatePolicies) throws -> [String] {
        let values = schemes.isNone ? policies.urlizeExtraSchemes.map { .string($0) } : try schemes.elements()
        return try values.map { value in
            guard let scheme = SoftText(string: value)?.text else {
                throw TemplateError(.typeError, "expected string or bytes-like object, got '\(value.typeName)'")
            }
            guard isScheme(scheme) else {
                throw TemplateError(
                    .filterArgument, "\(try value.representation) is not a valid URI scheme prefix.")
            }
            return scheme
        }
    }

    /// Python's `[\w.+-]{2,}:/{0,2}`.
    private static func isScheme(_ scheme: String) -> Bool {
        var rest = Array(scheme.unicodeScalars)[...]
        for _ in 0..<2 where rest.last == "/" { rest.removeLast() }
        guard rest.popLast() == ":", rest.count >= 2 else { return false }
        return rest.allSatisfy { $0 == "." || $0 == "+" || $0 == "-" || PythonText.isWordCharacter($0) }
    }
}

extension TemplateValue {
    /// The two values of a pair, in the words of Python's `for key, value in pairs` where it is none.
    fileprivate func unpackedPair() throws -> (key: TemplateValue, value: TemplateValue) {
        let elements: [TemplateValue]
        do {
            elements = try self.elements()
        } catch let error as TemplateError where error.kind == .typeError {
            throw TemplateError(.typeError, "cannot unpack non-iterable \(typeName) object")
        }
        guard elements.count == 2 else { throw Self.wrongCount(elements.count) }
        return (elements[0], elements[1])
    }

    /// What Python says of so many values where two are unpacked.
    static func wrongCount(_ count: Int) -> TemplateError {
        TemplateError(
            .valueError,
            count < 2
                ? "not enough values to unpack (expected 2, got \(count))" : "too many values to unpack (expected 2)")
    }
}
