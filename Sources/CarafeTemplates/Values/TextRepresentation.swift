/// Python's `repr` of text: quoted, and with escapes for what does not print.
enum TextRepresentation {
    /// The representation of `text`, in single quotes unless only those are in it.
    static func of(_ text: String) -> String {
        var output: [UInt8] = []
        append(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Adds the representation of `text` to `output`.
    static func append(_ text: String, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + text.utf8.count + 2)
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append($0, to: &output) }
        if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { append($0, to: &output) } }
    }

    private static func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var hasSingle = false
        var hasDouble = false
        var isPlain = true
        for byte in bytes {
            hasSingle = hasSingle || byte == UInt8(ascii: "'")
            hasDouble = hasDouble || byte == UInt8(ascii: "\"")
            isPlain = isPlain && byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\")
        }
        let quote = hasSingle && !hasDouble ? UInt8(ascii: "\"") : UInt8(ascii: "'")
        output.append(quote)
        if isPlain && !(hasSingle && hasDouble) {
            output += bytes
        } else {
            for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { append(scalar, quote, to: &output) }
        }
        output.append(quote)
    }

    private static func append(_ scalar: Unicode.Scalar, _ quote: UInt8, to output: inout [UInt8]) {
        switch scalar {
        case "\n": output += "\\n".utf8
        case "\r": output += "\\r".utf8
        case "\t": output += "\\t".utf8
        case " "..."~":
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            if byte == quote || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
        default:
            if isPrintable(scalar) {
                output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            } else if scalar.value < 0x100 {
                append(scalar.value, "x", digits: 2, to: &output)
            } else if scalar.value < 0x10000 {
                append(scalar.value, "u", digits: 4, to: &output)
            } else {
                append(scalar.value, "U", digits: 8, to: &output)
            }
        }
    }

    private static func append(_ value: UInt32, _ letter: Unicode.Scalar, digits: Int, to output: inout [UInt8]) {
        output += [UInt8(ascii: "\\"), UInt8(ascii: letter)]
        let hex = String(value, radix: 16).utf8
        output += repeatElement(UInt8(ascii: "0"), count: digits - hex.count)
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
