/// Makes values of one type from the rows of one result. Not for two tasks at once.
protocol RowReading<Value> {
    associatedtype Value
    init(columns: RowColumns, naming: ColumnNaming) throws(DatabaseError)
    func read(_ row: Row) throws(DatabaseError) -> Value
}

/// Rows as they are.
struct PlainReader: RowReading {
    init(columns: RowColumns, naming: ColumnNaming) {}
    func read(_ row: Row) -> Row { row }
}

/// Types of columns from the only column, and other `Decodable` types from all of them.
final class DecodableReader<Value: Decodable>: RowReading {
    private let decoder: RowDecoder
    private let single: (any SQLDecodable.Type)?

    init(columns: RowColumns, naming: ColumnNaming) throws(DatabaseError) {
        decoder = RowDecoder(columns: columns, naming: naming)
        // Looking for a conformance costs as much as reading a few columns: where there are several, the decoder refuses a type
        // that is read from one.
        single = columns.count == 1 ? Value.self as? any SQLDecodable.Type : nil
    }

    deinit { decoder.close() }

    func read(_ row: Row) throws(DatabaseError) -> Value {
        guard let single else { return try decoder.decode(Value.self, from: row) }
        return try readSingle(single, row)
    }

    /// Not inlined: its cast looks up a type, also where it does not come to pass.
    @inline(never)
    private func readSingle(_ type: any SQLDecodable.Type, _ row: Row) throws(DatabaseError) -> Value {
        guard let column = row[0], let value = type.init(sqlValue: column) as? Value else {
            throw row.mismatch(at: 0, Value.self)
        }
        return value
    }
}

/// Types of columns that are not `Decodable`, from the only column.
struct ValueReader<Value: SQLDecodable>: RowReading {
    init(columns: RowColumns, naming: ColumnNaming) throws(DatabaseError) { try requireSingle(columns, Value.self) }

    func read(_ row: Row) throws(DatabaseError) -> Value { try row.get(0) }
}

func requireSingle(_ columns: RowColumns, _ type: Any.Type) throws(DatabaseError) {
    guard columns.count != 1 else { return }
    throw DatabaseError(
        .typeMismatch,
        "A row of \(columns.count) columns (\(columns.names.joined(separator: ", "))) cannot be read as one \(type).",
        hint: "Select one column, or ask for a tuple.")
}

/// Tuples, from as many columns.
struct TupleReader<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>: RowReading {
    init(columns: RowColumns, naming: ColumnNaming) throws(DatabaseError) {
        var count = 2
        for _ in repeat (each Rest).self { count += 1 }
        guard columns.count == count else {
            throw DatabaseError(
                .typeMismatch,
                "A row of \(columns.count) columns (\(columns.names.joined(separator: ", "))) cannot be read as a tuple of \(count)."
            )
        }
    }

    func read(_ row: Row) throws(DatabaseError) -> (First, Second, repeat each Rest) {
        var index = 1
        func next<Value: SQLDecodable>(_ type: Value.Type) throws(DatabaseError) -> Value {
            index += 1
            return try row.get(index)
        }
        return (try row.get(0), try row.get(1), repeat try next((each Rest).self))
    }
}
