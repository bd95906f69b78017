/// The methods of `str` that take text apart, put it together or make it wider.
extension TextMethods {
    static let splitting: [PythonMethodLine] = [
        ("split", .named(["sep", "maxsplit"]), { try split($0, fromEnd: false) }),
        ("rsplit", .named(["sep", "maxsplit"]), { try split($0, fromEnd: true) }),
        (
            "splitlines", .named(["keepends"]),
            { call in
                let keepsEnds = try call.integer(0, type: "int") ?? 0
                return call.list(PythonText.splitLines(call.text, keepsEnds: keepsEnds != 0))
            }
        ),
        ("partition", .one, { try partition($0, backwards: false) }),
        ("rpartition", .one, { try partition($0, backwards: true) }),
        ("join", .one, join),
    ]

    static let padding: [PythonMethodLine] = [
        ("center", .positional(1, 2), { try pad($0, .center) }),
        ("ljust", .positional(1, 2), { try pad($0, .left) }),
        ("rjust", .positional(1, 2), { try pad($0, .right) }),
        (
            "zfill", .one,
            { call in
                let width = try call.integer(0) ?? 0
                return call.same(try PythonText.fillWithZeros(call.text, width: width, limits: call.limits))
            }
        ),
        (
            "expandtabs", .named(["tabsize"]),
            { call in
                let size = try call.integer(0, type: "int") ?? 8
                return call.same(try PythonText.expandTabs(call.text, tabSize: size, limits: call.limits))
            }
        ),
    ]

    private static func split(_ call: PythonCall, fromEnd: Bool) throws -> TemplateValue {
        let limit = try call.integer(1) ?? -1
        if case .none = call.value(0) {
            return call.list(
                fromEnd ? PythonText.splitFromEnd(call.text, limit: limit) : PythonText.split(call.text, limit: limit))
        }
        let separator = try call.text(0, "must be str or None")
        try checkSeparator(separator)
        return call.list(
            fromEnd
                ? PythonText.splitFromEnd(call.text, by: separator, limit: limit)
                : PythonText.split(call.text, by: separator, limit: limit))
    }

    private static func checkSeparator(_ separator: String) throws {
        if separator.utf8.isEmpty { throw TemplateError(.valueError, "empty separator") }
    }

    private static func partition(_ call: PythonCall, backwards: Bool) throws -> TemplateValue {
        let separator = try call.text(0, "must be str")
        try checkSeparator(separator)
        let texts: [String]
        if let (before, after) = PythonText.partition(call.text, separator, backwards: backwards) {
            texts = [before, separator, after]
        } else {
            texts = backwards ? ["", "", call.text] : [call.text, "", ""]
        }
        return .tuple(texts.map(call.same))
    }

    private static func join(_ call: PythonCall) throws -> TemplateValue {
        let elements = try elements(toJoin: call)
        let separator = call.text
        var result: [UInt8] = []
        for (index, element) in elements.enumerated() {
            if index > 0 { result += separator.utf8 }
            if call.isMarkup {
                result += try element.escaped().utf8
            } else if let text = PythonCall.text(element) {
                result += text.utf8
            } else {
                throw TemplateError(
                    .typeError, "sequence item \(index): expected str instance, \(element.typeName) found")
            }
            try PythonText.check(size: result.count, call.limits)
        }
        return call.same(String(decoding: result, as: UTF8.self))
    }

    private static func elements(toJoin call: PythonCall) throws -> [TemplateValue] {
        let isIterable =
            switch call.value(0) {
            case .int, .bigInt, .bool, .double, .none: false
            case .object(let object): try object.makeIterator() != nil
            default: true
            }
        if !isIterable && !call.isMarkup { throw TemplateError(.typeError, "can only join an iterable") }
        return try call.value(0).elements()
    }

    private static func pad(_ call: PythonCall, _ alignment: PythonText.Alignment) throws -> TemplateValue {
        var fill: Unicode.Scalar = " "
        if call[1] != nil {
            let text = try call.insertion(1, "The fill character must be a unicode character")
            guard let first = text.unicodeScalars.first, text.unicodeScalars.dropFirst().isEmpty else {
                throw TemplateError(.typeError, "The fill character must be exactly one character long")
            }
            fill = first
        }
        let width = try call.integer(0) ?? 0
        return call.same(
            try PythonText.pad(call.text, alignment, width: width, fill: fill, limits: call.limits))
    }
}
