import CSQLite
import CarafeSQL

/// A compiled statement.
final class SQLiteStatement {
    let handle: OpaquePointer
    /// Whether it changes nothing in the database file.
    let isReadOnly: Bool
    /// Whether it may change settings of the connection.
    let mayChangeSettings: Bool
    /// When it was used last, for the cache.
    var lastUse: UInt64 = 0

    private var currentColumns: RowColumns?
    private var compilations: Int32 = -1

    init(_ handle: OpaquePointer, mayChangeSettings: Bool = false) {
        self.handle = handle
        self.mayChangeSettings = mayChangeSettings
        isReadOnly = sqlite3_stmt_readonly(handle) != 0
    }

    deinit { sqlite3_finalize(handle) }

    /// The columns. SQLite compiles a statement anew when the schema has changed, and it may have others then.
    var columns: RowColumns {
        let compilations = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0)
        if let currentColumns, compilations == self.compilations { return currentColumns }
        self.compilations = compilations
        var (names, types): ([String], [String]) = ([], [])
        for index in 0..<sqlite3_column_count(handle) {
            names.append(sqlite3_column_name(handle, index).map { String(cString: $0) } ?? "")
            types.append(sqlite3_column_decltype(handle, index).map { String(cString: $0) } ?? "")
        }
        let columns = RowColumns(names: names, types: types)
        currentColumns = columns
        return columns
    }

    /// The values of the row at which the statement stands.
    func row() -> [SQLValue] {
        let count = sqlite3_data_count(handle)
        // `init(unsafeUninitializedCapacity:)` looks up the array's type each time.
        var values: [SQLValue] = []
        values.reserveCapacity(Int(count))
        for index in 0..<count { values.append(value(index)) }
        return values
    }

    private func value(_ index: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: return .double(sqlite3_column_double(handle, index))
        case SQLITE_TEXT:
            // The count is asked for after the text, which may be converted. Bytes that are no UTF-8 become U+FFFD.
            guard let bytes = sqlite3_column_text(handle, index) else { return .text("") }
            let count = Int(sqlite3_column_bytes(handle, index))
            return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(handle, index) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(handle, index))
            return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
        default: return .null
        }
    }
}

extension SQL {
    /// The text as SQLite takes it.
    var sqliteText: String {
        if parts.count == 1, case .text(let text) = parts[0] { return text }
        var text = ""
        for part in parts {
            switch part {
            case .text(let part): text += part
            case .identifier(let identifier): text += identifier.quoted
            case .value: text += "?"
            case .list(let values):
                for index in values.indices { text += index == 0 ? "?" : ", ?" }
            }
        }
        return text
    }
}
