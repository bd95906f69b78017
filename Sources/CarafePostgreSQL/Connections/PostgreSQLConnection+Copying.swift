import CPostgreSQL
import CarafeSQL

extension PostgreSQLConnection {
    /// Starts `COPY … FROM STDIN`.
    func startCopyIn(_ statement: SQL) throws(DatabaseError) { try startCopy(statement, PGRES_COPY_IN) }

    /// Starts `COPY … TO STDOUT`.
    func startCopyOut(_ statement: SQL) throws(DatabaseError) { try startCopy(statement, PGRES_COPY_OUT) }

    private func startCopy(_ statement: SQL, _ direction: ExecStatusType) throws(DatabaseError) {
        let text = try StatementText(statement, into: &parameters).text
        guard parameters.count == 0 else {
            throw DatabaseError(.statement, "COPY takes no values", statement: text)
        }
        try begin(text)
        do throws(DatabaseError) {
            guard PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1 else { throw lost() }
            try flush()
            guard let result = try nextResult() else { throw lost() }
            let status = PQresultStatus(result)
            guard status != direction else { return PQclear(result) }
            switch status {
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw refuseCopy(result)
            case PGRES_FATAL_ERROR:
                let error = failure(result)
                if !isBroken { try drain() }
                throw error
            default:
                PQclear(result)
                try drain()
                throw DatabaseError(.statement, "the statement copies nothing", statement: text)
            }
        } catch {
            end()
            throw error
        }
    }

    /// Sends bytes of a copy. They need not end where a row ends.
    func sendCopyData(_ bytes: UnsafeRawBufferPointer) throws(DatabaseError) {
        var rest = bytes
        while !rest.isEmpty {
            // Parts of a size that libpq's buffer grows by, so that it holds little more than one of them.
            let count = min(rest.count, 64 << 10)
            let base = rest.baseAddress?.assumingMemoryBound(to: CChar.self)
            switch PQputCopyData(handle, base, CInt(count)) {
            case 1: rest = UnsafeRawBufferPointer(rebasing: rest[count...])
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

    private func sendCopyEnd(_ reason: String?) throws(DatabaseError) {
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

    /// Stops a copy from the server in the middle.
    func endCopyOut() {
        stopper.cancel()
        while let bytes = try? nextCopyData() { _ = bytes }
        end()
    }

    /// Ends a copy that was asked for where a query belongs, and returns the error to throw.
    func refuseCopy(_ result: OpaquePointer) -> DatabaseError {
        let isIn = PQresultStatus(result) == PGRES_COPY_IN
        PQclear(result)
        if isIn {
            _ = try? endCopyIn(because: "no data")
        } else {
            endCopyOut()
        }
        return DatabaseError(
            .statement, "COPY moves its rows by another way than a query",
            hint: "Use copyIn(_:from:) or copyOut(_:).", statement: statementText)
    }
}
