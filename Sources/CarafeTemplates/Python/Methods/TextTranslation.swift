/// `str.translate` and `str.maketrans`.
enum TextTranslation {
    /// The text with each code point replaced by what the table has for its number: a text, a number, or `None` for nothing.
    static func translate(_ call: PythonCall) throws -> TemplateValue {
        let table = try elements(of: call.value(0))
        var known: [Unicode.Scalar: [UInt8]] = [:]
        var result: [UInt8] = []
        for scalar in call.text.unicodeScalars {
            let bytes = try known[scalar] ?? replacement(of: scalar, table)
            known[scalar] = bytes
            result += bytes
            try PythonText.check(size: result.count, call.limits)
        }
        return call.same(String(decoding: result, as: UTF8.self))
    }

    /// Tables of text are made lists: their code points are then found at once.
    private static func elements(of table: TemplateValue) throws -> TemplateValue {
        switch table {
        case .string, .markup: .tuple(try table.elements())
        default: table
        }
    }

    private static func replacement(of scalar: Unicode.Scalar, _ table: TemplateValue) throws -> [UInt8] {
        switch try item(Int(scalar.value), of: table) {
        case nil: return UTF8.encode(scalar).map { Array($0) } ?? []
        case .some(.none): return []
        case .some(.string(let text)), .some(.markup(let text)): return Array(text.utf8)
        case .some(let value):
            guard let number = PythonInteger(value) else {
                throw TemplateError(.typeError, "character mapping must return integer, None or str")
            }
            guard case .small(let code) = number, (0...0x10FFFF).contains(code) else {
                throw TemplateError(.valueError, "character mapping must be in range(0x110000)")
            }
            return UTF8.encode(try PythonText.character(code)).map { Array($0) } ?? []
        }
    }

    /// What the table has for a number; nil where it has nothing.
    private static func item(_ number: Int, of table: TemplateValue) throws -> TemplateValue? {
        switch table {
        case .list, .tuple, .dict, .object: return try table.item(.int(number))
        default: return try PythonSubscript.item(.int(number), of: table)
        }
    }

    /// A table for ``translate(_:)``: from a mapping, or from two texts and a third one of what is taken away.
    static func makeTable(_ call: PythonCall) throws -> TemplateValue {
        if call[1] == nil { return try makeTable(from: call.value(0)) }
        let to = try call.text(1, "maketrans() argument 2 must be str")
        guard let from = call.text(0) else {
            throw TemplateError(
                .typeError, "first maketrans argument must be a string if there is a second argument")
        }
        let removed = call[2] == nil ? "" : try call.text(2, "maketrans() argument 3 must be str")
        guard PythonText.length(from) == PythonText.length(to) else {
            throw TemplateError(.valueError, "the first two maketrans arguments must have equal length")
        }
        var storage = TemplateDictStorage()
        for (key, value) in zip(from.unicodeScalars, to.unicodeScalars) {
            storage[try TemplateValue.int(Int(key.value)).key()] = .int(Int(value.value))
        }
        for key in removed.unicodeScalars { storage[try TemplateValue.int(Int(key.value)).key()] = TemplateValue.none }
        return .dict(TemplateDict(storage))
    }

    private static func makeTable(from mapping: TemplateValue) throws -> TemplateValue {
        guard case .dict(let dict) = mapping else {
            throw TemplateError(.typeError, "if you give only one argument to maketrans it must be a dict")
        }
        var storage = TemplateDictStorage()
        for (key, value) in dict.storage.entries {
            if let text = PythonCall.text(key) {
                guard let scalar = text.unicodeScalars.first, text.unicodeScalars.dropFirst().isEmpty else {
                    throw TemplateError(.valueError, "string keys in translate table must be of length 1")
                }
                storage[try TemplateValue.int(Int(scalar.value)).key()] = value
            } else if PythonInteger(key) != nil {
                storage[try key.key()] = value
            } else {
                throw TemplateError(.typeError, "keys in translate table must be strings or integers")
            }
        }
        return .dict(TemplateDict(storage))
    }
}
