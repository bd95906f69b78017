/// The methods of `str` that look for text, and those that replace or take away what they find.
extension TextMethods {
    static let searching: [PythonMethodLine] = [
        ("find", .parsed(1, 3), { .int(try find($0, backwards: false) ?? -1) }),
        ("rfind", .parsed(1, 3), { .int(try find($0, backwards: true) ?? -1) }),
        ("index", .parsed(1, 3), { .int(try found(find($0, backwards: false))) }),
        ("rindex", .parsed(1, 3), { .int(try found(find($0, backwards: true))) }),
        (
            "count", .parsed(1, 3),
            { call in
                let (start, end) = (try call.slicePosition(1), try call.slicePosition(2))
                let part = try call.text(0, "must be str")
                return .int(PythonText.count(part, in: call.text, start: start, end: end))
            }
        ),
        ("startswith", .parsed(1, 3), { .bool(try hasAffix($0, "startswith", atEnd: false)) }),
        ("endswith", .parsed(1, 3), { .bool(try hasAffix($0, "endswith", atEnd: true)) }),
    ]

    static let changing: [PythonMethodLine] = [
        ("replace", .positional(2, 3), replace),
        (
            "removeprefix", .one,
            { call in
                let prefix = try call.text(0, "removeprefix() argument must be str")
                guard PythonText.hasPrefix(call.text, prefix) else { return call.receiver }
                return call.same(PythonText.dropping(call.text, first: prefix.utf8.count))
            }
        ),
        (
            "removesuffix", .one,
            { call in
                let suffix = try call.text(0, "removesuffix() argument must be str")
                guard PythonText.hasSuffix(call.text, suffix) else { return call.receiver }
                return call.same(PythonText.dropping(call.text, last: suffix.utf8.count))
            }
        ),
        ("strip", .positional(0, 1), { try strip($0, "strip", .both) }),
        ("lstrip", .positional(0, 1), { try strip($0, "lstrip", .start) }),
        ("rstrip", .positional(0, 1), { try strip($0, "rstrip", .end) }),
    ]

    private static func find(_ call: PythonCall, backwards: Bool) throws -> Int? {
        let (start, end) = (try call.slicePosition(1), try call.slicePosition(2))
        let part = try call.text(0, "must be str")
        return PythonText.find(part, in: call.text, start: start, end: end, backwards: backwards)
    }

    private static func found(_ position: Int?) throws -> Int {
        guard let position else { throw TemplateError(.valueError, "substring not found") }
        return position
    }

    private static func hasAffix(_ call: PythonCall, _ name: String, atEnd: Bool) throws -> Bool {
        let (start, end) = (try call.slicePosition(1), try call.slicePosition(2))
        let has = { PythonText.hasAffix($0, call.text, start: start, end: end, atEnd: atEnd) }
        if case .tuple(let affixes) = call.value(0) {
            for affix in affixes {
                guard let affix = PythonCall.text(affix) else {
                    throw TemplateError(
                        .typeError, "tuple for \(name) must only contain str, not \(affix.typeName)")
                }
                if has(affix) { return true }
            }
            return false
        }
        return has(try call.text(0, "\(name) first arg must be str or a tuple of str"))
    }

    private static func replace(_ call: PythonCall) throws -> TemplateValue {
        // Markup escapes the new text before it looks at the old one.
        let escaped = call.isMarkup ? try call.insertion(1, "") : nil
        let old = try call.text(0, "replace() argument 1 must be str")
        let new = try escaped ?? call.text(1, "replace() argument 2 must be str")
        let count = try call.integer(2) ?? -1
        return call.same(
            try PythonText.replace(old, by: new, in: call.text, count: count, limits: call.limits))
    }

    private static func strip(_ call: PythonCall, _ name: String, _ side: PythonText.Side) throws -> TemplateValue {
        if case .none = call.value(0) { return call.same(PythonText.strip(call.text, nil, side)) }
        guard let characters = call.text(0) else {
            throw TemplateError(.typeError, "\(name) arg must be None or str")
        }
        return call.same(PythonText.strip(call.text, characters, side))
    }
}
