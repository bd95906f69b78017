/// Numbers from text and from other numbers, as Python's `int` and `float` read them.
enum PythonNumberText {
    /// `int(value)` of a double.
    static func integer(_ value: Double) throws -> PythonInteger {
        if value.isNaN { throw TemplateError(.valueError, "cannot convert float NaN to integer") }
        if value.isInfinite { throw TemplateError(.overflow, "cannot convert float infinity to integer") }
        return PythonInteger(truncating: value)
    }

    /// `int(value)`; nil for what is neither a number nor text.
    static func integer(_ value: TemplateValue) throws -> PythonInteger? {
        switch value {
        case .double(let number): return try integer(number)
        case .string(let text), .markup(let text):
            guard let integer = integer(text) else {
                throw TemplateError(
                    .valueError,
                    "invalid literal for int() with base 10: \(try value.representation)")
            }
            return integer
        case .undefined(let undefined): throw undefined.error()
        case .object(let object as TemplateBytes):
            let text = String(decoding: object.bytes, as: UTF8.self)
            if PythonText.isASCII(text), let integer = integer(text) { return integer }
            throw TemplateError(
                .valueError, "invalid literal for int() with base 10: \(object.representation)")
        default: return PythonInteger(value)
        }
    }

    /// `float(value)`.
    static func float(_ value: TemplateValue) throws -> Double {
        switch value {
        case .double(let number): return number
        case .string(let text), .markup(let text):
            guard let number = float(text) else {
                throw TemplateError(
                    .valueError,
                    "could not convert string to float: \(try value.representation)")
            }
            return number
        case .undefined(let undefined): throw undefined.error()
        case .object(let object as TemplateBytes):
            let text = String(decoding: object.bytes, as: UTF8.self)
            if PythonText.isASCII(text), let number = float(text) { return number }
            throw TemplateError(
                .valueError, "could not convert string to float: \(object.representation)")
        default: if let integer = PythonInteger(value) { return try integer.double() }
        }
        throw TemplateError(
            .typeError, "float() argument must be a string or a real number, not '\(value.typeName)'")
    }

    /// The decimal integer that `text` is, with blanks around it and underscores in it; nil where it is none.
    static func integer(_ text: String) -> PythonInteger? {
        guard let digits = ascii(text), let first = digits.first else { return nil }
        let isSigned = first == 0x2D || first == 0x2B
        let magnitude = withoutUnderscores(digits.dropFirst(isSigned ? 1 : 0))
        guard let magnitude, !magnitude.isEmpty, magnitude.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let literal = (first == 0x2D ? "-" : "") + String(decoding: magnitude, as: UTF8.self)
        if let small = Int(literal) { return .small(small) }
        return BigInteger(literal).map { .big($0) }
    }

    /// The number that `text` is to Python's `float`; nil where it is none.
    static func float(_ text: String) -> Double? {
        guard let characters = ascii(text), let plain = withoutUnderscores(characters[...]) else { return nil }
        let lower = plain.map { $0 | 0x20 }
        let isSigned = plain.first == 0x2D || plain.first == 0x2B
        switch String(decoding: lower.dropFirst(isSigned ? 1 : 0), as: UTF8.self) {
        case "inf", "infinity": return plain.first == 0x2D ? -.infinity : .infinity
        case "nan": return .nan
        default:
            let allowed = plain.allSatisfy {
                (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x65, 0x45].contains($0)
            }
            return allowed ? Double(String(decoding: plain, as: UTF8.self)) : nil
        }
    }

    /// `text` without the blanks around it, with ASCII digits for all decimal digits; nil where something else is in it.
    private static func ascii(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in PythonText.strip(text).unicodeScalars {
            if scalar.isASCII {
                result.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if let digit = PythonText.decimalValue(scalar) {
                result.append(0x30 + UInt8(truncatingIfNeeded: digit))
            } else {
                return nil
            }
        }
        return result
    }

    /// The characters without the underscores, each of which must stand between digits; nil where one does not.
    private static func withoutUnderscores(_ characters: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(characters.count)
        var previous: UInt8 = 0
        for (offset, character) in characters.enumerated() {
            if character == 0x5F {
                let next = characters.dropFirst(offset + 1).first ?? 0
                guard (0x30...0x39).contains(previous), (0x30...0x39).contains(next) else { return nil }
            } else {
                result.append(character)
            }
            previous = character
        }
        return result
    }
}
