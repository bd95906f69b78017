import FoundationEssentials

extension Row: Encodable {
    /// An object of the columns. JSON becomes what it stands for, a blob Base64, dates and times without a zone text of ISO 8601.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: ColumnKey.self)
        for (index, name) in columns.names.enumerated() where index < values.count {
            // Of columns of one name the first counts, as for reading.
            guard columns.index(of: name) == index else { continue }
            try container.encode(values[index], forKey: ColumnKey(stringValue: name))
        }
    }
}

/// A column's name as a coding key.
struct ColumnKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    init(intValue: Int) { (stringValue, self.intValue) = (String(intValue), intValue) }
}

extension SQLValue: Encodable {
    /// The value as JSON and templates have it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .integer(let integer): try container.encode(Int(integer))
        case .double(let double): try container.encode(double)
        case .decimal(let decimal): try container.encode(decimal)
        case .text(let text), .other(_, let text): try container.encode(text)
        case .blob(let bytes): try container.encode(Data(bytes))
        case .uuid(let uuid): try container.encode(uuid)
        case .instant(let instant): try container.encode(instant)
        case .localDateTime(let local): try container.encode(local)
        case .localDate(let date): try container.encode(date)
        case .localTime(let time): try container.encode(time)
        case .interval(let interval): try container.encode(interval.description)
        case .json(let text):
            guard let tree = JSONTree(text) else {
                throw EncodingError.invalidValue(
                    text, .init(codingPath: encoder.codingPath, debugDescription: "The column does not hold JSON."))
            }
            try container.encode(tree)
        case .array(let values): try container.encode(values)
        }
    }
}
