/// Python's `repr` of text: quoted, and with escapes for what does not print.
enum TextRepresentation {
    /// The representation of `text`, in single quotes unless only those are in it.
    static func of(_ text: String) -> String {
        var hasSingle = false
        var hasDouble = false
        for byte in text.utf8 {
            hasSingle = hasSingle || byte == UInt8(ascii: "'")
            hasDouble = hasDouble || byte == UInt8(ascii: "\"")
        }
        let quote: Unicode.Scalar = hasSingle && !hasDouble ? "\"" : "'"
        var output = String()
        output.reserveCapacity(text.utf8.count + 2)
        output.unicodeScalars.append(quote)
        for scalar in text.unicodeScalars { append(scalar, quote, to: &output) }
        output.unicodeScalars.append(quote)
        return output
    }

    private static func append(_ scalar: Unicode.Scalar, _ quote: Unicode.Scalar, to output: inout String) {
        switch scalar {
        case quote, "\\":
            output.unicodeScalars.append("\\")
            output.unicodeScalars.append(scalar)
        case "\n": output += "\\n"
        case "\r": output += "\\r"
        case "\t": output += "\\t"
        case " "..."~": output.unicodeScalars.append(scalar)
        default:
            if isPrintable(scalar) {
                output.unicodeScalars.append(scalar)
            } else if scalar.value < 0x100 {
                append(scalar.value, "\\x", digits: 2, to: &output)
            } else if scalar.value < 0x10000 {
                append(scalar.value, "\\u", digits: 4, to: &output)
            } else {
                append(scalar.value, "\\U", digits: 8, to: &output)
            }
        }
    }

    private static func append(_ value: UInt32, _ prefix: String, digits: Int, to output: inout String) {
        output += prefix
        let hex = String(value, radix: 16)
        for _ in hex.utf8.count..<digits { output += "0" }
        output += hex
    }

    /// Whether Python's `str.isprintable` is true of the code point, by the Unicode 14 that Python 3.11 knows.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return false
        case .spaceSeparator: return scalar == " "
        default:
            guard let age = properties.age else { return false }
            return age.major <= 14
        }
    }
}
