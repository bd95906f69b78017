extension TemplateValue: Codable {
    /// Writes the value as data: undefined and `None` as nil, markup as text, tuples as lists, objects as what they list or map.
    ///
    /// - Throws: `EncodingError.invalidValue` for an object that is neither a list nor a mapping, like a function.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .list(let list): try Self.encode(list.elements, to: encoder)
        case .tuple(let tuple): try Self.encode(tuple.elements, to: encoder)
        case .dict(let dict): try Self.encode(dict.entries, to: encoder)
        case .object(let object): try Self.encode(object: object, to: encoder)
        default:
            var container = encoder.singleValueContainer()
            switch self {
            case .bool(let value): try container.encode(value)
            case .int(let value): try container.encode(value)
            case .double(let value): try container.encode(value)
            case .string(let value), .markup(let value): try container.encode(value)
            case .bigInt(let value): try Self.encode(value, to: &container, encoder.codingPath)
            default: try container.encodeNil()
            }
        }
    }

    static func encode(object: any TemplateObject, to encoder: any Encoder) throws {
        try checkDepth(encoder)
        switch object {
        case let object as any EncodesItself: return try object.encodeValue(to: encoder)
        case let object as StandIn: return try object.value.encode(to: encoder)
        case let object as any Encodable where !(object is any TemplateValueConvertible):
            return try object.encode(to: encoder)
        default: break
        }
        let value = TemplateValue.object(object)
        if object.isMapping {
            let entries = try value.elements().map { key in (key: key, value: try value.item(key) ?? .none) }
            return try encode(entries, to: encoder)
        }
        if try object.makeIterator() != nil { return try encode(try value.elements(), to: encoder) }
        throw EncodingError.invalidValue(
            object,
            EncodingError.Context(
                codingPath: encoder.codingPath, debugDescription: "'\(object.typeName)' objects cannot be encoded"))
    }

    private static func encode(_ elements: [TemplateValue], to encoder: any Encoder) throws {
        try checkDepth(encoder)
        var container = encoder.unkeyedContainer()
        for element in elements { try container.encode(element) }
    }

    private static func encode(_ entries: [(key: TemplateValue, value: TemplateValue)], to encoder: any Encoder) throws
    {
        try checkDepth(encoder)
        var container = encoder.container(keyedBy: Name.self)
        for (key, value) in entries { try container.encode(value, forKey: Name(try key.text)) }
    }

    private static func encode(
        _ value: BigInteger, to container: inout any SingleValueEncodingContainer, _ path: [any CodingKey]
    ) throws {
        let text = try value.text()
        if let value = UInt64(text) { return try container.encode(value) }
        if let value = Int128(text) { return try container.encode(value) }
        throw EncodingError.invalidValue(
            text, EncodingError.Context(codingPath: path, debugDescription: "The integer is too large to be encoded"))
    }

    /// A list that holds itself has no end.
    private static func checkDepth(_ encoder: any Encoder) throws {
        guard encoder.codingPath.count < 200 else {
            throw TemplateError(.recursion, "a value of more than 200 lists and dictionaries inside one another")
        }
    }

    /// Reads data of any shape. `Int` comes before `Double`, so that 1 is an integer.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            self = .dict(
                named: try container.allKeys.map { key in
                    (key.stringValue, try container.decode(TemplateValue.self, forKey: key))
                })
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [TemplateValue] = []
            while !container.isAtEnd { elements.append(try container.decode(TemplateValue.self)) }
            self = .list(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .none
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int.self) {
                self = .int(value)
            } else if let value = try? container.decode(UInt64.self) {
                self = value.templateValue
            } else if let value = try? container.decode(Double.self) {
                self = .double(value)
            } else {
                self = .string(try container.decode(String.self))
            }
        }
    }

    /// The key of an entry.
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { stringValue = String(intValue) }
    }
}

/// An object that stands for a value of the program, which knows best how it is encoded.
protocol EncodesItself {
    func encodeValue(to encoder: any Encoder) throws
}
