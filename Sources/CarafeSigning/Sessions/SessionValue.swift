public import FoundationEssentials

/// A value that can be signed: what JSON has, and what Flask's session tags add to it.
///
///     let value: SessionValue = ["user_id": 42, "roles": ["admin"]]
///     value["user_id"]?.int   // 42
///
/// Two values are equal where they are of one kind and hold the same: texts by their code points, never by canonical
/// equivalence; objects whatever the order of their members. As ever, NaN equals nothing.
public enum SessionValue: Sendable {
    /// `null`, Python's `None`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// An integer.
    case int(Int)
    /// An integer that `Int` cannot hold.
    case bigInteger(BigInteger)
    /// A floating-point number; Python's `NaN`, `Infinity` and `-Infinity` too.
    case double(Double)
    /// Text.
    case string(String)
    /// An array, Python's `list`.
    case array([SessionValue])
    /// An object, Python's `dict` with text as keys.
    case object(SessionObject)
    /// Python's `tuple`; an array where the format has no tags.
    case tuple([SessionValue])
    /// Bytes; only where the format has tags.
    case bytes([UInt8])
    /// Text that is HTML, Python's `Markup`; plain text where the format has no tags.
    case markup(String)
    /// A UUID; only where the format has tags.
    case uuid(UUID)
    /// A moment, kept to the second; only where the format has tags.
    case datetime(Date)
}

// MARK: - Reading

extension SessionValue {
    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The flag, if this is one.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The integer, if this is one that `Int` holds.
    public var int: Int? {
        if case .int(let number) = self { number } else { nil }
    }

    /// The number, if this is an integer or a floating-point number.
    public var double: Double? {
        switch self {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }

    /// The text, if this is text or markup.
    public var string: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    /// The items, if this is an array or a tuple.
    public var array: [SessionValue]? {
        switch self {
        case .array(let items), .tuple(let items): items
        default: nil
        }
    }

    /// The members, if this is an object.
    public var object: SessionObject? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The bytes, if this is bytes.
    public var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// The UUID, if this is one.
    public var uuid: UUID? {
        if case .uuid(let uuid) = self { uuid } else { nil }
    }

    /// The moment, if this is one.
    public var datetime: Date? {
        if case .datetime(let date) = self { date } else { nil }
    }

    /// A member of an object; nil where there is none, or this is no object.
    public subscript(key: String) -> SessionValue? { object?[key] }
}

// MARK: - Comparing

extension SessionValue: Equatable {
    /// Whether both are of one kind and hold the same.
    public static func == (first: SessionValue, second: SessionValue) -> Bool {
        switch (first, second) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.int(let one), .int(let other)): one == other
        case (.bigInteger(let one), .bigInteger(let other)): one == other
        case (.double(let one), .double(let other)): one == other
        case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)): one == other
        case (.tuple(let one), .tuple(let other)): one == other
        case (.bytes(let one), .bytes(let other)): one == other
        case (.markup(let one), .markup(let other)): one.utf8.elementsEqual(other.utf8)
        case (.uuid(let one), .uuid(let other)): one == other
        case (.datetime(let one), .datetime(let other)): one == other
        default: false
        }
    }
}

// MARK: - Writing literals

extension SessionValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
    /// A flag.
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
    /// An integer.
    public init(integerLiteral number: Int) { self = .int(number) }
    /// A floating-point number.
    public init(floatLiteral number: Double) { self = .double(number) }
    /// Text.
    public init(stringLiteral text: String) { self = .string(text) }
    /// An array.
    public init(arrayLiteral items: SessionValue...) { self = .array(items) }
    /// An object with its members in that order; of two with one key the later counts.
    public init(dictionaryLiteral members: (String, SessionValue)...) { self = .object(SessionObject(members)) }
}

// MARK: - Codable values

extension SessionValue {
    /// An `Encodable` value as JSON values.
    ///
    /// - Throws: `EncodingError`, or ``SigningError`` where it nests too deep.
    public init(encoding value: some Encodable) throws {
        self = try JSONReader.read(Self.json(encoding: value), usesTags: false)
    }

    /// This value as a `Decodable` type.
    ///
    /// - Throws: ``SigningError`` of kind `unserializable` where JSON has no such value, `badPayload` where the type does
    ///   not fit.
    public func decoded<Value: Decodable>(as type: Value.Type) throws(SigningError) -> Value {
        try Self.decode(type, fromJSON: JSONWriter.write(self, .itsDangerous))
    }

    static func json(encoding value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, fromJSON json: [UInt8]) throws(SigningError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(json))
        } catch {
            throw .badPayload("The payload is no \(type).")
        }
    }
}
