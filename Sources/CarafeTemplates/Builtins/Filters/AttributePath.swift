/// What the argument `attribute` of filters like `map` and `sort` names: a way from a value to one inside it
/// (`"author.name"`, `"tags.0"`, `2`).
struct AttributePath {
    /// The keys to look up one after another; none for the value itself.
    let keys: [TemplateValue]
    /// Stands in for what is undefined on the way; nothing for Python's `None`.
    let fallback: TemplateValue

    /// - Throws: a `ValueError` for a part like `"²"`, which Python takes for a number that it cannot read
    init(_ attribute: TemplateValue, fallback: TemplateValue = .none) throws {
        self.fallback = fallback
        switch attribute {
        case .none: keys = []
        case .string(let path), .markup(let path): keys = try Self.keys(of: path)
        default: keys = [attribute]
        }
    }

    /// The paths of a text with commas in it (`"age,name"`), which `sort` takes.
    static func several(_ attribute: TemplateValue) throws -> [AttributePath] {
        guard let paths = SoftText(string: attribute) else { return [try AttributePath(attribute)] }
        return try PythonText.split(paths.text, by: ",").map { try AttributePath(.string($0)) }
    }

    private static func keys(of path: String) throws -> [TemplateValue] {
        try PythonText.split(path, by: ".").map { part in
            guard PythonText.isDigit(part) else { return .string(part) }
            guard let number = IntegerParsing.integer(part, base: 10) else {
                let shown = try TemplateValue.string(part).representation
                throw TemplateError(.valueError, "invalid literal for int() with base 10: \(shown)")
            }
            return number
        }
    }

    /// What the path leads to in `value`; undefined where it breaks off.
    func look(in value: TemplateValue, _ context: TemplateContext) throws -> TemplateValue {
        var value = value
        for key in keys {
            value = try context.environment.getItem(value, key).touched
            if case .undefined = value {
                if case .none = fallback { continue }
                value = fallback
            }
        }
        return value
    }

    /// As ``look(in:_:)``, strings in lower case unless `isCaseSensitive`: what is compared.
    func key(of value: TemplateValue, isCaseSensitive: Bool, _ context: TemplateContext) throws -> TemplateValue {
        let found = keys.isEmpty ? value : try look(in: value, context)
        return isCaseSensitive ? found : Self.ignoringCase(found)
    }

    /// A string in lower case; anything else as it is.
    @inline(__always)
    static func ignoringCase(_ value: TemplateValue) -> TemplateValue {
        switch value {
        case .string(let text): .string(PythonText.lowercase(text))
        case .markup(let text): .markup(PythonText.lowercase(text))
        default: value
        }
    }
}
