import FoundationEssentials

/// A value that is kept as JSON in a column.
///
/// ```swift
/// struct Post: Decodable { var id: Int; var meta: SQLJSON<Meta> }
/// try await db.execute("INSERT INTO post (meta) VALUES (\(SQLJSON(meta)))")
/// ```
///
/// A property of a `Decodable` type that is no column's type is read from JSON without it.
public struct SQLJSON<Value: Sendable>: Sendable {
    /// The value itself.
    public var value: Value

    /// A value to be kept as JSON.
    public init(_ value: Value) { self.value = value }
}

extension SQLJSON: Equatable where Value: Equatable {}
extension SQLJSON: Hashable where Value: Hashable {}

extension SQLJSON: SQLEncodable where Value: Encodable {
    /// The JSON; where the value cannot be written as such, the statement fails with an error of kind `value`.
    public var sqlValue: SQLValue {
        do {
            return .json(try SQLJSONText.encode(value))
        } catch {
            return .unencodable("\(Value.self) cannot be written as JSON")
        }
    }
}

extension SQLJSON: SQLDecodable where Value: Decodable {
    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .json(let text), .text(let text):
            guard let value = try? SQLJSONText.decode(Value.self, from: text) else { return nil }
            self.value = value
        default: return nil
        }
    }
}

extension SQLJSON: Encodable where Value: Encodable {
    /// Writes the text.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension SQLJSON: Decodable where Value: Decodable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws { value = try Value(from: decoder) }
}

extension SQL.StringInterpolation {
    /// A value as JSON, for a column of JSON.
    public mutating func appendInterpolation(json value: some Encodable) throws {
        appendInterpolation(SQLValue.json(try SQLJSONText.encode(value)))
    }

    /// A value that may be missing as JSON; nil is NULL.
    public mutating func appendInterpolation<Value: Encodable>(json value: Value?) throws {
        appendInterpolation(try value.map { SQLValue.json(try SQLJSONText.encode($0)) } ?? SQLValue.null)
    }
}

extension SQLValue {
    private static let unencodableType = "unencodable"

    /// A value that could not be made, with the reason: every driver refuses it by ``checkEncodable()``.
    package static func unencodable(_ reason: String) -> SQLValue { .other(type: unencodableType, text: reason) }

    /// Throws where the value could not be made.
    package func checkEncodable() throws(DatabaseError) {
        if case .other(Self.unencodableType, let reason) = self { throw DatabaseError(.value, reason) }
    }
}

/// JSON as it is kept in columns: dates are text of ISO 8601 with microseconds, as Python's `isoformat()` writes them.
package enum SQLJSONText {
    package static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            guard let local = LocalDateTime(date) else {
                throw EncodingError.invalidValue(
                    date, .init(codingPath: encoder.codingPath, debugDescription: "Too far away."))
            }
            try container.encode(local.isoText + "Z")
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            if let seconds = try? container.decode(Double.self) { return Date(timeIntervalSince1970: seconds) }
            return try decoder.parsed("a date and time such as 2024-01-02T03:04:05Z") { Date(sqlText: $0) }
        }
        return try decoder.decode(type, from: Data(text.utf8))
    }
}

/// Any JSON.
enum JSONTree: Codable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Decimal)
    case double(Double)
    case text(String)
    case array([JSONTree])
    case object([String: JSONTree])

    init?(_ text: String) {
        guard let tree = try? SQLJSONText.decode(JSONTree.self, from: text) else { return nil }
        self = tree
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let double = try? container.decode(Double.self) {
            self = .double(double)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let array = try? container.decode([JSONTree].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .double(let double): try container.encode(double)
        case .text(let text): try container.encode(text)
        case .array(let array): try container.encode(array)
        case .object(let object): try container.encode(object)
        }
    }

    /// The value; nil for objects, which no column has but as JSON.
    var sqlValue: SQLValue? {
        switch self {
        case .null: return .null
        case .bool(let bool): return .bool(bool)
        case .integer(let integer): return .integer(integer)
        case .number(let number): return .decimal(number)
        case .double(let double): return .double(double)
        case .text(let text): return .text(text)
        case .array(let array):
            var values: [SQLValue] = []
            for element in array {
                guard let value = element.sqlValue else { return nil }
                values.append(value)
            }
            return .array(values)
        case .object: return nil
        }
    }
}
