/// The escapes of string literals, as Python's `unicode-escape` resolves them.
///
/// Python cannot tell a character beyond ASCII behind a backslash from its own escape: `"\é"` gives `\xe9`, and so it does
/// here. Half of a surrogate pair (`\ud83d`), which no Swift string can hold, becomes U+FFFD.
enum StringEscapes {
    struct Failure: Error {
        let message: String
    }

    /// `text` with its escapes resolved.
    static func resolve(_ text: String) throws(Failure) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\\" {
                try resolveOne(&rest, into: &result)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Resolves what stands behind a backslash.
    private static func resolveOne(
        _ rest: inout Substring.UnicodeScalarView, into result: inout String.UnicodeScalarView
    ) throws(Failure) {
        guard let scalar = rest.popFirst() else { throw Failure(message: "\\ at end of string") }
        switch scalar {
        case "\n": break
        case "\\", "'", "\"": result.append(scalar)
        case "a": result.append("\u{07}")
        case "b": result.append("\u{08}")
        case "f": result.append("\u{0C}")
        case "n": result.append("\n")
        case "r": result.append("\r")
        case "t": result.append("\t")
        case "v": result.append("\u{0B}")
        case "0"..."7":
            var value = scalar.value - 0x30
            for _ in 0..<2 {
                guard let next = rest.first, ("0"..."7").contains(next) else { break }
                value = value * 8 + next.value - 0x30
                rest.removeFirst()
            }
            result.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        case "x": result.append(try hexadecimal(&rest, digits: 2, "truncated \\xXX escape"))
        case "u": result.append(try hexadecimal(&rest, digits: 4, "truncated \\uXXXX escape"))
        case "U": result.append(try hexadecimal(&rest, digits: 8, "truncated \\UXXXXXXXX escape"))
        case "N": result.append(try named(&rest))
        default:
            if scalar.isASCII { result.append("\\") }
            result.append(contentsOf: asciiForm(of: scalar).unicodeScalars)
        }
    }

    private static func hexadecimal(
        _ rest: inout Substring.UnicodeScalarView, digits: Int, _ complaint: String
    ) throws(Failure) -> Unicode.Scalar {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let next = rest.popFirst(), let digit = next.hexadecimalValue else {
                throw Failure(message: complaint)
            }
            value = value << 4 | digit
        }
        if value > 0x10FFFF { throw Failure(message: "illegal Unicode character") }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// `{NAME}`, in capitals or not.
    private static func named(_ rest: inout Substring.UnicodeScalarView) throws(Failure) -> Unicode.Scalar {
        guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"), end > rest.startIndex else {
            throw Failure(message: "malformed \\N character escape")
        }
        var name = ""
        for scalar in rest[..<end] {
            name += asciiForm(of: scalar)
        }
        rest = rest[rest.index(after: end)...]
        guard let scalar = CharacterNames.scalar(named: name) else {
            throw Failure(message: "unknown Unicode character name")
        }
        return scalar
    }

    /// What Python's `backslashreplace` makes of a character: itself if it is ASCII.
    private static func asciiForm(of scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return String(scalar) }
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(scalar.value, radix: 16)
        return "\\" + letter + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}

extension Unicode.Scalar {
    /// The value of an ASCII digit to the base 16.
    fileprivate var hexadecimalValue: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f", "A"..."F": (value | 0x20) - 0x57
        default: nil
        }
    }
}
