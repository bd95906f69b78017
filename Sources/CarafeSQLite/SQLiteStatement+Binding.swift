import CSQLite
import CarafeSQL
import FoundationEssentials

extension SQLiteStatement {
    /// Binds a statement's values in their order, in SQLAlchemy's formats.
    func bind(_ statement: SQL) throws(DatabaseError) {
        var index: Int32 = 0
        for part in statement.parts {
            switch part {
            case .text, .identifier: break
            case .value(let value):
                index += 1
                try bind(value, index)
            case .list(let values):
                for value in values {
                    index += 1
                    try bind(value, index)
                }
            }
        }
    }

    private func bind(_ value: SQLValue, _ index: Int32) throws(DatabaseError) {
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(handle, index)
        case .bool(let bool): code = sqlite3_bind_int64(handle, index, bool ? 1 : 0)
        case .integer(let integer): code = sqlite3_bind_int64(handle, index, integer)
        case .double(let double):
            guard !double.isNaN else {
                throw DatabaseError(.value, "SQLite cannot store a number that is none (NaN): it would become NULL.")
            }
            code = sqlite3_bind_double(handle, index, double)
        case .decimal(let decimal): code = try bind(decimal, index)
        case .text(let text), .json(let text): code = bind(text, index)
        case .other:
            try value.checkEncodable()
            code = bind(String(sqlValue: value) ?? "", index)
        case .blob(let bytes):
            code =
                bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : bytes.withUnsafeBytes { carafe_sqlite3_bind_blob(handle, index, $0.baseAddress, UInt64($0.count)) }
        case .uuid(let uuid): code = bind(uuid.sqliteText, index)
        case .instant(let instant):
            guard let local = LocalDateTime(instant) else {
                throw DatabaseError(.value, "The point in time is too far away to be stored.")
            }
            code = bind(local.sqliteText, index)
        case .localDateTime(let local): code = bind(local.sqliteText, index)
        case .localDate(let date): code = bind(date.description, index)
        case .localTime(let time): code = bind(time.sqliteText, index)
        case .interval(let interval):
            guard let microseconds = interval.wholeMicroseconds,
                let local = LocalDateTime(microsecondsSinceEpoch: microseconds)
            else {
                throw DatabaseError(
                    .value, "SQLite cannot store an interval of months or of very many years.",
                    hint: "SQLAlchemy's format has days and less.")
            }
            code = bind(local.sqliteText, index)
        case .array:
            throw DatabaseError(
                .value, "SQLite has no arrays.",
                hint: "Store the values as JSON: \\(json: values); or use a table of their own.")
        }
        if code != SQLITE_OK { throw SQLiteError.make(code, String(cString: sqlite3_errstr(code))) }
    }

    private func bind(_ text: String, _ index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return carafe_sqlite3_bind_text(handle, index, "", 0) }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                carafe_sqlite3_bind_text(handle, index, $0, UInt64(bytes.count))
            }
        }
    }

    /// A real, as SQLAlchemy's `Numeric` stores it; the text where a real would change the number.
    private func bind(_ decimal: Decimal, _ index: Int32) throws(DatabaseError) -> Int32 {
        let text = decimal.description
        guard !decimal.isNaN else { throw DatabaseError(.value, "SQLite cannot store a number that is none (NaN).") }
        if let double = Double(text), double.isFinite, Decimal(sqlValue: .double(double)) == decimal {
            return sqlite3_bind_double(handle, index, double)
        }
        return bind(text, index)
    }
}
