import CarafeSQL
import FoundationEssentials

extension SQLValue {
    /// The type that a value has by itself, where the statement does not say what it is to be; nil where it has none.
    var naturalType: TypeID? {
        switch self {
        case .null: nil
        case .bool: .bool
        case .integer: .int8
        case .double: .float8
        case .decimal: .numeric
        case .text, .other: .text
        case .blob: .bytea
        case .uuid: .uuid
        case .instant: .timestamptz
        case .localDateTime: .timestamp
        case .localDate: .date
        case .localTime: .time
        case .interval: .interval
        case .json: .json
        case .array(let elements): elements.lazy.compactMap(\.elementType).first?.array ?? .text
        }
    }

    /// The type of an element of an array, of any dimension.
    private var elementType: TypeID? {
        guard case .array(let elements) = self else { return naturalType }
        return elements.lazy.compactMap(\.elementType).first
    }

    /// Adds the value as PostgreSQL reads it.
    ///
    /// - Throws: ``DatabaseError`` of kind `value` where PostgreSQL has no such value: text with U+0000
    func appendText(to bytes: inout [UInt8]) throws(DatabaseError) {
        switch self {
        case .null: break
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): Digits.append(value, to: &bytes)
        case .double(let value): bytes.append(contentsOf: Self.text(of: value).utf8)
        case .decimal(let value): bytes.append(contentsOf: value.description.utf8)
        case .text(let text), .json(let text): try Self.append(text, to: &bytes)
        case .other(_, let text):
            try checkEncodable()
            try Self.append(text, to: &bytes)
        case .blob(let blob):
            bytes.reserveCapacity(bytes.count + blob.count * 2 + 3)
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(UInt8(ascii: "x"))
            for byte in blob { Digits.appendHex(byte, to: &bytes) }
        case .uuid(let value): bytes.append(contentsOf: value.uuidString.utf8)
        case .instant(let value): try TimestampText.append(value, to: &bytes)
        case .localDateTime(let value): TimestampText.append(value, to: &bytes)
        case .localDate(let value):
            TimestampText.append(value, to: &bytes)
            if value.year <= 0 { bytes.append(contentsOf: " BC".utf8) }
        case .localTime(let value): TimestampText.append(value, to: &bytes)
        case .interval(let value): IntervalText.append(value, to: &bytes)
        case .array(let elements): try ArrayText.append(elements, to: &bytes)
        }
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return value.description
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) throws(DatabaseError) {
        guard !text.utf8.contains(0) else {
            throw DatabaseError(.value, "PostgreSQL cannot hold the character U+0000 in text.")
        }
        bytes.append(contentsOf: text.utf8)
    }
}

/// Writes numbers in digits.
enum Digits {
    static func append(_ value: some BinaryInteger, to bytes: inout [UInt8]) {
        var magnitude = UInt64(value.magnitude)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        repeat {
            bytes.append(0x30 + UInt8(magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
    }

    /// A number that is not negative, with zeros before it.
    static func append(_ value: some BinaryInteger, width: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        append(value, to: &bytes)
        while bytes.count - start < width { bytes.insert(0x30, at: start) }
    }

    static func appendHex(_ byte: UInt8, to bytes: inout [UInt8]) {
        let (high, low) = (byte >> 4, byte & 15)
        bytes.append(high < 10 ? 0x30 + high : 0x57 + high)
        bytes.append(low < 10 ? 0x30 + low : 0x57 + low)
    }

    /// The value of a hexadecimal digit.
    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
