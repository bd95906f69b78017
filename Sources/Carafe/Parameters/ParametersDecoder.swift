import CarafeHTTP
import FoundationEssentials

/// Reads types out of names with values: a query, or a form's fields.
enum ParametersDecoder {
    /// Reads a value whose properties are named as the parameters.
    ///
    /// - Throws: a 400 that names the parameter and what was expected.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from parameters: Parameters, _ what: String
    ) throws -> Value {
        do {
            return try Value(from: RootDecoder(parameters: parameters))
        } catch let error as DecodingError {
            throw Abort(.badRequest, message(of: error, what))
        }
    }

    private static func message(of error: DecodingError, _ what: String) -> String {
        switch error {
        case .keyNotFound(let key, _): "The \(what) has no value for '\(key.stringValue)'."
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            if let name = context.codingPath.first?.stringValue {
                "The \(what)'s value for '\(name)' cannot be used: \(context.debugDescription)"
            } else {
                "The \(what) cannot be used: \(context.debugDescription)"
            }
        @unknown default: "The \(what) cannot be used."
        }
    }
}

/// Offers the parameters as properties.
private struct RootDecoder: Decoder {
    let parameters: Parameters
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Properties(parameters: parameters))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw DecodingError.typeMismatch([String].self, .init(codingPath: [], debugDescription: "it is not a list"))
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw DecodingError.typeMismatch(String.self, .init(codingPath: [], debugDescription: "it has several values"))
    }
}

private struct Properties<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let parameters: Parameters
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { parameters.names.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { parameters.contains(key.stringValue) }

    /// An empty value counts as none for everything but text: that is how browsers send an empty field.
    func decodeNil(forKey key: Key) -> Bool { parameters[values: key.stringValue].allSatisfy(\.isEmpty) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let values = parameters[values: key.stringValue]
        if values.isEmpty {
            // An unchecked box is not sent at all.
            if let no = false as? Value { return no }
            if type is any ListOfValues.Type { return try Value(from: ValueDecoder(values: [], codingPath: [key])) }
            throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "it is missing"))
        }
        return try ValueDecoder(values: values, codingPath: [key]).decode(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { parameters[key.stringValue] }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        decodeNil(forKey: key) ? nil : try decode(type, forKey: key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw mismatch(key)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        ListDecoder(values: parameters[values: key.stringValue], codingPath: [key])
    }

    func superDecoder() throws -> any Decoder { RootDecoder(parameters: parameters) }

    func superDecoder(forKey key: Key) throws -> any Decoder { throw mismatch(key) }

    private func mismatch(_ key: Key) -> DecodingError {
        .typeMismatch([String: String].self, .init(codingPath: [key], debugDescription: "it cannot hold an object"))
    }
}

/// Marks lists, which may be empty where nothing was sent.
private protocol ListOfValues {}
extension Array: ListOfValues {}
extension Set: ListOfValues {}

/// Offers one parameter's values.
private struct ValueDecoder: Decoder, SingleValueDecodingContainer {
    let values: [String]
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    private var text: String { values.first ?? "" }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { ListDecoder(values: values, codingPath: codingPath) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw mismatch(type, "it cannot hold an object")
    }

    func decodeNil() -> Bool { values.isEmpty }

    func decode(_ type: String.Type) -> String { text }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch text {
        case "true", "True", "1", "on", "yes", "y": return true
        case "false", "False", "0", "off", "no", "n", "": return false
        default: throw mismatch(type, "it must be true or false")
        }
    }

    func decode(_ type: Double.Type) throws -> Double { try finite(type) }
    func decode(_ type: Float.Type) throws -> Float { try finite(type) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == UUID.self {
            guard let value = UUID(uuidString: text) as? Value else { throw mismatch(type, "it must be a UUID") }
            return value
        }
        if type == Date.self {
            guard let value = DateText.parseISO8601(text) as? Value else {
                throw mismatch(type, "it must be a date and time such as 2026-01-31T12:00:00Z")
            }
            return value
        }
        if type == Decimal.self {
            guard let value = Decimal(string: text) as? Value else { throw mismatch(type, "it must be a number") }
            return value
        }
        return try Value(from: self)
    }

    /// Strict: what Swift's own initialisers let through beyond digits, a minus sign, a point and an exponent is
    /// refused.
    private func number<Value: LosslessStringConvertible>(_ type: Value.Type, _ expected: String) throws -> Value {
        var parameters = Parameters()
        parameters.append(text, for: "")
        guard let value = parameters.get("", as: type) else { throw mismatch(type, expected) }
        return value
    }

    private func finite<Value: BinaryFloatingPoint & LosslessStringConvertible>(_ type: Value.Type) throws -> Value {
        let value = try number(type, "it must be a number")
        guard value.isFinite else { throw mismatch(type, "it is too large") }
        return value
    }

    private func integer<Value: FixedWidthInteger & LosslessStringConvertible>(_ type: Value.Type) throws -> Value {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let isWhole = !digits.isEmpty && digits.allSatisfy { $0 &- 0x30 < 10 }
        return try number(
            type, isWhole ? "it must be from \(Value.min) to \(Value.max)" : "it must be a whole number")
    }

    private func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: expected))
    }
}

/// Offers one parameter's values one after the other.
private struct ListDecoder: UnkeyedDecodingContainer {
    let values: [String]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    init(values: [String], codingPath: [any CodingKey]) {
        self.values = values
        self.codingPath = codingPath
    }

    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next(type).decode(type)
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try next([String: String].self).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next([String].self).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next(String.self) }

    private mutating func next(_ type: Any.Type) throws -> ValueDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type, .init(codingPath: codingPath, debugDescription: "it has too few values"))
        }
        defer { currentIndex += 1 }
        return ValueDecoder(values: [values[currentIndex]], codingPath: codingPath)
    }
}
