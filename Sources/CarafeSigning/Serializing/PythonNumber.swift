/// An integer of any size, kept as its decimal text: JSON has them, and Python computes with them.
public struct BigInteger: Sendable, Hashable, CustomStringConvertible {
    /// The decimal text: an optional minus sign, then digits without a leading zero.
    public let description: String

    /// An integer from its decimal text; nil where that is something else, or longer than Python reads (4300 digits).
    public init?(_ text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard
            !digits.isEmpty, digits.count <= JSONFormat.maximumIntegerDigits,
            digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
            digits.first != UInt8(ascii: "0") || (digits.count == 1 && !isNegative)
        else { return nil }
        description = text
    }
}

/// A floating-point number as Python's `repr`, and so its `json`, writes it: the shortest digits that read back the
/// same, with an exponent below 1e-4 and from 1e16 on.
func pythonRepresentation(of number: Double) -> String {
    guard number.isFinite else {
        return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    }
    // Swift prints the same digits, but changes to an exponent elsewhere.
    let (digits, pointPosition) = shortestDigits(of: number.magnitude)
    var text = number.sign == .minus ? Array("-".utf8) : []
    let zero = UInt8(ascii: "0")
    let point = UInt8(ascii: ".")
    if pointPosition > 16 || pointPosition <= -4 {
        text.append(digits[0])
        if digits.count > 1 {
            text.append(point)
            text += digits.dropFirst()
        }
        let exponent = pointPosition - 1
        text += Array(exponent < 0 ? "e-".utf8 : "e+".utf8)
        if exponent.magnitude < 10 { text.append(zero) }
        text += Array(String(exponent.magnitude).utf8)
    } else if pointPosition <= 0 {
        text += [zero, point] + repeatElement(zero, count: -pointPosition) + digits
    } else if pointPosition >= digits.count {
        text += digits + repeatElement(zero, count: pointPosition - digits.count) + [point, zero]
    } else {
        text += digits[..<pointPosition] + [point] + digits[pointPosition...]
    }
    return String(decoding: text, as: UTF8.self)
}

/// The shortest digits of a number that is neither negative nor infinite, and where the decimal point stands: 0.25 is
/// the digits 25 with the point at 0.
private func shortestDigits(of number: Double) -> (digits: [UInt8], pointPosition: Int) {
    let zero = UInt8(ascii: "0")
    let parts = number.description.utf8.split(separator: UInt8(ascii: "e"))
    let exponent = parts.count > 1 ? Int(String(parts[1]) ?? "") ?? 0 : 0
    let mantissa = parts.first.map(Array.init) ?? []
    var digits = mantissa.filter { $0 != UInt8(ascii: ".") }
    var pointPosition = (mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count) + exponent
    while digits.count > 1, digits.last == zero { digits.removeLast() }
    while digits.count > 1, digits.first == zero {
        digits.removeFirst()
        pointPosition -= 1
    }
    return digits.first ?? zero == zero ? ([zero], 1) : (digits, pointPosition)
}
