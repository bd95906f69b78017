import CarafeSQL
import FoundationEssentials

/// How the values of a column are read from the server's text.
indirect enum ColumnType: Sendable, Hashable {
    case bool, integer, double, numeric, text, bytea, uuid, instant, localDateTime, localDate, localTime, interval, json
    /// What functions return that return nothing.
    case void
    case array(of: ColumnType, name: String)
    /// A type that Carafe has no value for.
    case other(name: String)

    /// The value that this text is. What does not read as the type says is given as it is, as a value of another type.
    func value(_ text: UnsafeBufferPointer<UInt8>) -> SQLValue {
        read(text) ?? .other(type: name, text: String(decoding: text, as: UTF8.self))
    }

    private func read(_ text: UnsafeBufferPointer<UInt8>) -> SQLValue? {
        switch self {
        case .text: .text(String(decoding: text, as: UTF8.self))
        case .integer: NumberText.integer(text).map(SQLValue.integer)
        case .bool: text.count == 1 ? .bool(text[0] == UInt8(ascii: "t")) : nil
        case .double: Double(String(decoding: text, as: UTF8.self)).map(SQLValue.double)
        case .numeric: NumberText.numeric(text)
        case .bytea: Self.bytea(text).map(SQLValue.blob)
        case .uuid: Self.uuid(text).map(SQLValue.uuid)
        case .instant: TimestampText.instant(text).map(SQLValue.instant)
        case .localDateTime: TimestampText.dateTime(text).map(SQLValue.localDateTime)
        case .localDate: TimestampText.date(text).map(SQLValue.localDate)
        case .localTime: TimestampText.time(text).map(SQLValue.localTime)
        case .interval: IntervalText.interval(text).map(SQLValue.interval)
        case .json: .json(String(decoding: text, as: UTF8.self))
        case .void: .null
        case .array(let element, _): ArrayText.elements(text, of: element).map(SQLValue.array)
        case .other: nil
        }
    }

    /// The type's name for messages.
    var name: String {
        switch self {
        case .bool: "boolean"
        case .integer: "integer"
        case .double: "double precision"
        case .numeric: "numeric"
        case .text: "text"
        case .bytea: "bytea"
        case .uuid: "uuid"
        case .instant: "timestamp with time zone"
        case .localDateTime: "timestamp"
        case .localDate: "date"
        case .localTime: "time"
        case .interval: "interval"
        case .json: "json"
        case .void: "void"
        case .array(_, let name), .other(let name): name
        }
    }

    /// `\x00ff`, or what `bytea_output = escape` writes: `\000\377`.
    private static func bytea(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var reader = TextReader(text)
        var bytes: [UInt8] = []
        if reader.take("\\x") {
            guard (text.count - 2) % 2 == 0 else { return nil }
            bytes.reserveCapacity((text.count - 2) / 2)
            for index in stride(from: 2, to: text.count, by: 2) {
                guard let high = Digits.hex(text[index]), let low = Digits.hex(text[index + 1]) else { return nil }
                bytes.append(high << 4 | low)
            }
            return bytes
        }
        while let byte = reader.next {
            reader.index += 1
            if byte != UInt8(ascii: "\\") {
                bytes.append(byte)
            } else if reader.take(UInt8(ascii: "\\")) {
                bytes.append(UInt8(ascii: "\\"))
            } else {
                guard let octal = reader.digits(3...3), octal <= 377 else { return nil }
                bytes.append(UInt8(truncatingIfNeeded: octal / 100 * 64 + octal / 10 % 10 * 8 + octal % 10))
            }
        }
        return bytes
    }

    private static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let isRead = withUnsafeMutableBytes(of: &bytes) { bytes in
            var digits = 0
            for byte in text where byte != UInt8(ascii: "-") {
                guard digits < 32, let digit = Digits.hex(byte) else { return false }
                bytes[digits / 2] = bytes[digits / 2] << 4 | digit
                digits += 1
            }
            return digits == 32
        }
        return isRead ? UUID(uuid: bytes) : nil
    }
}
