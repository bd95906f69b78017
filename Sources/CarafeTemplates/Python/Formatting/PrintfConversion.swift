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

    static let types = "sradiuoxXeEfFgGc".unicodeScalars

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

    /// What `value` is printed as.
    func text(of value: TemplateValue, isMarkup: Bool, _ limits: TemplateLimits) throws -> [UInt8] {
        switch type {
        case "s", "r", "a":
            let text = try text(of: value, isMarkup: isMarkup)
            return try pad(precision.map { PythonText.prefix(text, $0) } ?? text, limits)
        case "c": return try pad(isMarkup ? refuseCharacter() : character(value), limits)
        case "e", "E", "f", "F", "g", "G":
            return try number(isMarkup ? PythonNumberText.float(value) : real(value), limits)
        default:
            return try number(isMarkup ? integerOfMarkup(value) : integer(value), limits)
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

    private func pad(_ text: String, _ limits: TemplateLimits) throws -> [UInt8] {
        let missing = max(width - PythonText.length(text), 0)
        return Array(
            try PythonText.pad(
                text, left: isLeft ? 0 : missing, right: isLeft ? missing : 0, fill: " ", limits: limits
            ).utf8)
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

    private func number(_ integer: PythonInteger, _ limits: TemplateLimits) throws -> [UInt8] {
        let base = type == "o" ? 8 : type == "x" || type == "X" ? 16 : 10
        var digits = try IntegerText.digits(of: integer, base: base, uppercase: type == "X")
        if let precision, precision > digits.count {
            try PythonText.check(size: precision, limits)
            digits = [UInt8](repeating: 0x30, count: precision - digits.count) + digits
        }
        let prefix: [UInt8] = isAlternate && base != 10 ? [0x30, UInt8(truncatingIfNeeded: type.value)] : []
        return number(isNegative: integer.isNegative, prefix: prefix, digits)
    }

    private func number(_ value: Double, _ limits: TemplateLimits) throws -> [UInt8] {
        let style: FormattedFloat.Style =
            switch type {
            case "e", "E": .exponent
            case "f", "F": .fixed
            default: .general
            }
        let text = FormattedFloat(
            style: style, precision: precision ?? 6, keepsPoint: isAlternate,
            isUppercase: type == "E" || type == "F" || type == "G")
        let isNegative = value.sign == .minus && !value.isNaN
        return number(isNegative: isNegative, prefix: [], try text.parts(value, limits).joined)
    }

    /// The parts of a number with blanks or zeros between or around them.
    private func number(isNegative: Bool, prefix: [UInt8], _ digits: [UInt8]) -> [UInt8] {
        let sign: [UInt8] = isNegative ? [0x2D] : showsPlus ? [0x2B] : showsBlank ? [0x20] : []
        let missing = max(width - sign.count - prefix.count - digits.count, 0)
        let start = sign + prefix
        if isLeft { return start + digits + [UInt8](repeating: 0x20, count: missing) }
        if isZeroFilled { return start + [UInt8](repeating: 0x30, count: missing) + digits }
        return [UInt8](repeating: 0x20, count: missing) + start + digits
    }
}
