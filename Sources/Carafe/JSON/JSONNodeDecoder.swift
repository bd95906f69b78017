import FoundationEssentials

/// What a value's `init(from:)` is given: one node of the text. Also the container for a single value there.
struct JSONNodeDecoder: Decoder, SingleValueDecodingContainer {
    let node: JSONNode
    let options: JSONReader
    /// The way to the container that this node is in, and the step from there; nil at the root.
    var parent: Path?
    var step: JSONKey?
    /// False for dictionaries, whose keys are data.
    var convertsKeys = true

    /// The way to a node, shared by all that goes on from it. Keys are those of the text.
    final class Path: Sendable {
        let parent: Path?
        let step: JSONKey

        init(_ step: JSONKey, after parent: Path?) {
            self.step = step
            self.parent = parent
        }
    }

    /// The way to this node. Made once for each container, not for what is in it.
    var path: Path? {
        step.map { Path($0, after: parent) } ?? parent
    }

    var codingPath: [any CodingKey] {
        var keys: [any CodingKey] = []
        var path = path
        while let step = path {
            keys.append(step.step)
            path = step.parent
        }
        return keys.reversed()
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = node else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(JSONKeyedDecoding<Key>(decoder: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = node else { throw mismatch([Any].self) }
        return JSONUnkeyedDecoding(decoder: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    // MARK: SingleValueDecodingContainer

    func decodeNil() -> Bool {
        if case .null = node { true } else { false }
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = node else { throw mismatch(type) }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let value) = node else { throw mismatch(type) }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double { try floatingPoint() }
    func decode(_ type: Float.Type) throws -> Float { try floatingPoint() }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: Int128.Type) throws -> Int128 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try integer() }

    /// The types that Foundation writes in a form of its own are told by their metatypes, all others read themselves.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == String.self { return unsafeBitCast(try decode(String.self), to: type) }
        if type == Int.self { return unsafeBitCast(try decode(Int.self), to: type) }
        if type == Date.self { return unsafeBitCast(try date(), to: type) }
        if type == Data.self { return unsafeBitCast(try data(), to: type) }
        if type == URL.self { return unsafeBitCast(try url(), to: type) }
        if type == Decimal.self { return unsafeBitCast(try decimal(), to: type) }
        guard options.keys != .asDeclared, type is any StringKeyedDictionary.Type else { return try T(from: self) }
        var decoder = self
        decoder.convertsKeys = false
        return try T(from: decoder)
    }

    // MARK: Numbers

    /// An integer that has neither point nor exponent, or that is whole in spite of them, as `1.0` and `1e3` are.
    private func integer<T: FixedWidthInteger>() throws -> T {
        guard case .number(let text, let isInteger) = node else { throw mismatch(T.self) }
        if isInteger {
            guard let value = T(text) else { throw outOfRange() }
            return value
        }
        guard let value = Double(text), value.isFinite else { throw outOfRange() }
        guard value.rounded(.towardZero) == value else { throw corrupted("expected a whole number, found a fraction") }
        // Beyond this, a double no longer tells one integer from the next.
        guard value.magnitude <= 0x1p53, let whole = T(exactly: value) else { throw outOfRange() }
        return whole
    }

    private func floatingPoint<T: BinaryFloatingPoint & LosslessStringConvertible>() throws -> T {
        guard case .number(let text, _) = node else { throw mismatch(T.self) }
        guard let value = T(text), value.isFinite else { throw outOfRange() }
        return value
    }

    private func decimal() throws -> Decimal {
        guard case .number(let text, _) = node else { throw mismatch(Decimal.self) }
        guard let value = Decimal(string: text), value.isFinite else { throw outOfRange() }
        return value
    }

    // MARK: Types of Foundation

    private func date() throws -> Date {
        switch options.dates {
        case .secondsSince1970: return Date(timeIntervalSince1970: try floatingPoint())
        case .iso8601:
            if let date = DateText.parseISO8601(try decode(String.self)) { return date }
            throw corrupted("expected a date in the form of ISO 8601")
        case .http:
            if let date = DateText.parseHTTP(try decode(String.self)) { return date }
            throw corrupted("expected a date in the form of HTTP")
        }
    }

    private func data() throws -> Data {
        guard let data = Data(base64Encoded: try decode(String.self)) else { throw corrupted("expected base64") }
        return data
    }

    private func url() throws -> URL {
        guard let url = URL(string: try decode(String.self)) else { throw corrupted("expected a URL") }
        return url
    }

    // MARK: Errors

    private func mismatch(_ type: any Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "another type"))
    }

    private func outOfRange() -> DecodingError { corrupted("the number is out of range") }

    private func corrupted(_ description: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: description))
    }
}
