/// Integers from text in any base from 2 to 36, as Python's `int(text, base)` reads them.
enum IntegerParsing {
    /// The most decimal digits that Python reads, lest reading takes time in their square.
    private static let mostDigits = BigInteger.maximumDecimalDigits

    /// The integer that `text` is, or nil.
    ///
    /// - Parameter base: 0 for what the text's prefix says (`0x1F`, `0o17`, `0b11`), else decimal
    static func integer(_ text: String, base: Int) -> TemplateValue? {
        guard base == 0 || (2...36).contains(base) else { return nil }
        var rest = characters(of: text)[...]
        let sign = rest.first
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
        var base = base
        var hasPrefix = false
        if let prefixed = prefixedBase(rest), base == 0 || base == prefixed {
            base = prefixed
            hasPrefix = true
            rest = rest.dropFirst(2)
        }
        // Python reads `010` as no decimal number where the base was to be found out, but `000` as one.
        let refusesZeros = base == 0 && rest.first == UInt8(ascii: "0")
        if base == 0 { base = 10 }
        guard let digits = digits(rest, base: base, mayStartWithUnderscore: hasPrefix) else { return nil }
        if refusesZeros, digits.utf8.contains(where: { $0 != UInt8(ascii: "0") }) { return nil }
        guard base & (base - 1) == 0 || digits.utf8.count <= mostDigits else { return nil }
        return BigInteger((sign == UInt8(ascii: "-") ? "-" : "") + digits, base: base).map { .integer($0) }
    }

    /// `text` without blanks around it, digits of all scripts as those of ASCII, a `?` for anything else.
    private static func characters(of text: String) -> [UInt8] {
        PythonText.strip(text).unicodeScalars.map { scalar in
            if scalar.isASCII { return UInt8(truncatingIfNeeded: scalar.value) }
            return PythonText.decimalValue(scalar).map { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: $0) }
                ?? UInt8(ascii: "?")
        }
    }

    private static func prefixedBase(_ characters: ArraySlice<UInt8>) -> Int? {
        guard characters.count >= 2, characters.first == UInt8(ascii: "0") else { return nil }
        switch characters[characters.startIndex + 1] | 0x20 {
        case UInt8(ascii: "x"): return 16
        case UInt8(ascii: "o"): return 8
        case UInt8(ascii: "b"): return 2
        default: return nil
        }
    }

    /// The digits alone; single underscores may stand between them. Nil where there is none, or something else.
    private static func digits(
        _ characters: ArraySlice<UInt8>, base: Int, mayStartWithUnderscore: Bool
    ) -> String? {
        var digits: [UInt8] = []
        digits.reserveCapacity(characters.count)
        var mayBeUnderscore = mayStartWithUnderscore
        for character in characters {
            if character == UInt8(ascii: "_") {
                guard mayBeUnderscore else { return nil }
                mayBeUnderscore = false
            } else {
                digits.append(character)
                mayBeUnderscore = true
            }
        }
        // A sign was read before.
        guard let first = digits.first, mayBeUnderscore, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else {
            return nil
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
