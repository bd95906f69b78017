/// An object that says itself how it is formatted: Python's `__format__`.
protocol TemplateFormattable: TemplateObject {
    /// The object as text, as `specification`, which is not empty, demands.
    func formatted(_ specification: String, _ limits: TemplateLimits) throws -> String
}

/// Python's `format(value, specification)`.
extension StringFormat {
    /// `value` as text, as `specification` demands.
    static func format(
        _ value: TemplateValue, specification: String, limits: TemplateLimits = TemplateLimits()
    ) throws -> String {
        if specification.utf8.isEmpty { return try value.text }
        let value = try value.plain
        switch value {
        case .string(let text), .markup(let text):
            return try format(text, typeName: value.typeName, specification, limits)
        case .int, .bigInt, .bool: return try formatInteger(value, specification, limits)
        case .double(let number): return try format(number, specification, limits)
        case .object(let object as any TemplateFormattable): return try object.formatted(specification, limits)
        default:
            throw TemplateError(
                .typeError, "unsupported format string passed to \(value.typeName).__format__")
        }
    }

    private static func format(
        _ text: String, typeName: String, _ specification: String, _ limits: TemplateLimits
    ) throws -> String {
        let format = try FormatSpecification(specification, typeName: typeName, alignment: "<", standardType: "s")
        guard format.type == "s" else { throw format.unknownType(for: typeName) }
        if let sign = format.sign {
            throw FormatSpecification.error(
                "\(sign == " " ? "Space" : "Sign") not allowed in string format specifier")
        }
        if format.coercesNegativeZero {
            throw FormatSpecification.error("Negative zero coercion (z) not allowed in string format specifier")
        }
        if format.isAlternate {
            throw FormatSpecification.error("Alternate form (#) not allowed in string format specifier")
        }
        if format.alignment == "=" {
            throw FormatSpecification.error("'=' alignment not allowed in string format specifier")
        }
        return try pad(format.precision.map { PythonText.prefix(text, $0) } ?? text, format, limits)
    }

    /// `text` with what is missing to the width, where the alignment puts it.
    private static func pad(_ text: String, _ format: FormatSpecification, _ limits: TemplateLimits) throws -> String {
        guard let width = format.width else { return text }
        let missing = max(width - PythonText.length(text), 0)
        let left =
            switch format.alignment {
            case "<": 0
            case "^": missing / 2
            default: missing
            }
        return try PythonText.pad(text, left: left, right: missing - left, fill: format.fill, limits: limits)
    }

    private static func formatInteger(
        _ value: TemplateValue, _ specification: String, _ limits: TemplateLimits
    ) throws -> String {
        guard let integer = PythonInteger(value) else { return try value.text }
        let typeName = value.typeName
        let format = try FormatSpecification(specification, typeName: typeName, alignment: ">", standardType: "d")
        let base: Int
        switch format.type {
        case "b": base = 2
        case "o": base = 8
        case "x", "X": base = 16
        case "d", "n": base = 10
        case "c": return try formatCharacter(integer, format, limits)
        case "e", "E", "f", "F", "g", "G", "%":
            return try formatNumber(integer.double(), format, limits)
        default: throw format.unknownType(for: typeName)
        }
        try refusePrecision(format)
        var number = NumberText(isNegative: integer.isNegative, sign: format.sign)
        number.integer = try IntegerText.digits(of: integer, base: base, uppercase: format.type == "X")
        if format.isAlternate, base != 10 {
            number.prefix = [0x30, UInt8(truncatingIfNeeded: format.type?.value ?? 0)]
        }
        return try number.text(format, groupSize: base == 10 ? 3 : 4, limits)
    }

    private static func refusePrecision(_ format: FormatSpecification) throws {
        if format.precision != nil {
            throw FormatSpecification.error("Precision not allowed in integer format specifier")
        }
        if format.coercesNegativeZero {
            throw FormatSpecification.error("Negative zero coercion (z) not allowed in integer format specifier")
        }
    }

    /// The character with a number (`{:c}`).
    private static func formatCharacter(
        _ integer: PythonInteger, _ format: FormatSpecification, _ limits: TemplateLimits
    ) throws -> String {
        try refusePrecision(format)
        if format.sign != nil {
            throw FormatSpecification.error("Sign not allowed with integer format specifier 'c'")
        }
        if format.isAlternate {
            throw FormatSpecification.error("Alternate form (#) not allowed with integer format specifier 'c'")
        }
        guard case .small(let number) = integer else {
            throw TemplateError(.overflow, "Python int too large to convert to C long")
        }
        return try pad(String(PythonText.character(number)), format, limits)
    }

    private static func format(_ value: Double, _ specification: String, _ limits: TemplateLimits) throws -> String {
        let format = try FormatSpecification(specification, typeName: "float", alignment: ">")
        switch format.type {
        case nil, "e", "E", "f", "F", "g", "G", "n", "%": return try formatNumber(value, format, limits)
        default: throw format.unknownType(for: "float")
        }
    }

    private static func formatNumber(
        _ value: Double, _ format: FormatSpecification, _ limits: TemplateLimits
    ) throws -> String {
        if let precision = format.precision, precision > Int32.max {
            throw FormatSpecification.error("precision too big")
        }
        var parts: FormattedFloat.Parts
        let isPercentage = format.type == "%"
        let style: FormattedFloat.Style? =
            switch format.type {
            case "e", "E": .exponent
            case "f", "F", "%": .fixed
            case "g", "G", "n": .general
            default: format.precision == nil ? nil : .generalWithPoint
            }
        if let style {
            let text = FormattedFloat(
                style: style, precision: format.precision ?? 6, keepsPoint: format.isAlternate,
                isUppercase: format.type == "E" || format.type == "F" || format.type == "G")
            parts = try text.parts(isPercentage ? value * 100 : value, limits)
        } else {
            parts = try FormattedFloat.shortest(value, keepsPoint: format.isAlternate)
        }
        if isPercentage { parts.rest.append(0x25) }
        let isZero = format.coercesNegativeZero && !parts.hasDigits
        let isNegative = value.sign == .minus && !value.isNaN && !isZero
        let number = NumberText(
            isNegative: isNegative, sign: format.sign, integer: parts.integer, rest: parts.rest)
        return try number.text(format, groupSize: 3, limits)
    }
}
