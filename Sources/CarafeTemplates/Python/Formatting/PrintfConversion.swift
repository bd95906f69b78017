/// One conversion of a `%` format, such as `%-08.3f`.
struct PrintfConversion {
    var isLeft = false
    var showsPlus = false
    var showsBlank = false
    var isAlternate = false
    var isZeroFilled = false
    var width = 0
    var precision: Int?
    var type: Unicode.Scalar = "s"

    /// Whether the type is one that there is.
    var isKnown: Bool {
        switch type {
        case "s", "r", "a", "d", "i", "u", "o", "x", "X", "e", "E", "f", "F", "g", "G", "c": true
        default: false
        }
    }

    /// Whether nothing but the type is said.
    private var isPlain: Bool {
        width == 0 && precision == nil && !showsPlus && !showsBlank && !isAlternate
    }

    /// Takes note of a flag; false where `flag` is none.
    mutating func readFlag(_ flag: Unicode.Scalar) -> Bool {
        switch flag {
        case "-": isLeft = true
        case "+": showsPlus = true
        case " ": showsBlank = true
        case "#": isAlternate = true
        case "0": isZeroFilled = true
        default: return false
        }
        return true
    }

    /// Adds what `value` is printed as.
    func append(
        _ value: TemplateValue, isMarkup: Bool, _ limits: TemplateLimits, to result: inout [UInt8]
    ) throws {
        switch type {
        case "s", "r", "a":
            if isPlain, !isMarkup, type == "s", case .string(let text) = value {
                result += text.utf8
                return
            }
            let text = try text(of: value, isMarkup: isMarkup)
            try appendPadded(precision.map { PythonText.prefix(text, $0) } ?? text, limits, to: &result)
        case "c": try appendPadded(isMarkup ? refuseCharacter() : character(value), limits, to: &result)
        case "e", "E", "f", "F", "g", "G":
            try append(isMarkup ? PythonNumberText.float(value) : real(value), limits, to: &result)
        default:
            if isPlain, type == "d", case .int(let number) = value {
                result += String(number).utf8
                return
            }
            try append(isMarkup ? integerOfMarkup(value) : integer(value), limits, to: &result)
        }
    }

    // MARK: Texts

    private func text(of value: TemplateValue, isMarkup: Bool) throws -> String {
        if type == "s" { return isMarkup ? try value.escaped() : try value.text }
        var text = try value.representation
        if isMarkup { text = Escaping.escape(text) }
        return type == "a" ? PythonText.escapingNonASCII(text) : text
    }

    private func character(_ value: TemplateValue) throws -> String {
        switch value {
        case .string(let text), .markup(let text):
            guard PythonText.length(text) == 1 else { return try refuseCharacter() }
            return text
        default:
            guard let integer = PythonInteger(value) else { return try refuseCharacter() }
            guard case .small(let number) = integer else { return String(try PythonText.character(-1)) }
            return String(try PythonText.character(number))
        }
    }

    private func refuseCharacter() throws -> String { throw TemplateError(.typeError, "%c requires int or char") }

    private func appendPadded(_ text: String, _ limits: TemplateLimits, to result: inout [UInt8]) throws {
        let missing = width == 0 ? 0 : max(width - PythonText.length(text), 0)
        try PythonText.check(size: missing, limits)
        if !isLeft { PythonText.append(" ", count: missing, to: &result) }
        result += text.utf8
        if isLeft { PythonText.append(" ", count: missing, to: &result) }
    }

    // MARK: Numbers

    private func integer(_ value: TemplateValue) throws -> PythonInteger {
        if let integer = PythonInteger(value) { return integer }
        let isBaseTen = type == "d" || type == "i" || type == "u"
        if isBaseTen, case .double(let number) = value { return try PythonNumberText.integer(number) }
        if isBaseTen, case .undefined(let undefined) = value { throw undefined.error() }
        throw refusal(of: value.typeName)
    }

    /// As Python's class that escapes for `Markup` is converted: by `int`, and not for the bases but ten.
    private func integerOfMarkup(_ value: TemplateValue) throws -> PythonInteger {
        guard type == "d" || type == "i" || type == "u",
            let integer = try PythonNumberText.integer(value)
        else { throw refusal(of: "_MarkupEscapeHelper") }
        return integer
    }

    private func refusal(of typeName: String) -> TemplateError {
        let wanted = type == "d" || type == "i" || type == "u" ? "a real number" : "an integer"
        return TemplateError(.typeError, "%\(type) format: \(wanted) is required, not \(typeName)")
    }

    private func real(_ value: TemplateValue) throws -> Double {
        if case .double(let number) = value { return number }
        if let integer = PythonInteger(value) { return try integer.double() }
        if case .undefined(let undefined) = value { throw undefined.error() }
        throw TemplateError(.typeError, "must be real number, not \(value.typeName)")
    }

    private func append(_ integer: PythonInteger, _ limits: TemplateLimits, to result: inout [UInt8]) throws {
        let base = type == "o" ? 8 : type == "x" || type == "X" ? 16 : 10
        var digits = try IntegerText.digits(of: integer, base: base, uppercase: type == "X")
        if let precision, precision > digits.count {
            try PythonText.check(size: precision, limits)
            digits = [UInt8](repeating: 0x30, count: precision - digits.count) + digits
        }
        let prefix: [UInt8] = isAlternate && base != 10 ? [0x30, UInt8(truncatingIfNeeded: type.value)] : []
        append(isNegative: integer.isNegative, prefix: prefix, digits, [], to: &result)
    }

    private func append(_ value: Double, _ limits: TemplateLimits, to result: inout [UInt8]) throws {
        let style: FormattedFloat.Style =
            switch type {
            case "e", "E": .exponent
            case "f", "F": .fixed
            default: .general
            }
        let text = FormattedFloat(
            style: style, precision: precision ?? 6, keepsPoint: isAlternate,
            isUppercase: type == "E" || type == "F" || type == "G")
        let parts = try text.parts(value, limits)
        let isNegative = value.sign == .minus && !value.isNaN
        append(isNegative: isNegative, prefix: [], parts.integer, parts.rest, to: &result)
    }

    /// Adds the parts of a number with blanks or zeros between or around them.
    private func append(
        isNegative: Bool, prefix: [UInt8], _ digits: [UInt8], _ rest: [UInt8], to result: inout [UInt8]
    ) {
        let sign: UInt8? = isNegative ? 0x2D : showsPlus ? 0x2B : showsBlank ? 0x20 : nil
        let missing = max(width - (sign == nil ? 0 : 1) - prefix.count - digits.count - rest.count, 0)
        if !isLeft && !isZeroFilled { PythonText.append(" ", count: missing, to: &result) }
        if let sign { result.append(sign) }
        result += prefix
        if !isLeft && isZeroFilled { PythonText.append("0", count: missing, to: &result) }
        result += digits
        result += rest
        if isLeft { PythonText.append(" ", count: missing, to: &result) }
    }
}
