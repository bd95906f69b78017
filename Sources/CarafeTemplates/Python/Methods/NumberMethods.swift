import Glibc

/// The methods and attributes of `int`, `bool` and `float`.
enum NumberMethods {
    static let ofInteger = pythonMethods(
        of: "int",
        [
            ("bit_length", .none, { .int(bits($0).width) }),
            ("bit_count", .none, { .int(bits($0).count) }),
            ("conjugate", .none, { integer($0).value }),
            ("as_integer_ratio", .none, { .tuple([integer($0).value, .int(1)]) }),
            ("is_integer", .none, { _ in .bool(true) }),
            ("to_bytes", .everything, toBytes),
        ])

    static let ofFloat = pythonMethods(
        of: "float",
        [
            ("is_integer", .none, { .bool(float($0).isFinite && float($0) == float($0).rounded(.towardZero)) }),
            ("conjugate", .none, { .double(float($0)) }),
            ("hex", .none, { .string(hexadecimal(float($0))) }),
            ("as_integer_ratio", .none, { try ratio(float($0)) }),
        ])

    /// `real`, `imag`, and of integers `numerator` and `denominator`.
    static func attribute(of value: TemplateValue, named name: String) -> TemplateValue? {
        if case .double = value {
            switch name {
            case "real": return value
            case "imag": return .double(0)
            default: return nil
            }
        }
        guard let integer = PythonInteger(value) else { return nil }
        switch name {
        case "real", "numerator": return integer.value
        case "imag": return .int(0)
        case "denominator": return .int(1)
        default: return nil
        }
    }

    private static func integer(_ call: PythonCall) -> PythonInteger { PythonInteger(call.receiver) ?? .small(0) }

    private static func float(_ call: PythonCall) -> Double {
        if case .double(let value) = call.receiver { value } else { 0 }
    }

    /// How many bits the magnitude has, and how many of them are set.
    private static func bits(_ call: PythonCall) -> (width: Int, count: Int) {
        let words = integer(call).words
        guard let high = words.last else { return (0, 0) }
        return (words.count * 64 - high.leadingZeroBitCount, words.reduce(0) { $0 + $1.nonzeroBitCount })
    }

    /// `to_bytes(length=1, byteorder='big', *, signed=False)`
    private static func toBytes(_ call: PythonCall) throws -> TemplateValue {
        let signature = PythonSignature(
            type: "int", name: "to_bytes", style: .named(["length", "byteorder", "signed"]))
        let values = try signature.bind(call.arguments)
        let call = PythonCall(
            receiver: call.receiver, values: values, arguments: call.arguments, context: call.context)
        guard call.arguments.positional.count <= 2 else {
            throw TemplateError(
                .typeError, "to_bytes() takes at most 2 positional arguments (\(call.arguments.positional.count) given)"
            )
        }
        let length = try call.integer(0) ?? 1
        let order = call[1].map { PythonCall.text($0) ?? "" } ?? "big"
        if let value = call[1], PythonCall.text(value) == nil {
            throw TemplateError(.typeError, "to_bytes() argument 'byteorder' must be str, not \(value.typeName)")
        }
        guard order == "big" || order == "little" else {
            throw TemplateError(.valueError, "byteorder must be either 'little' or 'big'")
        }
        guard length >= 0 else { throw TemplateError(.valueError, "length argument must be non-negative") }
        try PythonText.check(size: length, call.limits)
        let bytes = try littleEndian(integer(call), length, isSigned: call[2]?.isTrue ?? false)
        return .object(TemplateBytes(order == "big" ? bytes.reversed() : bytes))
    }

    private static func littleEndian(_ integer: PythonInteger, _ length: Int, isSigned: Bool) throws -> [UInt8] {
        if integer.isNegative && !isSigned {
            throw TemplateError(.overflow, "can't convert negative int to unsigned")
        }
        var bytes = integer.words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt($0 * 8)) } }
        while bytes.last == 0 { bytes.removeLast() }
        let tooBig = TemplateError(.overflow, "int too big to convert")
        guard bytes.count <= length else { throw tooBig }
        bytes += [UInt8](repeating: 0, count: length - bytes.count)
        if integer.isNegative {
            // The two's complement: all bits turned, and one more.
            var carry = true
            for index in bytes.indices {
                let sum = (~bytes[index]).addingReportingOverflow(carry ? 1 : 0)
                (bytes[index], carry) = (sum.partialValue, sum.overflow)
            }
        }
        if isSigned, let high = bytes.last, (high >= 0x80) != integer.isNegative { throw tooBig }
        if isSigned, bytes.isEmpty, integer.isNegative { throw tooBig }
        return bytes
    }

    private static func hexadecimal(_ value: Double) -> String {
        let sign = value.sign == .minus && !value.isNaN ? "-" : ""
        guard value.isFinite else { return value.isNaN ? "nan" : sign + "inf" }
        if value == 0 { return sign + "0x0.0p+0" }
        let digits = String(value.significandBitPattern, radix: 16)
        let fraction = String(repeating: "0", count: 13 - digits.utf8.count) + digits
        let exponent = value.isNormal ? Int(value.exponentBitPattern) - 1023 : -1022
        return "\(sign)0x\(value.isNormal ? 1 : 0).\(fraction)p\(exponent < 0 ? "" : "+")\(exponent)"
    }

    private static func ratio(_ value: Double) throws -> TemplateValue {
        let (numerator, denominator) = try fraction(value)
        return .tuple([.integer(numerator), .integer(denominator)])
    }

    /// The number as a fraction of integers in lowest terms.
    static func fraction(_ value: Double) throws -> (numerator: BigInteger, denominator: BigInteger) {
        if value.isNaN { throw TemplateError(.valueError, "cannot convert NaN to integer ratio") }
        guard value.isFinite else {
            throw TemplateError(.overflow, "cannot convert Infinity to integer ratio")
        }
        if let whole = BigInteger(exactly: value) { return (whole, BigInteger(1)) }
        // An odd significand and a power of two.
        let power = value.significandWidth - Int(value.exponent)
        let significand = scalbn(value.significand, Int32(value.significandWidth))
        let numerator = BigInteger(truncating: value < 0 ? -significand : significand) ?? BigInteger(0)
        return (numerator, BigInteger(2).power(power))
    }
}

extension PythonInteger {
    /// The magnitude to the base 2^64, the lowest first, without zeros at the end.
    var words: [UInt] {
        switch self {
        case .small(let value): value == 0 ? [] : [value.magnitude]
        case .big(let value): value.magnitude
        }
    }
}
