// Reading and writing any value: by a scanner and an output of this module straight, by others through Codable.

extension JSONValue: Codable {
    /// Reads any value. Other decoders than ``JSONReader``'s do not tell the order of members, nor `1.0` from `1`: there
    /// members are sorted by key, and whole numbers are integers.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? JSONNodeDecoder {
            self = try Self(decoder.node, in: decoder)
        } else if var container = try? decoder.unkeyedContainer() {
            var array: [JSONValue] = []
            while !container.isAtEnd { array.append(try container.decode(JSONValue.self)) }
            self = .array(array)
        } else if let container = try? decoder.container(keyedBy: JSONKey.self) {
            var object = JSONObject()
            let keys = container.allKeys.sorted { $0.stringValue.utf8.lexicographicallyPrecedes($1.stringValue.utf8) }
            for key in keys { object[key.stringValue] = try container.decode(JSONValue.self, forKey: key) }
            self = .object(object)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(String.self) {
                self = .string(value)
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int.self) {
                self = .int(value)
            } else if let value = try? container.decode(Int128.self) {
                self = .largeInt(value)
            } else {
                self = .double(try container.decode(Double.self))
            }
        }
    }

    /// Writes the value, members in their order as far as the encoder keeps it.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .array(let array):
            var container = encoder.unkeyedContainer()
            for value in array { try container.encode(value) }
        case .object(let object):
            var container = encoder.container(keyedBy: JSONKey.self)
            for (key, value) in object { try container.encode(value, forKey: JSONKey(stringValue: key)) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .int(let value): try value.encode(to: encoder)
        case .largeInt(let value): try value.encode(to: encoder)
        case .double(let value): try value.encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        }
    }
}

extension JSONValue {
    /// Goes as deep as the reader let the text nest.
    private init(_ node: JSONNode, in decoder: JSONNodeDecoder) throws {
        switch node {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .string(let value): self = .string(value)
        case .array(let elements):
            let path = decoder.path
            var array: [JSONValue] = []
            array.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                let inner = JSONNodeDecoder(node: element, options: decoder.options, parent: path, step: .index(index))
                array.append(try Self(element, in: inner))
            }
            self = .array(array)
        case .object(let members):
            let path = decoder.path
            var object = JSONObject()
            for (key, value) in members.all {
                let inner = JSONNodeDecoder(node: value, options: decoder.options, parent: path, step: .key(key))
                object[key] = try Self(value, in: inner)
            }
            self = .object(object)
        case .number(let text, let isInteger):
            if isInteger, let value = Int(text) {
                self = .int(value)
            } else if isInteger, let value = Int128(text) {
                self = .largeInt(value)
            } else {
                self = .double(try decoder.decode(Double.self))
            }
        }
    }
}

extension JSONOutput {
    /// Writes any value, without the encoder, container and key of each level that `Encodable` takes.
    func append(_ value: JSONValue, _ parent: Int32, _ position: Int, depth: Int = 0) throws {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value)
        case .int(let value): append(Int64(value))
        case .largeInt(let value): append(ascii: value.description)
        case .double(let value): try append(checked: value, parent, position)
        case .string(let value): append(string: value)
        case .array(let array):
            try checkDepth(depth, parent, position)
            append(UInt8(ascii: "["))
            for value in array {
                appendComma(before: count)
                try append(value, parent, position, depth: depth + 1)
            }
            append(UInt8(ascii: "]"))
        case .object(let object):
            try checkDepth(depth, parent, position)
            append(UInt8(ascii: "{"))
            for (key, value) in object {
                appendComma(before: count)
                append(string: key)
                append(UInt8(ascii: ":"))
                try append(value, parent, position, depth: depth + 1)
            }
            append(UInt8(ascii: "}"))
        }
    }

    private func checkDepth(_ depth: Int, _ parent: Int32, _ position: Int) throws {
        guard innerDepth(of: parent) + Int32(truncatingIfNeeded: depth) < options.nestingLimit else {
            throw tooDeep(path(of: parent, then: position))
        }
    }
}
