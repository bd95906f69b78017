/// The members of one object.
struct JSONKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let place: JSONPlace

    var codingPath: [any CodingKey] { output.path(of: place.frame).codingPath }

    mutating func encodeNil(forKey key: Key) throws { try write(key) { $0.append("null") } }
    mutating func encode(_ value: Bool, forKey key: Key) throws { try write(key) { $0.append(value) } }
    mutating func encode(_ value: String, forKey key: Key) throws { try write(key) { $0.append(string: value) } }
    mutating func encode(_ value: Int, forKey key: Key) throws { try write(key) { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int8, forKey key: Key) throws { try write(key) { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int16, forKey key: Key) throws { try write(key) { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int32, forKey key: Key) throws { try write(key) { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int64, forKey key: Key) throws { try write(key) { $0.append(value) } }
    mutating func encode(_ value: UInt, forKey key: Key) throws { try write(key) { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt8, forKey key: Key) throws { try write(key) { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt16, forKey key: Key) throws { try write(key) { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt32, forKey key: Key) throws { try write(key) { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt64, forKey key: Key) throws { try write(key) { $0.append(value) } }
    mutating func encode(_ value: Int128, forKey key: Key) throws { try write(key) { $0.append(ascii: "\(value)") } }
    mutating func encode(_ value: UInt128, forKey key: Key) throws { try write(key) { $0.append(ascii: "\(value)") } }

    mutating func encode(_ value: Double, forKey key: Key) throws {
        guard value.isFinite else { return try output.encodeMember(value, key: key.stringValue, in: place) }
        try write(key) { $0.append(value) }
    }

    mutating func encode(_ value: Float, forKey key: Key) throws {
        guard value.isFinite else { return try encode(Double(value), forKey: key) }
        try write(key) { $0.append(value) }
    }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try output.encodeMember(value, key: key.stringValue, in: place)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let nested = output.nest(.object, in: place, key: key.stringValue)
        return KeyedEncodingContainer(JSONKeyedContainer<Nested>(output: output, place: nested))
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONUnkeyedContainer(output: output, place: output.nest(.array, in: place, key: key.stringValue))
    }

    mutating func superEncoder() -> any Encoder {
        JSONValueEncoder(output: output, place: output.nest(.empty, in: place, key: "super"))
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        JSONValueEncoder(output: output, place: output.nest(.empty, in: place, key: key.stringValue))
    }

    @inline(__always)
    private func write(_ key: Key, _ value: (JSONOutput) -> Void) throws {
        let piece = try output.beginMember(key.stringValue, in: place)
        value(output)
        output.end(piece, in: place)
    }
}
