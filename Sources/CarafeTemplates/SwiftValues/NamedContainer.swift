/// Takes the properties of a value under their names.
///
/// Properties that are nil are there as `None`: `encodeIfPresent`, which synthesised code calls for optionals, leaves them out
/// of JSON, but a template that asks for one must not be told that there is no such property.
struct NamedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let target: NamedTarget
    let codingPath: [any CodingKey]

    init(_ target: NamedTarget, _ codingPath: [any CodingKey]) {
        self.target = target
        self.codingPath = codingPath
    }

    init(_ parts: NamedParts, _ codingPath: [any CodingKey]) { self.init(NamedTarget(parts), codingPath) }

    private var parts: NamedParts? { target.parts }

    mutating func encodeNil(forKey key: Key) throws { parts?.take(TemplateValue.none, named: key.stringValue) }

    // What most properties are, without a detour over generic code.
    mutating func encode(_ value: String, forKey key: Key) throws {
        parts?.take(.string(value), named: key.stringValue)
    }
    mutating func encode(_ value: Int, forKey key: Key) throws { parts?.take(.int(value), named: key.stringValue) }
    mutating func encode(_ value: Bool, forKey key: Key) throws { parts?.take(.bool(value), named: key.stringValue) }
    mutating func encode(_ value: Double, forKey key: Key) throws {
        parts?.take(.double(value), named: key.stringValue)
    }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        parts?.take(try ValueConversions.value(of: value), named: key.stringValue)
    }

    mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    // The standard library has a default for each of these that is preferred to the general one above.
    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: Int128?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try encodeOptional(value, key) }
    mutating func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws { try encodeOptional(value, key) }

    @inline(__always)
    private mutating func encodeOptional<Value: Encodable>(_ value: Value?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let nested = NamedParts(expecting: nil)
        parts?.take(.named(nested), named: key.stringValue)
        return KeyedEncodingContainer(NamedContainer<Nested>(nested, codingPath + [key]))
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let nested = ListedParts()
        parts?.take(.listed(nested), named: key.stringValue)
        return ListedContainer(nested, codingPath + [key])
    }

    mutating func superEncoder() -> any Encoder { superEncoder(named: "super", path: codingPath) }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        superEncoder(named: key.stringValue, path: codingPath + [key])
    }

    private func superEncoder(named name: String, path: [any CodingKey]) -> any Encoder {
        let encoder = ValueEncoder(codingPath: path)
        parts?.take(.encoder(encoder), named: name)
        return encoder
    }
}
