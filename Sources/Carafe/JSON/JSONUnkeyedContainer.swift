/// The elements of one array.
struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
    let output: JSONOutput
    let place: JSONPlace

    var codingPath: [any CodingKey] { output.path(of: place.frame).codingPath }

    var count: Int { output.elements(in: place) }

    mutating func encodeNil() throws { try write { $0.append("null") } }
    mutating func encode(_ value: Bool) throws { try write { $0.append(value) } }
    mutating func encode(_ value: String) throws { try write { $0.append(string: value) } }
    mutating func encode(_ value: Int) throws { try write { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int8) throws { try write { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int16) throws { try write { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int32) throws { try write { $0.append(Int64(value)) } }
    mutating func encode(_ value: Int64) throws { try write { $0.append(value) } }
    mutating func encode(_ value: UInt) throws { try write { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt8) throws { try write { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt16) throws { try write { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt32) throws { try write { $0.append(UInt64(value)) } }
    mutating func encode(_ value: UInt64) throws { try write { $0.append(value) } }
    mutating func encode(_ value: Int128) throws { try write { $0.append(ascii: "\(value)") } }
    mutating func encode(_ value: UInt128) throws { try write { $0.append(ascii: "\(value)") } }

    mutating func encode(_ value: Double) throws {
        guard value.isFinite else { return try output.encodeElement(value, in: place) }
        try write { $0.append(value) }
    }

    mutating func encode(_ value: Float) throws {
        guard value.isFinite else { return try encode(Double(value)) }
        try write { $0.append(value) }
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try output.encodeElement(value, in: place)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        let nested = output.nest(.object, in: place, key: nil)
        return KeyedEncodingContainer(JSONKeyedContainer<Nested>(output: output, place: nested))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONUnkeyedContainer(output: output, place: output.nest(.array, in: place, key: nil))
    }

    mutating func superEncoder() -> any Encoder {
        JSONValueEncoder(output: output, place: output.nest(.empty, in: place, key: nil))
    }

    @inline(__always)
    private func write(_ value: (JSONOutput) -> Void) throws {
        let piece = try output.beginElement(in: place)
        value(output)
        output.end(piece, in: place)
    }
}
