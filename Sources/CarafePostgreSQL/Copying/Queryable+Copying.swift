public import CarafeSQL

extension Queryable {
    /// Sends rows to the server by `COPY … FROM STDIN`, and gives how many there were. Where anything fails, none is there.
    ///
    /// ```swift
    /// try await db.copyIn("COPY word (text, count) FROM STDIN (FORMAT csv)", from: request.body)
    /// ```
    ///
    /// - Parameter pieces: bytes in the format that the statement says; they need not end where a row ends
    /// - Throws: what `pieces` throws, or ``DatabaseError``
    @discardableResult
    public func copyIn<Pieces: AsyncSequence>(
        _ statement: SQL, from pieces: Pieces, fileID: String = #fileID, line: Int = #line
    ) async throws -> Int where Pieces.Element: Sequence<UInt8> {
        try await copy(statement, fileID, line) { send in
            for try await piece in pieces { try await send(Array(piece)) }
        }
    }

    /// Sends rows to the server by `COPY … FROM STDIN` in its text format.
    ///
    /// ```swift
    /// try await db.copyIn("COPY word (text, count) FROM STDIN", from: words) { [$0.text.sqlValue, $0.count.sqlValue] }
    /// ```
    ///
    /// - Parameter values: the values of a row, in the order of the statement's columns
    @discardableResult
    public func copyIn<Elements: Sequence>(
        _ statement: SQL, from elements: Elements, fileID: String = #fileID, line: Int = #line,
        _ values: (Elements.Element) throws -> [any SQLEncodable]
    ) async throws -> Int {
        try await copy(statement, fileID, line) { send in
            var lines: [UInt8] = []
            for element in elements {
                try CopyText.append(try values(element), to: &lines)
                guard lines.count >= 64 << 10 else { continue }
                try await send(lines)
                lines.removeAll(keepingCapacity: true)
            }
            try await send(lines)
        }
    }

    /// The rows that `COPY … TO STDOUT` writes, as bytes in the format that the statement says, about a row in each piece.
    ///
    /// ```swift
    /// for try await piece in db.copyOut("COPY word TO STDOUT (FORMAT csv, HEADER)") { try await writer.write(piece) }
    /// ```
    public func copyOut(
        _ statement: SQL, fileID: String = #fileID, line: Int = #line
    ) -> RowStream<[UInt8]> {
        stream(statement, as: [UInt8].self, fileID: fileID, line: line)
    }

    private func copy(
        _ statement: SQL, _ fileID: String, _ line: Int,
        _ body: (_ send: ([UInt8]) async throws -> Void) async throws -> Void
    ) async throws -> Int {
        do {
            return try await session.holding { session in
                try await session.withPostgreSQL { driver throws(DatabaseError) in try driver.startCopyIn(statement) }
                do {
                    try await body { bytes in
                        try await session.withPostgreSQL { driver throws(DatabaseError) in
                            try driver.sendCopyData(bytes)
                        }
                    }
                } catch {
                    // Where the task is cancelled, the connection's next statement ends the copy.
                    _ = try? await session.withPostgreSQL { driver throws(DatabaseError) in
                        try driver.endCopyIn(because: "its source failed")
                    }
                    throw error
                }
                return try await session.withPostgreSQL { driver throws(DatabaseError) in try driver.finishCopyIn() }
            }
        } catch var error as DatabaseError {
            error.source = error.source ?? "\(fileID):\(line)"
            throw error
        }
    }
}

extension QuerySession {
    /// Runs `body` with the connection, on its thread.
    func withPostgreSQL<Success: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        try await withDriver { driver throws(DatabaseError) in
            guard let driver = driver as? PostgreSQLConnection else {
                throw DatabaseError(.configuration, "This is done by PostgreSQL alone, and the database is another.")
            }
            return try body(driver)
        }
    }
}
