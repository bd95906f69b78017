/// Python's `str.format`, and `Markup.format`, which escapes what it puts in.
///
/// A template of a sandbox reaches attributes and items by the rules of the sandbox, as Jinja's does.
enum StringFormat {
    /// `format` with its fields filled with the arguments.
    static func format(
        _ format: String, isMarkup: Bool, _ arguments: TemplateArguments, in context: TemplateContext
    ) throws -> String {
        var filling = FormatFilling(arguments, names: nil, isMarkup: isMarkup, context)
        return try filling.fill(format)
    }

    /// `format` with its fields filled with the items of `mapping` (`format_map`).
    static func format(
        _ format: String, isMarkup: Bool, mapping: TemplateValue, in context: TemplateContext
    ) throws -> String {
        var filling = FormatFilling(.none, names: mapping, isMarkup: isMarkup, context)
        return try filling.fill(format)
    }
}

/// One call of `format`.
private struct FormatFilling {
    let arguments: TemplateArguments
    /// Where names are looked up instead of among the arguments.
    let names: TemplateValue?
    let isMarkup: Bool
    let context: TemplateContext
    /// Whether Python does it by its `string.Formatter`, as for `Markup` and in the sandbox; its rules and messages differ a
    /// little from those of `str.format`.
    let isFormatter: Bool
    let isSandboxed: Bool
    private var numbering = Numbering.open
    private var size = 0

    /// Whether fields are numbered by themselves.
    private enum Numbering {
        case open
        case automatic(next: Int)
        case manual
    }

    init(_ arguments: TemplateArguments, names: TemplateValue?, isMarkup: Bool, _ context: TemplateContext) {
        self.arguments = arguments
        self.names = names
        self.isMarkup = isMarkup
        self.context = context
        isSandboxed = context.environment.options.sandbox != .none
        isFormatter = isMarkup || isSandboxed
    }

    mutating func fill(_ format: String) throws -> String {
        let bytes = try fill(Array(format.utf8)[...], depth: 2)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func fill(_ format: ArraySlice<UInt8>, depth: Int) throws -> [UInt8] {
        guard depth > 0 else { throw FormatFields.error("Max string recursion exceeded") }
        var fields = FormatFields(format)
        var result: [UInt8] = []
        while let piece = try fields.next() {
            result += piece.literal
            guard let field = piece.field else { continue }
            var value = try value(of: field.name)
            if let conversion = field.conversion { value = try convert(value, conversion) }
            var specification = FormatFieldName.text(field.specification)
            if field.isNested {
                specification = String(decoding: try fill(field.specification, depth: depth - 1), as: UTF8.self)
            } else if isFormatter, PythonText.contains("}}", in: specification) {
                // `string.Formatter` reads each specification as a format of its own.
                specification = String(decoding: try fill(field.specification, depth: depth - 1), as: UTF8.self)
            }
            result += try text(of: value, specification).utf8
            try PythonText.check(size: result.count, context.limits)
        }
        return result
    }

    // MARK: The value of a field

    private mutating func value(of name: ArraySlice<UInt8>) throws -> TemplateValue {
        var path = try FormatFieldName(name)
        var value = try argument(path.first, isWhole: !name.contains { $0 == 0x2E || $0 == 0x5B })
        while let step = try path.next() {
            switch step {
            case .attribute(let name): value = try attribute(name, of: value)
            case .item(let key): value = try item(key, of: value)
            }
        }
        return value
    }

    private mutating func argument(_ first: FormatFieldName.First, isWhole: Bool) throws -> TemplateValue {
        switch first {
        case .automatic:
            if isFormatter && !isWhole { return try named("") }
            var position = 0
            switch numbering {
            case .manual: throw Self.switching(from: "manual field specification", to: "automatic field numbering")
            case .automatic(let next): position = next
            case .open: break
            }
            numbering = .automatic(next: position + 1)
            return try positional(position)
        case .position(let position):
            if isWhole || !isFormatter {
                if case .automatic = numbering {
                    throw isFormatter
                        ? Self.switching(from: "manual field specification", to: "automatic field numbering")
                        : Self.switching(from: "automatic field numbering", to: "manual field specification")
                }
                numbering = .manual
            }
            return try positional(position)
        case .name(let name): return try named(name)
        }
    }

    private static func switching(from one: String, to other: String) -> TemplateError {
        FormatFields.error("cannot switch from \(one) to \(other)")
    }

    private func positional(_ position: Int) throws -> TemplateValue {
        if position < arguments.positional.count { return arguments.positional[position] }
        if isFormatter { throw TemplateError(.indexError, "tuple index out of range") }
        if names != nil { throw FormatFields.error("Format string contains positional fields") }
        throw TemplateError(
            .indexError, "Replacement index \(position) out of range for positional args tuple")
    }

    private func named(_ name: String) throws -> TemplateValue {
        if let names { return try PythonSubscript.item(.string(name), of: names) }
        if let value = arguments.named.first(where: { isSameText($0.name, name) })?.value { return value }
        throw TemplateError(.keyError, try TemplateValue.string(name).representation)
    }

    private func attribute(_ name: String, of value: TemplateValue) throws -> TemplateValue {
        if isSandboxed { return try context.environment.getAttribute(value, name) }
        return try PythonSubscript.attribute(name, of: value)
    }

    private func item(_ key: TemplateValue, of value: TemplateValue) throws -> TemplateValue {
        if isSandboxed { return try context.environment.getItem(value, key) }
        return try PythonSubscript.item(key, of: value)
    }

    // MARK: Its text

    private func convert(_ value: TemplateValue, _ conversion: Unicode.Scalar) throws -> TemplateValue {
        switch conversion {
        case "s": return .string(try value.text)
        case "r": return .string(try value.representation)
        case "a": return .string(PythonText.escapingNonASCII(try value.representation))
        default:
            let shown =
                isFormatter || (33..<127).contains(conversion.value)
                ? String(conversion) : "\\x\(String(conversion.value, radix: 16))"
            throw FormatFields.error("Unknown conversion specifier \(shown)")
        }
    }

    private func text(of value: TemplateValue, _ specification: String) throws -> String {
        guard isMarkup else {
            return try StringFormat.format(value, specification: specification, limits: context.limits)
        }
        if case .markup(let text) = value {
            if specification.utf8.isEmpty { return text }
            throw FormatFields.error("Unsupported format specification for Markup.")
        }
        if let html = try value.html {
            if specification.utf8.isEmpty { return html }
            throw FormatFields.error(
                "Format specifier \(specification) given, but <class '\(value.typeName)'> does not define "
                    + "__html_format__. A class that defines __html__ must define __html_format__ to work with format "
                    + "specifiers.")
        }
        return Escaping.escape(try StringFormat.format(value, specification: specification, limits: context.limits))
    }
}

extension PythonText {
    /// `text` with escape sequences for what is not ASCII, as Python's `ascii` has it.
    static func escapingNonASCII(_ text: String) -> String {
        if isASCII(text) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else {
                result += escape(scalar)
            }
        }
        return result
    }

    /// `\xe9`, `\u20ac` or `\U0001f600`.
    static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + mark + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
