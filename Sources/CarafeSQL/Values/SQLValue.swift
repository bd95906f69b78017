public import FoundationEssentials

/// A value as it is bound to a statement or comes out of a column.
///
/// PostgreSQL gives values of the column's type. SQLite knows five storage classes only: from it come `null`, `integer`, `double`,
/// `text` and `blob`, which ``SQLDecodable`` types read in the formats of SQLAlchemy.
public enum SQLValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    /// An exact decimal number. PostgreSQL's NaN and infinities of `numeric` are doubles.
    case decimal(Decimal)
    case text(String)
    case blob([UInt8])
    case uuid(UUID)
    /// A point in time: PostgreSQL's `timestamp with time zone`.
    case instant(Date)
    /// A date and a time of day without a zone.
    case localDateTime(LocalDateTime)
    case localDate(LocalDate)
    case localTime(LocalTime)
    case interval(SQLInterval)
    /// JSON as text.
    case json(String)
    /// PostgreSQL's arrays; those of several dimensions are arrays of arrays.
    case array([SQLValue])
    /// A value of a type of PostgreSQL's that Carafe has no type for, as the server writes it: `inet`, ranges, composites.
    case other(type: String, text: String)
}

extension SQLValue {
    /// Whether this is NULL.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// What the value is, in SQL's words, for messages; never the value itself.
    public var typeName: String {
        switch self {
        case .null: "NULL"
        case .bool: "boolean"
        case .integer: "integer"
        case .double: "double precision"
        case .decimal: "numeric"
        case .text: "text"
        case .blob: "blob"
        case .uuid: "uuid"
        case .instant: "timestamp with time zone"
        case .localDateTime: "timestamp"
        case .localDate: "date"
        case .localTime: "time"
        case .interval: "interval"
        case .json: "json"
        case .array: "array"
        case .other(let type, _): type
        }
    }
}
