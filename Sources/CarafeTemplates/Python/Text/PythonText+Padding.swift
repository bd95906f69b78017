/// Making text wider: `center`, `ljust`, `rjust`, `zfill`, `expandtabs` of Python's `str`.
extension PythonText {
    enum Alignment {
        case left, right, center
    }

    /// `text` with `fill` around it, up to `width` code points.
    static func pad(
        _ text: String, _ alignment: Alignment, width: Int, fill: Unicode.Scalar = " ", limits: TemplateLimits
    ) throws -> String {
        let length = length(text)
        guard width > length else { return text }
        let missing = width - length
        let left =
            switch alignment {
            case .left: 0
            case .right: missing
            // Python gives the odd one to the left where the width is odd.
            case .center: missing / 2 + (missing & width & 1)
            }
        return try pad(text, left: left, right: missing - left, fill: fill, limits: limits)
    }

    /// `text` with so many of `fill` before and after it.
    static func pad(
        _ text: String, left: Int, right: Int, fill: Unicode.Scalar, limits: TemplateLimits
    ) throws -> String {
        guard left > 0 || right > 0 else { return text }
        let width = UTF8.width(fill)
        try check(size: max(left, right), limits)
        let size = (left + right) * width + text.utf8.count
        try check(size: size, limits)
        var result: [UInt8] = []
        result.reserveCapacity(size)
        append(fill, count: left, to: &result)
        result += text.utf8
        append(fill, count: right, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    static func append(_ scalar: Unicode.Scalar, count: Int, to result: inout [UInt8]) {
        guard count > 0 else { return }
        if scalar.isASCII {
            result.append(contentsOf: repeatElement(UInt8(truncatingIfNeeded: scalar.value), count: count))
        } else {
            for _ in 0..<count { result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter }
        }
    }

    /// Zeros before `text`, behind its sign, up to `width` code points.
    static func fillWithZeros(_ text: String, width: Int, limits: TemplateLimits) throws -> String {
        let missing = width.subtractingReportingOverflow(length(text))
        guard !missing.overflow, missing.partialValue > 0 else { return text }
        guard let sign = text.unicodeScalars.first, sign == "+" || sign == "-" else {
            return try pad(text, left: missing.partialValue, right: 0, fill: "0", limits: limits)
        }
        let digits = try pad(dropping(text, first: 1), left: missing.partialValue, right: 0, fill: "0", limits: limits)
        return (sign == "+" ? "+" : "-") + digits
    }

    /// Blanks in place of tabs, up to the next column that `tabSize` divides.
    static func expandTabs(_ text: String, tabSize: Int, limits: TemplateLimits) throws -> String {
        var result: [UInt8] = []
        var column = 0
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                guard tabSize > 0 else { continue }
                let blanks = tabSize - column % tabSize
                try check(size: blanks, limits)
                append(" ", count: blanks, to: &result)
                column += blanks
            } else {
                result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
                column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
            }
            try check(size: result.count, limits)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
