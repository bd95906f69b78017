/// What the first look at a value of some type told: whether values of the type have names for what they hold.
final class FirstLook {
    var hasNames = false

    /// Ends the look.
    struct End: Error {}
}

/// Takes nothing.
struct LookedAt<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { throw FirstLook.End() }
    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { throw FirstLook.End() }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(LookedAt<Nested>(codingPath: []))
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { LookedAtList() }
    mutating func superEncoder() -> any Encoder { LookedAtEncoder() }
    mutating func superEncoder(forKey key: Key) -> any Encoder { LookedAtEncoder() }
}

/// Takes nothing.
struct LookedAtList: UnkeyedEncodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int { 0 }

    mutating func encodeNil() throws { throw FirstLook.End() }
    mutating func encode<Value: Encodable>(_ value: Value) throws { throw FirstLook.End() }
    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(LookedAt<Key>(codingPath: []))
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { LookedAtList() }
    mutating func superEncoder() -> any Encoder { LookedAtEncoder() }
}

/// Takes nothing.
struct LookedAtValue: SingleValueEncodingContainer {
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() throws { throw FirstLook.End() }
    mutating func encode<Value: Encodable>(_ value: Value) throws { throw FirstLook.End() }
}

/// Takes nothing.
private struct LookedAtEncoder: Encoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(LookedAt<Key>(codingPath: []))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { LookedAtList() }
    func singleValueContainer() -> any SingleValueEncodingContainer { LookedAtValue() }
}
