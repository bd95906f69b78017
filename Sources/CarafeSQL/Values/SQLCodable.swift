/// What can be bound to a statement.
///
/// ```swift
/// struct Slug: SQLEncodable, SQLDecodable {
///     var text: String
///     var sqlValue: SQLValue { .text(text) }
///     init?(sqlValue: SQLValue) {
///         guard case .text(let text) = sqlValue else { return nil }
///         self.text = text
///     }
/// }
/// ```
///
/// Enumerations with raw values need no more than the conformance: `enum Role: String, SQLCodable { case admin, editor }`.
public protocol SQLEncodable: Sendable {
    /// The value to bind.
    var sqlValue: SQLValue { get }
}

/// What can be read from a column.
public protocol SQLDecodable: Sendable {
    /// The value of a column; nil where the column's type is another or the value does not fit. The caller then throws an
    /// error that names column, type and row.
    init?(sqlValue: SQLValue)
}

/// What can be bound and read.
public typealias SQLCodable = SQLEncodable & SQLDecodable

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    /// The value to bind.
    public var sqlValue: SQLValue { rawValue.sqlValue }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        guard let rawValue = RawValue(sqlValue: sqlValue) else { return nil }
        self.init(rawValue: rawValue)
    }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    /// The value to bind.
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        if sqlValue.isNull {
            self = nil
        } else if let wrapped = Wrapped(sqlValue: sqlValue) {
            self = wrapped
        } else {
            return nil
        }
    }
}

extension SQLValue: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { self }
    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) { self = sqlValue }
}
