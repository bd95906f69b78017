import CSQLite
import CarafeSQL

/// The rows of a statement that reads, one by one.
final class SQLiteCursor: DriverCursor {
    let columns: RowColumns
    private let connection: SQLiteConnection
    private let statement: SQLiteStatement
    private var hasRow: Bool
    private var isOpen = true

    /// - Parameter hasRow: whether the statement stands at its first row; it has been stepped once
    init(_ connection: SQLiteConnection, _ statement: SQLiteStatement, hasRow: Bool) {
        self.connection = connection
        self.statement = statement
        self.hasRow = hasRow
        columns = statement.columns
        if !hasRow { close() }
    }

    var affectedRows: Int { 0 }

    func next() throws(DatabaseError) -> [SQLValue]? {
        guard hasRow, isOpen else { return nil }
        let row = statement.row()
        hasRow = try connection.step(statement)
        if !hasRow { close() }
        return row
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        connection.finish(statement)
    }
}

/// What a statement that writes has given.
final class SQLiteResult: DriverCursor {
    let columns: RowColumns
    let affectedRows: Int
    private let rows: [[SQLValue]]
    private var index = 0

    init(columns: RowColumns, rows: [[SQLValue]], affectedRows: Int) {
        self.columns = columns
        self.rows = rows
        self.affectedRows = affectedRows
    }

    func next() -> [SQLValue]? {
        guard index < rows.count else { return nil }
        defer { index += 1 }
        return rows[index]
    }

    func close() { index = rows.count }
}
