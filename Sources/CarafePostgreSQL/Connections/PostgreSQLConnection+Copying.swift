import CPostgreSQL
import CarafeSQL

extension PostgreSQLConnection {
    /// Starts `COPY … FROM STDIN`.
    func startCopyIn(_ statement: SQL) throws(DatabaseError) {
        let text = try StatementText(statement, into: &parameters).text
        try begin(text)
        do throws(DatabaseError) {
            // COPY takes no values, and the server says so.
            guard
                parameters.withPointers({
                    PQsendQueryParams(handle, text, CInt(parameters.count), nil, $0, nil, nil, 0)
                }) == 1
            else { throw lost() }
            try flush()
            guard let result = try nextResult() else { throw lost() }
            switch PQresultStatus(result) {
            case PGRES_COPY_IN:
                PQclear(result)
                isCopying = true
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                let error = failure(result)
                if !isBroken { try drain() }
                throw error
            case PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw refuseCopy(result)
            default:
                PQclear(result)
                try drain()
                throw DatabaseError(
                    .statement, "The statement takes no rows: it is no COPY … FROM STDIN.", statement: text)
            }
        } catch {
            end()
            throw error
        }
    }

    /// Sends bytes of a copy. They need not end where a row ends.
    func sendCopyData(_ bytes: [UInt8]) throws(DatabaseError) {
        guard isCopying else { throw Self.noCopy }
        var sent = 0
        while sent < bytes.count {
            // Parts of a size that libpq's buffer grows by, so that it holds little more than one of them.
            let count = min(bytes.count - sent, 64 << 10)
            let result = bytes.withUnsafeBytes { bytes in
                PQputCopyData(
                    handle, bytes.baseAddress?.advanced(by: sent).assumingMemoryBound(to: CChar.self), CInt(count))
            }
            switch result {
            case 1: sent += count
            case 0: break
            default: throw lost()
            }
            try flush()
        }
        // The server refuses a bad row at once: there is no use in sending all others.
        guard PQconsumeInput(handle) == 1 else { throw lost() }
        guard stopper.reason == nil else { throw try endCopyIn(because: "the task was cancelled") ?? lost() }
    }

    /// Ends the copy, and returns how many rows there were.
    func finishCopyIn() throws(DatabaseError) -> Int {
        guard isCopying else { throw Self.noCopy }
        try sendCopyEnd(nil)
        var rows = 0
        var error: DatabaseError?
        while let result = try nextResult() {
            if PQresultStatus(result) == PGRES_COMMAND_OK {
                rows = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
                PQclear(result)
            } else {
                let failure = failure(result)
                if error == nil { error = failure }
            }
        }
        end()
        if let error { throw error }
        return rows
    }

    /// Ends the copy so that nothing of it remains, and returns what the server says to that.
    @discardableResult
    func endCopyIn(because reason: String) throws(DatabaseError) -> DatabaseError? {
        try sendCopyEnd(reason)
        var error: DatabaseError?
        while let result = try nextResult() { error = failure(result) }
        end()
        if error?.code == "57014" { error?.kind = .cancelled }
        return error
    }

    private static let noCopy = DatabaseError(
        .statement, "The copy was ended by another statement of the same connection.",
        hint: "What is copied cannot come from the connection that it goes to.")

    private func sendCopyEnd(_ reason: String?) throws(DatabaseError) {
        isCopying = false
        while true {
            switch PQputCopyEnd(handle, reason) {
            case 1:
                try flush()
                return
            case 0: try flush()
            default: throw lost()
            }
        }
    }

    /// The next piece of a copy from the server, a row in most formats; nil after the last.
    func nextCopyData() throws(DatabaseError) -> [UInt8]? {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(handle, &buffer, 1)
            if count > 0, let buffer {
                defer { PQfreemem(buffer) }
                return [UInt8](UnsafeRawBufferPointer(start: buffer, count: Int(count)))
            }
            switch count {
            case 0:
                _ = try wait(for: 1)
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            case -1:
                try finishStatement()
                return nil
            default:
                throw lost()
            }
        }
    }

    /// Ends a copy that was asked for where a query belongs, and returns the error to throw.
    func refuseCopy(_ result: OpaquePointer) -> DatabaseError {
        let isIn = PQresultStatus(result) == PGRES_COPY_IN
        PQclear(result)
        if isIn {
            _ = try? endCopyIn(because: "no data")
        } else {
            stopper.cancel()
            while let bytes = try? nextCopyData() { _ = bytes }
            end()
        }
        return DatabaseError(
            .statement, "COPY moves its rows by another way than a query.",
            hint: "Use copyIn(_:from:) or copyOut(_:).", statement: statementText)
    }
}
