/// The members of one object that was read.
struct JSONKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: JSONNodeDecoder
    let members: JSONMembers<JSONNode>
    private let path: JSONNodeDecoder.Path?

    init(decoder: JSONNodeDecoder, members: JSONMembers<JSONNode>) {
        self.decoder = decoder
        self.members = members
        path = decoder.path
    }

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        members.all.compactMap { member in
            Key(stringValue: member.key)
                ?? (convertsKeys ? Key(stringValue: SnakeCase.decode(member.key)) : nil)
        }
    }

    func contains(_ key: Key) -> Bool { node(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).decode(type) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try value(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).decode(type) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try value(key).decode(type) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try value(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        inner(members.value(of: "super") ?? .null, at: "super")
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        inner(node(key) ?? .null, at: name(key))
    }

    private var convertsKeys: Bool { decoder.options.keys == .snakeCase && decoder.convertsKeys }

    /// The key as the text spells it.
    private func name(_ key: Key) -> String {
        convertsKeys ? SnakeCase.encode(key.stringValue) : key.stringValue
    }

    private func node(_ key: Key) -> JSONNode? { members.value(of: name(key)) }

    private func value(_ key: Key) throws -> JSONNodeDecoder {
        let name = name(key)
        guard let node = members.value(of: name) else {
            throw DecodingError.keyNotFound(
                JSONKey(stringValue: name), .init(codingPath: codingPath, debugDescription: "is missing"))
        }
        return inner(node, at: name)
    }

    private func inner(_ node: JSONNode, at name: String) -> JSONNodeDecoder {
        JSONNodeDecoder(node: node, options: decoder.options, parent: path, step: JSONKey(stringValue: name))
    }
}
