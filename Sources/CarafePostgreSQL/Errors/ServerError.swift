import CPostgreSQL
import CarafeSQL

extension DatabaseError {
    /// The error that a result holds.
    ///
    /// What the server says in detail (`Key (email)=(…) already exists`) holds values and is left out.
    init(result: OpaquePointer?, statement: String?) {
        let code = ResultField.code.text(of: result)
        let message = ResultField.message.text(of: result) ?? Self.firstLine(PQresultErrorMessage(result))
        self.init(
            code.map(SQLState.kind) ?? .other, Self.withoutValues(message, code: code ?? ""),
            hint: ResultField.hint.text(of: result), code: code, statement: statement)
        constraint = ResultField.constraint.text(of: result)
        table = ResultField.table.text(of: result)
        column = ResultField.column.text(of: result)
        position = ResultField.position.text(of: result).flatMap { Int($0) }
        if hint == nil { hint = Self.hint(for: code ?? "") }
    }

    /// The connection broke while a statement was on its way, or before.
    static func lost(_ connection: OpaquePointer?, statement: String?) -> DatabaseError {
        let reason = firstLine(PQerrorMessage(connection))
        return DatabaseError(
            .connectionLost, reason.isEmpty ? "The connection to the server broke." : reason,
            hint: "Whether the statement was done is not known.", statement: statement)
    }

    /// No connection could be made.
    static func connectionFailed(_ connection: OpaquePointer?) -> DatabaseError {
        let reason = firstLine(PQerrorMessage(connection))
        var error = DatabaseError(.connectionFailed, reason.isEmpty ? "No connection to the server." : reason)
        // libpq gives no SQLSTATE for a refused connection; `fe_sendauth: no password supplied` is its own.
        if PQconnectionNeedsPassword(connection) != 0 {
            error.hint = "Put the user's password into the database's URL."
        }
        return error
    }

    /// The first line of what libpq says, whose other lines guess at reasons.
    static func firstLine(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        var bytes: [UInt8] = []
        var index = 0
        while text[index] != 0, text[index] != 0x0A {
            bytes.append(UInt8(bitPattern: text[index]))
            index += 1
        }
        while bytes.last == 0x20 || bytes.last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Errors of data quote the value that does not fit: everything between the first and the last quotation mark goes.
    private static func withoutValues(_ message: String, code: String) -> String {
        guard code.utf8.starts(with: "22".utf8), code != "22021" else { return message }
        let bytes = Array(message.utf8)
        let quote = UInt8(ascii: "\"")
        guard let first = bytes.firstIndex(of: quote), let last = bytes.lastIndex(of: quote), first < last else {
            return message
        }
        return String(decoding: bytes[...first], as: UTF8.self) + "…" + String(decoding: bytes[last...], as: UTF8.self)
    }

    private static func hint(for code: String) -> String? {
        switch code {
        case "25P02": "A statement of this transaction has failed: it can only be rolled back."
        case "26000", "42P05": "Where PgBouncer gives each transaction another connection, add prepared=off to the URL."
        case "42P18": "Say the value's type in the statement: CAST(… AS integer)."
        default: nil
        }
    }
}
