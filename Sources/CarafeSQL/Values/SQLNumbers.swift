public import FoundationEssentials

// The numbers of Swift as values. Integers are read from every type of number that holds them exactly: PostgreSQL's `sum` of
// integers is a numeric, and SQLite keeps a whole number in a column of reals as a real.

extension SQLEncodable where Self: FixedWidthInteger {
    /// The value to bind.
    public var sqlValue: SQLValue {
        if let integer = Int64(exactly: self) {
            .integer(integer)
        } else {
            .decimal(Decimal(sqlText: String(self)) ?? .nan)
        }
    }
}

extension SQLDecodable where Self: FixedWidthInteger {
    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .integer(let integer): self.init(exactly: integer)
        case .double(let double): self.init(exactly: double)
        case .decimal(let decimal): self.init(decimal.description)
        default: return nil
        }
    }
}

extension Int: SQLCodable {}
extension Int8: SQLCodable {}
extension Int16: SQLCodable {}
extension Int32: SQLCodable {}
extension Int64: SQLCodable {}
extension UInt: SQLCodable {}
extension UInt8: SQLCodable {}
extension UInt16: SQLCodable {}
extension UInt32: SQLCodable {}
extension UInt64: SQLCodable {}

extension Bool: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .bool(self) }

    /// A boolean; SQLite, which has none, keeps 0 and 1.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .bool(let bool): self = bool
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }
}

extension Double: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .double(self) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .double(let double): self = double
        case .integer(let integer): self.init(integer)
        case .decimal(let decimal): self.init(decimal.description)
        default: return nil
        }
    }
}

extension Float: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .double(Double(self)) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        guard let double = Double(sqlValue: sqlValue) else { return nil }
        self.init(double)
    }
}

extension Decimal: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .decimal(self) }

    /// A decimal number. From a real, as SQLite keeps it, comes the shortest number that stands for it: 1.1, not 1.100000000000000088.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .decimal(let decimal): self = decimal
        case .integer(let integer): self.init(integer)
        case .double(let double): self.init(sqlText: double.description)
        case .text(let text): self.init(sqlText: text)
        default: return nil
        }
    }

    /// A number as text, all of it: `-12.5`, `1e-7`. Nil where it is none, or has more digits than a `Decimal` holds exactly.
    package init?(sqlText text: String) {
        guard let digits = Self.significantDigits(of: text), digits <= 38, let decimal = Decimal(string: text) else {
            return nil
        }
        self = decimal
    }

    /// How many digits count in a number; nil where the text is none. `Decimal(string:)` reads as far as it understands.
    private static func significantDigits(of text: String) -> Int? {
        var (digits, zeros, isInExponent, hasPoint, sawDigit, last) = (0, 0, false, false, false, UInt8(0))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                sawDigit = true
                if isInExponent { break }
                if byte == UInt8(ascii: "0") {
                    if digits > 0 { zeros += 1 }
                } else {
                    digits += zeros + 1
                    zeros = 0
                }
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                guard last == 0 || last | 0x20 == UInt8(ascii: "e") else { return nil }
            case UInt8(ascii: "."):
                guard !hasPoint, !isInExponent else { return nil }
                hasPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard !isInExponent, sawDigit else { return nil }
                (isInExponent, sawDigit) = (true, false)
            default: return nil
            }
            last = byte
        }
        return sawDigit ? digits : nil
    }
}
