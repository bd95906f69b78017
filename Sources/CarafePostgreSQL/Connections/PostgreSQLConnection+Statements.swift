import CPostgreSQL
import CarafeSQL

extension PostgreSQLConnection {
    func start(_ statement: SQL, isBounded: Bool) throws(DatabaseError) -> any DriverCursor {
        let text = try StatementText(statement, into: &parameters)
        try begin(text.text)
        do throws(DatabaseError) {
            return try execute(text.text, isBounded: isBounded)
        } catch {
            end()
            throw error
        }
    }

    private func execute(_ text: String, isBounded: Bool) throws(DatabaseError) -> any PostgreSQLRows {
        var isSecondTry = false
        while true {
            let statement = settings.preparesStatements ? try preparedStatement(text) : nil
            let isGuarded = isBounded && stateBefore == .open && StatementText.onlyReads(text)
            if isGuarded { _ = try ownRows("SAVEPOINT \(PostgreSQLCursor.savepoint)") }
            try send(text, statement)
            do throws(DatabaseError) {
                let cursor = try firstResult(statement, isBounded: isBounded)
                if isGuarded, let cursor = cursor as? PostgreSQLCursor { try cursor.guardBySavepoint(self) }
                return cursor
            } catch {
                // The server has forgotten the statement, or its columns have changed: it failed before it did anything.
                guard let statement, error.code == "26000" || error.code == "0A000", !isBroken else { throw error }
                prepared.remove(statement)
                guard stateBefore == .none, !isSecondTry else { throw error }
                isSecondTry = true
            }
        }
    }

    private func send(_ text: String, _ statement: PreparedStatement?) throws(DatabaseError) {
        let count = CInt(parameters.count)
        let isSent: Bool
        if let statement, let name = statement.name {
            if statement.isSessionChange { isSessionChanged = true }
            isSent = parameters.withPointers { PQsendQueryPrepared(handle, name, count, $0, nil, nil, 0) == 1 }
        } else {
            if StatementText.changesSession(text) { isSessionChanged = true }
            let types = parameters.forcedTypes?.map(\.rawValue)
            isSent = parameters.withPointers { PQsendQueryParams(handle, text, count, types, $0, nil, nil, 0) == 1 }
        }
        guard isSent else { throw lost() }
    }

    /// Waits for what the server answers to the statement that was sent.
    private func firstResult(_ statement: PreparedStatement?, isBounded: Bool) throws(DatabaseError)
        -> any PostgreSQLRows
    {
        if isBounded { PQsetSingleRowMode(handle) }
        try flush()
        guard let result = try nextResult() else { throw lost() }
        let status = PQresultStatus(result)
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            try drain()
            let columns = try columns(of: result, statement, isIdle: true)
            end()
            return PostgreSQLCursor(rows: result, columns: columns)
        case PGRES_SINGLE_TUPLE:
            let columns = try columns(of: result, statement, isIdle: false)
            let cursor = PostgreSQLCursor(streaming: self, first: result, columns: columns)
            openCursor = cursor
            return cursor
        case PGRES_COPY_OUT where isBounded:
            PQclear(result)
            let cursor = PostgreSQLCopyCursor(self)
            openCursor = cursor
            return cursor
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            throw refuseCopy(result)
        default:
            let error = failure(result)
            if !isBroken { try drain() }
            throw error
        }
    }

    /// The columns of a result, as its statement has them if it is a prepared one. Clears the result where it throws.
    private func columns(
        of result: OpaquePointer, _ statement: PreparedStatement?, isIdle: Bool
    ) throws(DatabaseError) -> ResultColumns {
        if let columns = statement?.columns { return columns }
        do throws(DatabaseError) {
            return try columns(of: result, isIdle: isIdle)
        } catch {
            PQclear(result)
            throw error
        }
    }

    /// Takes back the statement whose rows were left in the middle, so that the transaction goes on.
    func rollBackStream() {
        deadline = Self.now + settings.cancelTimeout
        isGivingUp = true
        _ = try? ownRows("ROLLBACK TO \(PostgreSQLCursor.savepoint)")
        _ = try? ownRows("RELEASE \(PostgreSQLCursor.savepoint)")
    }

    /// Reads the rest of a statement, which is nothing but its end.
    func drain() throws(DatabaseError) {
        while let result = try nextResult() { PQclear(result) }
    }
}
