/// An integer of any size as `format` and `%` take it: its sign, and its magnitude as text to a base.
enum IntegerText {
    /// The digits of the magnitude of an integer, to the base 2, 8, 10 or 16.
    ///
    /// - Throws: Python's `ValueError` for a decimal of more than 4,300 digits
    static func digits(of integer: PythonInteger, base: Int, uppercase: Bool = false) throws -> [UInt8] {
        switch integer {
        case .small(let value):
            return Array(String(value.magnitude, radix: base, uppercase: uppercase).utf8)
        case .big(let value):
            let text = base == 10 ? try value.text() : value.text(base: base)
            let digits = value.isNegative ? text.utf8.dropFirst() : text.utf8[...]
            return uppercase ? digits.map { $0 >= 0x61 ? $0 & 0xDF : $0 } : Array(digits)
        }
    }
}

/// What Python takes for an `int`: integers of both sizes and booleans.
enum PythonInteger {
    case small(Int)
    case big(BigInteger)

    init?(_ value: TemplateValue) {
        switch value {
        case .int(let value): self = .small(value)
        case .bool(let value): self = .small(value ? 1 : 0)
        case .bigInt(let value): self = .big(value)
        default: return nil
        }
    }

    /// An integer of any size.
    init(_ value: BigInteger) {
        if let small = value.int { self = .small(small) } else { self = .big(value) }
    }

    /// A finite number without its fraction; zero for others.
    init(truncating value: Double) {
        self = BigInteger(truncating: value).map { PythonInteger($0) } ?? .small(0)
    }

    var isNegative: Bool {
        switch self {
        case .small(let value): value < 0
        case .big(let value): value.isNegative
        }
    }

    var value: TemplateValue {
        switch self {
        case .small(let value): .int(value)
        case .big(let value): .bigInt(value)
        }
    }

    /// The nearest double.
    ///
    /// - Throws: Python's `OverflowError` where it is larger than all doubles
    func double() throws -> Double {
        switch self {
        case .small(let value): return Double(value)
        case .big(let value):
            guard let number = value.double else {
                throw TemplateError(.overflow, "int too large to convert to float")
            }
            return number
        }
    }
}
