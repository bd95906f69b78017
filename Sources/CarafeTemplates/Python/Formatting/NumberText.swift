/// A number in its parts, which padding and grouping go between: `-`, `0x`, `1234`, `.5e+10`.
struct NumberText {
    var sign: UInt8?
    var prefix: [UInt8] = []
    var integer: [UInt8] = []
    var rest: [UInt8] = []

    init(isNegative: Bool, sign: Unicode.Scalar?, integer: [UInt8] = [], rest: [UInt8] = []) {
        self.integer = integer
        self.rest = rest
        if isNegative {
            self.sign = 0x2D
        } else if sign == "+" || sign == " " {
            self.sign = sign == "+" ? 0x2B : 0x20
        }
    }

    /// The number as `format` wants it, with a separator between groups of so many digits where it asks for one.
    func text(_ format: FormatSpecification, groupSize: Int, _ limits: TemplateLimits) throws -> String {
        let width = format.width ?? 0
        try PythonText.check(size: width, limits)
        let others = (sign == nil ? 0 : 1) + prefix.count + rest.count
        var digits = integer
        if let grouping = format.grouping, !integer.isEmpty {
            let isFilled = format.fill == "0" && format.alignment == "="
            digits = grouped(
                UInt8(truncatingIfNeeded: grouping.value), groupSize, minimum: isFilled ? width - others : 0)
        }
        let missing = max(width - others - digits.count, 0)
        let (left, inside) =
            switch format.alignment {
            case "<": (0, 0)
            case "^": (missing / 2, 0)
            case "=": (0, missing)
            default: (missing, 0)
            }
        var result: [UInt8] = []
        result.reserveCapacity(others + digits.count + missing * UTF8.width(format.fill))
        PythonText.append(format.fill, count: left, to: &result)
        if let sign { result.append(sign) }
        result += prefix
        PythonText.append(format.fill, count: inside, to: &result)
        result += digits
        result += rest
        PythonText.append(format.fill, count: missing - left - inside, to: &result)
        try PythonText.check(size: result.count, limits)
        return String(decoding: result, as: UTF8.self)
    }

    /// The digits before the point in groups, with zeros before them up to a width of `minimum` or one more, as no separator
    /// stands first.
    private func grouped(_ separator: UInt8, _ size: Int, minimum: Int) -> [UInt8] {
        var result: [UInt8] = []
        var remaining = integer[...]
        var missing = minimum
        while true {
            let count = min(size, max(remaining.count, missing, 1))
            for _ in 0..<count { result.append(remaining.popLast() ?? 0x30) }
            missing -= count
            if remaining.isEmpty && missing <= 0 { return result.reversed() }
            result.append(separator)
            missing -= 1
        }
    }
}

extension FormattedFloat {
    /// The shortest text that reads back as the same number, as `str` gives it, of the number's magnitude.
    static func shortest(_ value: Double, keepsPoint: Bool) throws -> Parts {
        guard value.isFinite else { return Parts(rest: Array((value.isNaN ? "nan" : "inf").utf8)) }
        let text = Array(FloatText.of(value.magnitude).utf8)
        let digits = text.prefix { (0x30...0x39).contains($0) }
        var rest = Array(text[digits.endIndex...])
        if keepsPoint, rest.first != 0x2E { rest.insert(0x2E, at: 0) }
        return Parts(integer: Array(digits), rest: rest)
    }
}

extension FormattedFloat.Parts {
    /// Whether there is a digit before an exponent that is not zero.
    var hasDigits: Bool {
        let isDigit: (UInt8) -> Bool = { (0x31...0x39).contains($0) }
        return integer.contains(where: isDigit)
            || rest.prefix { $0 != 0x65 && $0 != 0x45 }.contains { isDigit($0) || $0 > 0x60 }
    }

    /// All of it.
    var joined: [UInt8] { integer + rest }
}

extension PythonText {
    /// The first `count` code points of `text`.
    static func prefix(_ text: String, _ count: Int) -> String {
        withBytes(text) { bytes in
            count >= bytes.count ? text : string(bytes, 0..<offset(ofIndex: count, in: bytes, isASCII: false))
        }
    }

    /// The code point with a number: Python's `chr`, in the words of `%c`.
    static func character(_ number: Int) throws -> Unicode.Scalar {
        guard (0...0x10FFFF).contains(number) else {
            throw TemplateError(.overflow, "%c arg not in range(0x110000)")
        }
        guard let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: number)) else {
            // Python makes a text of half a surrogate pair, which it cannot print later.
            throw TemplateError(
                .unicode,
                "'utf-8' codec can't encode character '\\u\(String(number, radix: 16))' in position 0: "
                    + "surrogates not allowed")
        }
        return scalar
    }
}
