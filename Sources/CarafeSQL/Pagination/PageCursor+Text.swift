import FoundationEssentials

extension PageCursor: LosslessStringConvertible {
    /// A cursor from its text; nil where it is none. What a client made up is nil or another place, never an error.
    public init?(_ text: String) {
        guard text.utf8.count <= 4096, let data = Self.data(text),
            let parts = try? JSONDecoder().decode([String].self, from: data), let direction = parts.first
        else { return nil }
        guard direction == "a" || direction == "b" else { return nil }
        isBackward = direction == "b"
        var values: [SQLValue] = []
        for part in parts.dropFirst() {
            guard let value = Self.value(part) else { return nil }
            values.append(value)
        }
        self.values = values
    }

    /// The cursor as text of letters, digits, `-` and `_`.
    public var description: String {
        let parts = [isBackward ? "b" : "a"] + values.map(Self.text)
        let data = (try? JSONEncoder().encode(parts)) ?? Data()
        let bytes = data.base64EncodedString().utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func data(_ text: String) -> Data? {
        var bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while bytes.count % 4 != 0 { bytes.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: String(decoding: bytes, as: UTF8.self))
    }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .integer(let integer): "i\(integer)"
        case .double(let double): "f\(double)"
        case .decimal(let decimal): "n\(decimal)"
        case .bool(let bool): bool ? "b1" : "b0"
        case .uuid(let uuid): "u\(uuid)"
        case .instant(let instant): "z\(instant.microsecondsSinceEpoch ?? 0)"
        case .localDateTime(let local): "l\(local)"
        case .localDate(let date): "d\(date)"
        case .localTime(let time): "t\(time)"
        default: "s" + (String(sqlValue: value) ?? "")
        }
    }

    private static func value(_ part: String) -> SQLValue? {
        let rest = String(decoding: part.utf8.dropFirst(), as: UTF8.self)
        switch part.utf8.first {
        case UInt8(ascii: "i"): return Int64(rest).map { .integer($0) }
        case UInt8(ascii: "f"): return Double(rest).flatMap { $0.isNaN ? nil : .double($0) }
        case UInt8(ascii: "n"): return Decimal(sqlText: rest).map { .decimal($0) }
        case UInt8(ascii: "b"): return .bool(rest == "1")
        case UInt8(ascii: "u"): return UUID(sqlText: rest).map { .uuid($0) }
        case UInt8(ascii: "z"): return Int64(rest).map { .instant(Date(microsecondsSinceEpoch: $0)) }
        case UInt8(ascii: "l"): return LocalDateTime(rest).map { .localDateTime($0) }
        case UInt8(ascii: "d"): return LocalDate(rest).map { .localDate($0) }
        case UInt8(ascii: "t"): return LocalTime(rest).map { .localTime($0) }
        case UInt8(ascii: "s"): return .text(rest)
        default: return nil
        }
    }
}
