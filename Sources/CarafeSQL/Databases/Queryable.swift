/// What statements can be sent to: a ``Database``, a ``Connection``, a ``Transaction``.
///
/// Write functions against `some Queryable`, and they work alone as within a transaction.
public protocol Queryable: Sendable {
    /// Where the statements go.
    var session: QuerySession { get }
}

extension Queryable {
    /// What differs between databases in SQL.
    public var dialect: SQLDialect { session.database.dialect }

    /// Sends a statement and gives its rows.
    nonisolated(nonsending) public func query(
        _ statement: SQL, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> [Row] {
        try await session.all(statement, PlainReader.self, fileID, line)
    }

    /// Sends a statement and reads its rows as a `Decodable` type from the columns of its properties' names, or as a column's type
    /// from the only column.
    nonisolated(nonsending) public func query<Value: Decodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> [Value] {
        try await session.all(statement, DecodableReader<Value>.self, fileID, line)
    }

    /// Sends a statement and reads the only column of its rows.
    @_disfavoredOverload
    nonisolated(nonsending) public func query<Value: SQLDecodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> [Value] {
        try await session.all(statement, ValueReader<Value>.self, fileID, line)
    }

    /// Sends a statement and reads its rows as tuples: `as: (Int, String?).self`.
    nonisolated(nonsending) public func query<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>(
        _ statement: SQL, as type: (First, Second, repeat each Rest).Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> [(First, Second, repeat each Rest)] {
        try await session.all(statement, TupleReader<First, Second, repeat each Rest>.self, fileID, line)
    }

    /// Sends a statement and gives its first row; nil where it has none.
    nonisolated(nonsending) public func first(
        _ statement: SQL, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Row? {
        try await session.first(statement, PlainReader.self, fileID, line)
    }

    /// Sends a statement and reads its first row; nil where it has none.
    nonisolated(nonsending) public func first<Value: Decodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Value? {
        try await session.first(statement, DecodableReader<Value>.self, fileID, line)
    }

    /// Sends a statement and reads the only column of its first row; nil where it has none.
    @_disfavoredOverload
    nonisolated(nonsending) public func first<Value: SQLDecodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Value? {
        try await session.first(statement, ValueReader<Value>.self, fileID, line)
    }

    /// Sends a statement and reads its first row as a tuple; nil where it has none.
    nonisolated(nonsending) public func first<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>(
        _ statement: SQL, as type: (First, Second, repeat each Rest).Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> (First, Second, repeat each Rest)? {
        try await session.first(statement, TupleReader<First, Second, repeat each Rest>.self, fileID, line)
    }

    /// Sends a statement and gives its only row.
    ///
    /// - Throws: ``DatabaseError`` of kind `noRow` or `severalRows`
    nonisolated(nonsending) public func one(
        _ statement: SQL, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Row {
        try await session.one(statement, PlainReader.self, fileID, line)
    }

    /// Sends a statement and reads its only row: `one("SELECT count(*) FROM post", as: Int.self)`.
    ///
    /// - Throws: ``DatabaseError`` of kind `noRow` or `severalRows`
    nonisolated(nonsending) public func one<Value: Decodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Value {
        try await session.one(statement, DecodableReader<Value>.self, fileID, line)
    }

    /// Sends a statement and reads the only column of its only row.
    ///
    /// - Throws: ``DatabaseError`` of kind `noRow` or `severalRows`
    @_disfavoredOverload
    nonisolated(nonsending) public func one<Value: SQLDecodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Value {
        try await session.one(statement, ValueReader<Value>.self, fileID, line)
    }

    /// Sends a statement and reads its only row as a tuple.
    ///
    /// - Throws: ``DatabaseError`` of kind `noRow` or `severalRows`
    nonisolated(nonsending) public func one<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>(
        _ statement: SQL, as type: (First, Second, repeat each Rest).Type, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> (First, Second, repeat each Rest) {
        try await session.one(statement, TupleReader<First, Second, repeat each Rest>.self, fileID, line)
    }
}

extension QuerySession {
    fileprivate nonisolated(nonsending) func all<Reader: RowReading>(
        _ statement: SQL, _ reader: Reader.Type, _ fileID: String, _ line: Int
    ) async throws(DatabaseError) -> [Reader.Value] {
        try read(try await rows(statement, limit: .max, fileID, line), reader, statement, fileID, line)
    }

    fileprivate nonisolated(nonsending) func first<Reader: RowReading>(
        _ statement: SQL, _ reader: Reader.Type, _ fileID: String, _ line: Int
    ) async throws(DatabaseError) -> Reader.Value? {
        let rows = try await rows(statement, limit: 1, fileID, line)
        guard let values = rows.values.first else { return nil }
        return try read(values, rows.columns, reader, statement, fileID, line)
    }

    fileprivate nonisolated(nonsending) func one<Reader: RowReading>(
        _ statement: SQL, _ reader: Reader.Type, _ fileID: String, _ line: Int
    ) async throws(DatabaseError) -> Reader.Value {
        let rows = try await rows(statement, limit: 2, fileID, line)
        guard let values = rows.values.first else {
            throw DatabaseError(.noRow, "One row was asked for, and there is none.").at(statement, fileID, line)
        }
        guard rows.values.count == 1 else {
            throw DatabaseError(.severalRows, "One row was asked for, and there are more.").at(statement, fileID, line)
        }
        return try read(values, rows.columns, reader, statement, fileID, line)
    }

    private func read<Reader: RowReading>(
        _ values: [SQLValue], _ columns: RowColumns, _ reader: Reader.Type, _ statement: SQL, _ fileID: String,
        _ line: Int
    ) throws(DatabaseError) -> Reader.Value {
        do throws(DatabaseError) {
            let reader = try Reader(columns: columns, naming: database.configuration.columnNaming)
            return try reader.read(Row(columns: columns, values: values, number: 0))
        } catch {
            throw error.at(statement, fileID, line)
        }
    }

    private func read<Reader: RowReading>(
        _ rows: StatementRows, _ reader: Reader.Type, _ statement: SQL, _ fileID: String, _ line: Int
    ) throws(DatabaseError) -> [Reader.Value] {
        do throws(DatabaseError) {
            var result: [Reader.Value] = []
            result.reserveCapacity(rows.values.count)
            if rows.values.isEmpty { return result }
            let reader = try Reader(columns: rows.columns, naming: database.configuration.columnNaming)
            for (number, values) in rows.values.enumerated() {
                result.append(try reader.read(Row(columns: rows.columns, values: values, number: number)))
            }
            return result
        } catch {
            throw error.at(statement, fileID, line)
        }
    }

    /// Reads rows that have been taken as they are.
    func read<Reader: RowReading>(
        _ rows: [Row], _ reader: Reader.Type, _ statement: SQL, _ fileID: String, _ line: Int
    ) throws(DatabaseError) -> [Reader.Value] {
        guard let columns = rows.first?.columns else { return [] }
        return try read(
            StatementRows(columns: columns, values: rows.map(\.values), affectedRows: 0), reader, statement, fileID,
            line)
    }
}
