/// The classes of code points as Python's `str` tests them, from Unicode's data.
extension PythonText {
    /// Whether `str.isspace` is true of the code point, which `split` and `strip` take for blank.
    @inline(__always)
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20: true
        case 0...0x84: false
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Whether `splitlines` ends a line there. `\r\n` is one end.
    @inline(__always)
    static func isLineBoundary(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// Whether `repr` shows the code point itself and not an escape sequence.
    @inline(__always)
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x7F ? scalar.value >= 0x20 : TextRepresentation.isPrintable(scalar)
    }

    /// Whether a name may begin with the code point (`XID_Start` or an underscore).
    static func isIdentifierStart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIILetter(scalar) || scalar == "_" }
        // Left out of XID_Start because their compatibility forms are two code points, of which no name may begin with the first.
        switch scalar.value {
        case 0x37A, 0xE33, 0xEB3, 0x309B, 0x309C, 0xFC5E...0xFC63, 0xFDFA, 0xFDFB, 0xFE70, 0xFE72, 0xFE74, 0xFE76,
            0xFE78, 0xFE7A, 0xFE7C, 0xFE7E, 0xFF9E, 0xFF9F:
            return false
        default: return scalar.properties.isIDStart
        }
    }

    /// Whether a name may go on with the code point (`XID_Continue`).
    static func isIdentifierContinue(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIILetter(scalar) || isASCIIDigit(scalar) || scalar == "_" }
        switch scalar.value {
        case 0x37A, 0x309B, 0x309C, 0xFC5E...0xFC63, 0xFDFA, 0xFDFB, 0xFE70, 0xFE72, 0xFE74, 0xFE76, 0xFE78, 0xFE7A,
            0xFE7C, 0xFE7E:
            return false
        default: return scalar.properties.isIDContinue
        }
    }

    /// A letter: the categories `L…`.
    static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIILetter(scalar) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    /// A digit of a decimal system, of which ten in a row are 0 to 9.
    static func isDecimal(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIIDigit(scalar) }
        return scalar.properties.numericType == .decimal
    }

    /// The value of a digit of a decimal system.
    static func decimalValue(_ scalar: Unicode.Scalar) -> Int? {
        if isASCIIDigit(scalar) { return Int(scalar.value) - 0x30 }
        guard scalar.value >= 0x80, isDecimal(scalar), let value = scalar.properties.numericValue else { return nil }
        return Int(value)
    }

    /// A decimal digit, or one like `²` or `①`.
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIIDigit(scalar) }
        return scalar.properties.numericType == .decimal || scalar.properties.numericType == .digit
    }

    /// Whatever stands for a number, like `½` or `五`.
    static func isNumeric(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIIDigit(scalar) }
        return scalar.properties.numericType != nil
    }

    /// A letter or a number.
    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isASCIILetter(scalar) || isASCIIDigit(scalar) }
        return isAlphabetic(scalar) || isNumeric(scalar)
    }

    /// What `\w` matches in Python's regular expressions.
    static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool { isAlphanumeric(scalar) || scalar == "_" }

    @inline(__always)
    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x61...0x7A).contains(scalar.value | 0x20)
    }

    @inline(__always)
    private static func isASCIIDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
}

/// The tests of `str` for whole texts. All but ``isASCII(_:)`` and ``isPrintable(_:)`` are false of the empty text.
extension PythonText {
    static func isSpace(_ text: String) -> Bool { all(text, isSpace) }
    static func isAlphabetic(_ text: String) -> Bool { all(text, isAlphabetic) }
    static func isDecimal(_ text: String) -> Bool { all(text, isDecimal) }
    static func isDigit(_ text: String) -> Bool { all(text, isDigit) }
    static func isNumeric(_ text: String) -> Bool { all(text, isNumeric) }
    static func isAlphanumeric(_ text: String) -> Bool { all(text, isAlphanumeric) }
    static func isPrintable(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPrintable) }

    static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isIdentifierStart(first) else { return false }
        return text.unicodeScalars.dropFirst().allSatisfy(isIdentifierContinue)
    }

    /// Whether there is a letter with a case, and none of another case than the lower.
    static func isLowercase(_ text: String) -> Bool {
        var isCased = false
        for scalar in text.unicodeScalars {
            switch letterCase(of: scalar) {
            case .upper, .title: return false
            case .lower: isCased = true
            case nil: continue
            }
        }
        return isCased
    }

    /// Whether there is a letter with a case, and none of another case than the upper.
    static func isUppercase(_ text: String) -> Bool {
        var isCased = false
        for scalar in text.unicodeScalars {
            switch letterCase(of: scalar) {
            case .lower, .title: return false
            case .upper: isCased = true
            case nil: continue
            }
        }
        return isCased
    }

    /// Whether upper and title case begin words, and only lower case goes on in them.
    static func isTitlecase(_ text: String) -> Bool {
        var (isCased, isInWord) = (false, false)
        for scalar in text.unicodeScalars {
            switch letterCase(of: scalar) {
            case .upper, .title:
                if isInWord { return false }
                (isCased, isInWord) = (true, true)
            case .lower:
                if !isInWord { return false }
                isCased = true
            case nil: isInWord = false
            }
        }
        return isCased
    }

    private static func all(_ text: String, _ isMember: (Unicode.Scalar) -> Bool) -> Bool {
        !text.utf8.isEmpty && text.unicodeScalars.allSatisfy(isMember)
    }
}
