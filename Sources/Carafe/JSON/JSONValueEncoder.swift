/// What a value's `encode(to:)` is given: one place in the text. Also the container for a single value there.
struct JSONValueEncoder: Encoder, SingleValueEncodingContainer {
    let output: JSONOutput
    let place: JSONPlace

    var codingPath: [any CodingKey] { output.path(of: place.frame).codingPath }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            JSONKeyedContainer<Key>(output: output, place: output.openContainer(.object, at: place))
        )
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONUnkeyedContainer(output: output, place: output.openContainer(.array, at: place))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    // MARK: SingleValueEncodingContainer

    func encodeNil() throws { try write { $0.append("null") } }
    func encode(_ value: Bool) throws { try write { $0.append(value) } }
    func encode(_ value: String) throws { try write { $0.append(string: value) } }
    func encode(_ value: Int) throws { try write { $0.append(Int64(value)) } }
    func encode(_ value: Int8) throws { try write { $0.append(Int64(value)) } }
    func encode(_ value: Int16) throws { try write { $0.append(Int64(value)) } }
    func encode(_ value: Int32) throws { try write { $0.append(Int64(value)) } }
    func encode(_ value: Int64) throws { try write { $0.append(value) } }
    func encode(_ value: UInt) throws { try write { $0.append(UInt64(value)) } }
    func encode(_ value: UInt8) throws { try write { $0.append(UInt64(value)) } }
    func encode(_ value: UInt16) throws { try write { $0.append(UInt64(value)) } }
    func encode(_ value: UInt32) throws { try write { $0.append(UInt64(value)) } }
    func encode(_ value: UInt64) throws { try write { $0.append(value) } }
    func encode(_ value: Int128) throws { try write { $0.append(ascii: "\(value)") } }
    func encode(_ value: UInt128) throws { try write { $0.append(ascii: "\(value)") } }

    func encode(_ value: Double) throws {
        guard value.isFinite else { return try output.encodeValue(value, at: place) }
        try write { $0.append(value) }
    }

    func encode(_ value: Float) throws {
        guard value.isFinite else { return try encode(Double(value)) }
        try write { $0.append(value) }
    }

    func encode<T: Encodable>(_ value: T) throws {
        try output.encodeValue(value, at: place)
    }

    @inline(__always)
    private func write(_ value: (JSONOutput) -> Void) throws {
        let piece = try output.beginValue(at: place)
        value(output)
        output.endValue(piece, at: place)
    }
}
