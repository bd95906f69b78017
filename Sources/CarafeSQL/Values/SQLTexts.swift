public import FoundationEssentials

// Texts, bytes and identifiers as values.

extension String: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(self) }

    /// A text; JSON and values of types that Carafe does not know come as the database writes them.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .text(let text), .json(let text), .other(_, let text): self = text
        default: return nil
        }
    }
}

extension Substring: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(String(self)) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        guard let text = String(sqlValue: sqlValue) else { return nil }
        self.init(text)
    }
}

extension Data: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .blob([UInt8](self)) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue else { return nil }
        self.init(bytes)
    }
}

extension UUID: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .uuid(self) }

    /// An identifier, also as text with or without hyphens, as SQLAlchemy keeps it on SQLite, or as 16 bytes.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .uuid(let uuid): self = uuid
        case .text(let text): self.init(sqlText: text)
        case .blob(let bytes): self.init(bytes: bytes)
        default: return nil
        }
    }

    /// 32 hexadecimal digits, with hyphens anywhere between them.
    package init?(sqlText text: String) {
        guard text.utf8.count <= 38 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var high: UInt8?
        for byte in text.utf8 where byte != UInt8(ascii: "-") {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { return nil }
        self.init(bytes: bytes)
    }

    private init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &id) { $0.copyBytes(from: bytes) }
        self.init(uuid: id)
    }

    /// The identifier as SQLAlchemy stores it on SQLite: 32 lower-case digits without hyphens.
    package var sqliteText: String {
        withUnsafeBytes(of: uuid) { bytes in
            let digits = [UInt8]("0123456789abcdef".utf8)
            return String(unsafeUninitializedCapacity: 32) { buffer in
                for (index, byte) in bytes.enumerated() {
                    buffer[2 * index] = digits[Int(byte >> 4)]
                    buffer[2 * index + 1] = digits[Int(byte & 15)]
                }
                return 32
            }
        }
    }
}
