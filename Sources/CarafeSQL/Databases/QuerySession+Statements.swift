/// All rows of a statement.
struct StatementRows: Sendable {
    var columns: RowColumns
    var values: [[SQLValue]]
    var affectedRows: Int
}

extension QuerySession {
    /// Sends a statement and takes at most so many rows.
    nonisolated(nonsending) func rows(
        _ statement: SQL, limit: Int, _ fileID: String, _ line: Int
    ) async throws(DatabaseError) -> StatementRows {
        guard database.configuration.onQuery != nil else {
            do throws(DatabaseError) {
                return try await rows(statement, limit: limit)
            } catch {
                throw error.at(statement, fileID, line)
            }
        }
        return try await recorded(
            statement, fileID, line, { $0.columns.count == 0 ? $0.affectedRows : $0.values.count }
        ) {
            () async throws(DatabaseError) in try await rows(statement, limit: limit)
        }
    }

    private nonisolated(nonsending) func rows(_ statement: SQL, limit: Int) async throws(DatabaseError) -> StatementRows
    {
        try await perform(for: statement) { connection, _ throws(DatabaseError) in
            let cursor = try connection.start(statement, isBounded: false)
            defer { cursor.close() }
            var values: [[SQLValue]] = []
            while values.count < limit, let row = try cursor.next() { values.append(row) }
            return StatementRows(columns: cursor.columns, values: values, affectedRows: cursor.affectedRows)
        }
    }

    fileprivate func run(batch: [SQL], _ fileID: String, _ line: Int) async throws(DatabaseError) -> Int {
        guard let first = batch.first else { return 0 }
        return try await recorded(first, repetitions: batch.count, fileID, line, { $0 }) {
            () async throws(DatabaseError) in
            try await perform(for: nil) { connection, driver throws(DatabaseError) in
                try connection.requireNoCursor()
                return try driver.runBatch(batch)
            }
        }
    }

    /// Runs `body`, tells of it, and says in its error where it was sent.
    func recorded<Success>(
        _ statement: SQL, repetitions: Int = 1, _ fileID: String, _ line: Int, _ rows: (Success) -> Int,
        _ body: () async throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        guard let onQuery = database.configuration.onQuery else {
            do throws(DatabaseError) { return try await body() } catch { throw error.at(statement, fileID, line) }
        }
        let start = ContinuousClock.now
        let result: Result<Success, DatabaseError>
        do throws(DatabaseError) {
            result = .success(try await body())
        } catch {
            result = .failure(error.at(statement, fileID, line))
        }
        var record = QueryRecord(
            database: database.configuration.name, statement: statement.description, values: statement.values,
            duration: ContinuousClock.now - start, rows: 0, source: "\(fileID):\(line)")
        record.repetitions = repetitions
        switch result {
        case .success(let success): record.rows = rows(success)
        case .failure(let error): record.error = error
        }
        onQuery(record)
        // Thrown here, the error is known to have come this way; what `get` throws is not.
        switch result {
        case .success(let success): return success
        case .failure(let error): throw error
        }
    }
}

extension DatabaseError {
    /// The error with the statement and the place that sent it.
    func at(_ statement: SQL, _ fileID: String, _ line: Int) -> DatabaseError {
        var error = self
        error.statement = error.statement ?? statement.description
        error.source = error.source ?? "\(fileID):\(line)"
        return error
    }
}

extension Queryable {
    /// Sends a statement and gives how many rows it changed.
    @discardableResult
    nonisolated(nonsending) public func execute(
        _ statement: SQL, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Int {
        try await session.rows(statement, limit: .max, fileID, line).affectedRows
    }

    /// Sends the same statement with the values of many elements, in about as many round trips as one, and gives how many rows
    /// were changed in all. Where it fails for one, it is done for none.
    ///
    /// ```swift
    /// try await db.executeBatch(words) { "INSERT INTO word (text, count) VALUES (\($0.text), \($0.count))" }
    /// ```
    @discardableResult
    public func executeBatch<Elements: Sequence>(
        _ elements: Elements, fileID: String = #fileID, line: Int = #line,
        isolation actor: isolated (any Actor)? = #isolation,
        _ statement: (Elements.Element) throws -> SQL
    ) async throws -> Int {
        let statements = try elements.map(statement)
        guard let first = statements.first else { return 0 }
        let shape = StatementShape(first)
        for statement in statements where StatementShape(statement) != shape {
            throw DatabaseError(
                .statement, "The statements of a batch have different texts.",
                hint: "Only values may differ between the elements; lists must be of one length."
            ).at(statement, fileID, line)
        }
        return try await session.run(batch: statements, fileID, line)
    }

    /// Runs a text of several statements without values, such as a schema. It stops at the first that fails.
    public func executeScript(
        _ script: RawSQL, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) {
        let statement = SQL(parts: [.text(script.text)])
        try await session.recorded(statement, fileID, line, { 0 }) { () async throws(DatabaseError) in
            try await session.perform(for: nil) { connection, driver throws(DatabaseError) in
                try connection.requireNoCursor()
                try driver.runScript(script.text)
            }
        }
    }

    /// Whether a statement has any row.
    nonisolated(nonsending) public func exists(
        _ statement: SQL, fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Bool {
        try await !session.rows(statement, limit: 1, fileID, line).values.isEmpty
    }
}
