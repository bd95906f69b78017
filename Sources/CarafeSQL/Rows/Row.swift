/// A row of a query's result.
///
/// ```swift
/// let row = try await db.one("SELECT id, title, created FROM post WHERE id = \(id)")
/// let title = try row["title", as: String.self]
/// let created: Date? = try row.get("created")
/// ```
///
/// Rows are `Encodable` as objects of their columns: they go into JSON and templates as they are.
public struct Row: Sendable {
    /// The columns of all rows of the result.
    public let columns: RowColumns
    /// The values in the columns' order.
    public let values: [SQLValue]

    /// Where the row is in its result, from 0; nil where that is not known.
    package let number: Int?

    /// A row of these values, one for each column.
    public init(columns: RowColumns, values: [SQLValue]) { self.init(columns: columns, values: values, number: nil) }

    package init(columns: RowColumns, values: [SQLValue], number: Int?) {
        self.columns = columns
        self.values = values
        self.number = number
    }

    /// The value of the first column of this name; nil where there is no such column.
    public subscript(name: String) -> SQLValue? {
        guard let index = columns.index(of: name), index < values.count else { return nil }
        return values[index]
    }

    /// The value of a column, counted from 0; nil where there are not as many.
    public subscript(index: Int) -> SQLValue? { values.indices.contains(index) ? values[index] : nil }

    /// The value of the first column of this name as `type`.
    ///
    /// - Throws: ``DatabaseError`` of kind `typeMismatch`, also where there is no such column
    public subscript<Value: SQLDecodable>(name: String, as type: Value.Type) -> Value {
        get throws(DatabaseError) { try get(name, as: type) }
    }

    /// The value of a column, counted from 0, as `type`.
    ///
    /// - Throws: ``DatabaseError`` of kind `typeMismatch`, also where there are not as many columns
    public subscript<Value: SQLDecodable>(index: Int, as type: Value.Type) -> Value {
        get throws(DatabaseError) { try get(index, as: type) }
    }

    /// The value of the first column of this name as the type that is expected.
    public func get<Value: SQLDecodable>(_ name: String, as type: Value.Type = Value.self) throws(DatabaseError)
        -> Value
    {
        guard let index = columns.index(of: name) else {
            throw DatabaseError(
                .typeMismatch, "There is no column \(name): the row has \(columns.names.joined(separator: ", ")).",
                column: name)
        }
        return try get(index, as: type)
    }

    /// The value of a column, counted from 0, as the type that is expected.
    public func get<Value: SQLDecodable>(_ index: Int, as type: Value.Type = Value.self) throws(DatabaseError) -> Value
    {
        guard values.indices.contains(index) else {
            throw DatabaseError(
                .typeMismatch, "There is no column \(index): the row has \(values.count), counted from 0.")
        }
        guard let value = Value(sqlValue: values[index]) else { throw mismatch(at: index, Value.self) }
        return value
    }

    /// Column, type asked for, type there and row, for the one who must mend the statement or the type.
    package func mismatch(at index: Int, _ type: Any.Type, because reason: String? = nil) -> DatabaseError {
        let name = index < columns.names.count ? columns.names[index] : String(index)
        var message = "Column \(name)"
        if let number { message += " of row \(number + 1)" }
        let value = index < values.count ? values[index] : .null
        message += " cannot be read as \(String(reflecting: type).withoutModules): it is \(value.typeName)"
        if index < columns.types.count, !columns.types[index].isEmpty, columns.types[index] != value.typeName {
            message += " in a column of type \(columns.types[index])"
        }
        message += reason.map { " (\($0))." } ?? "."
        var error = DatabaseError(.typeMismatch, message, column: name)
        if value.isNull { error.hint = "Where NULL is right, ask for \(String(reflecting: type).withoutModules)?." }
        return error
    }
}

extension DatabaseError {
    package init(_ kind: Kind, _ message: String, column: String) {
        self.init(kind, message)
        self.column = column
    }
}

extension String {
    /// A type's name without the modules of the standard library.
    fileprivate var withoutModules: String {
        var result = self
        for module in ["Swift.", "FoundationEssentials.", "CarafeSQL."] where result.utf8.starts(with: module.utf8) {
            result.removeFirst(module.utf8.count)
        }
        return result
    }
}

extension Row: CustomStringConvertible {
    /// The columns and their types, without values: it can be logged.
    public var description: String {
        "Row(" + zip(columns.names, values).map { "\($0): \($1.typeName)" }.joined(separator: ", ") + ")"
    }
}
