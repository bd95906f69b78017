import FoundationEssentials

/// Reads a value of a `Decodable` type from one column: by its own conversion where it has one, as a single value where the type
/// asks for one, else from JSON.
struct ValueDecoder {
    let row: Row
    let index: Int

    private var value: SQLValue { index < row.values.count ? row.values[index] : .null }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // The usual types by their identity, which costs less than looking for a conformance.
        if type == Date.self, let date = Date(sqlValue: value) as? Value { return date }
        if type == UUID.self, let uuid = UUID(sqlValue: value) as? Value { return uuid }
        if type == Decimal.self, let decimal = Decimal(sqlValue: value) as? Value { return decimal }
        if let decodable = type as? any SQLDecodable.Type {
            guard let result = decodable.init(sqlValue: value) as? Value else { throw row.mismatch(at: index, type) }
            return result
        }
        do {
            return try Value(from: self)
        } catch let error as DecodingError {
            throw row.mismatch(at: index, type, because: Self.reason(error))
        }
    }

    /// What JSON says is wrong, without the value.
    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): return "the JSON has no \(key.stringValue)"
        case .typeMismatch(let type, let context):
            return "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is no \(type)"
        case .valueNotFound(_, let context):
            return "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is null"
        case .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default: return "it does not fit"
        }
    }

    private func json() throws -> any Decoder {
        switch value {
        case .json(let text), .text(let text): return try SQLJSONText.decode(JSONDecoderItself.self, from: text).decoder
        default: throw row.mismatch(at: index, Any.self, because: "JSON is expected")
        }
    }
}

/// The decoder of a JSON text, for a type that asks it for a container.
private struct JSONDecoderItself: Decodable {
    let decoder: any Decoder
    init(from decoder: any Decoder) { self.decoder = decoder }
}

extension ValueDecoder: Decoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try json().container(keyedBy: type)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try json().unkeyedContainer() }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNull }

    private func read<Value: SQLDecodable>(_ type: Value.Type) throws -> Value {
        guard let value = Value(sqlValue: value) else { throw row.mismatch(at: index, type) }
        return value
    }

    func decode(_ type: Bool.Type) throws -> Bool { try read(type) }
    func decode(_ type: String.Type) throws -> String { try read(type) }
    func decode(_ type: Double.Type) throws -> Double { try read(type) }
    func decode(_ type: Float.Type) throws -> Float { try read(type) }
    func decode(_ type: Int.Type) throws -> Int { try read(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try read(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try read(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try read(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try read(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try read(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try read(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try read(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try read(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try read(type) }
}
