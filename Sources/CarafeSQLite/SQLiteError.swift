import CSQLite
import CarafeSQL

/// What SQLite says of a failure, in the words of ``DatabaseError``.
enum SQLiteError {
    /// The last failure of a connection.
    static func last(_ database: OpaquePointer?, _ code: Int32, statement: String? = nil) -> DatabaseError {
        let message =
            database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? String(cString: sqlite3_errstr(code))
        var error = make(code, message, statement: statement)
        if let database, let statement, error.kind == .statement {
            error.position = position(sqlite3_error_offset(database), in: statement)
        }
        return error
    }

    /// A failure of this extended result code.
    static func make(_ code: Int32, _ message: String, statement: String? = nil) -> DatabaseError {
        let (kind, hint) = kind(code)
        var error = DatabaseError(kind, message, hint: hint, code: String(code), statement: statement)
        if let subject = subject(of: message) { name(subject, kind, &error) }
        return error
    }

    private static func kind(_ code: Int32) -> (DatabaseError.Kind, hint: String?) {
        switch code {
        case 2067, 1555, 2579: return (.uniqueViolation, nil)  // UNIQUE, PRIMARY KEY, ROWID
        case 787: return (.foreignKeyViolation, nil)
        case 1299: return (.notNullViolation, nil)
        case 275: return (.checkViolation, nil)
        case 3091: return (.value, nil)  // a value of another type in a STRICT table
        case 517: return (.serializationFailure, nil)  // BUSY_SNAPSHOT
        case 2826: return (.resources, nil)  // IOERR_WRITE_FULL-like
        default: break
        }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            return (
                .locked,
                "Another connection or program holds the lock; the URL's option timeout says how long to wait for it."
            )
        case SQLITE_READONLY: return (.readOnly, nil)
        case SQLITE_INTERRUPT: return (.cancelled, nil)
        case SQLITE_FULL, SQLITE_NOMEM: return (.resources, nil)
        // Reads and writes that the system refused: a disk that is full in another way, or broken.
        case SQLITE_IOERR:
            return (.resources, "The system refused to read or write the file: look at the disk, its quota and limits.")
        case SQLITE_CORRUPT, SQLITE_NOTADB: return (.corrupt, nil)
        case SQLITE_CANTOPEN: return (.connectionFailed, nil)
        case SQLITE_PERM, SQLITE_AUTH: return (.permission, nil)
        case SQLITE_TOOBIG, SQLITE_MISMATCH: return (.value, nil)
        case SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_RANGE: return (.statement, nil)
        default: return (.other, nil)
        }
    }

    /// What follows `constraint failed: `.
    private static func subject(of message: String) -> Substring? {
        let mark = Array(" constraint failed: ".utf8)
        let bytes = message.utf8
        var start = bytes.startIndex
        while start < bytes.endIndex {
            if bytes[start...].starts(with: mark) { return message[bytes.index(start, offsetBy: mark.count)...] }
            start = bytes.index(after: start)
        }
        return nil
    }

    /// `user.email, user.name`, `index 'post_slug'`, or the name of a check.
    private static func name(_ subject: Substring, _ kind: DatabaseError.Kind, _ error: inout DatabaseError) {
        switch kind {
        case .uniqueViolation where subject.utf8.starts(with: "index '".utf8):
            error.constraint = String(decoding: subject.utf8.dropFirst(7).dropLast(), as: UTF8.self)
        case .uniqueViolation, .notNullViolation:
            let first = subject.utf8.prefix { $0 != UInt8(ascii: ",") }
            guard let dot = first.firstIndex(of: UInt8(ascii: ".")) else { return }
            error.table = String(decoding: first[..<dot], as: UTF8.self)
            error.column = String(decoding: first[first.index(after: dot)...], as: UTF8.self)
        case .checkViolation: error.constraint = String(subject)
        default: break
        }
    }

    /// A place in bytes as a place in Unicode scalars from 1.
    static func position(_ offset: Int32, in text: String) -> Int? {
        guard offset >= 0 else { return nil }
        var scalars = 1
        for byte in text.utf8.prefix(Int(offset)) where byte & 0xC0 != 0x80 { scalars += 1 }
        return scalars
    }
}
