import Carafe

// Rows that a page cannot do without: where there is none, the answer is 404.

extension Queryable {
    /// Sends a statement and gives its first row; where it has none, the request ends with 404.
    public func firstOr404(_ statement: SQL, fileID: String = #fileID, line: Int = #line) async throws -> Row {
        try await first(statement, fileID: fileID, line: line).or404()
    }

    /// Sends a statement and reads its first row; where it has none, the request ends with 404.
    ///
    /// ```swift
    /// let post = try await db.firstOr404("SELECT * FROM post WHERE id = \(id)", as: Post.self)
    /// ```
    public func firstOr404<Value: Decodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> Value {
        try await first(statement, as: type, fileID: fileID, line: line).or404()
    }

    /// Sends a statement and reads the only column of its first row; where it has none, the request ends with 404.
    @_disfavoredOverload
    public func firstOr404<Value: SQLDecodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> Value {
        try await first(statement, as: type, fileID: fileID, line: line).or404()
    }

    /// Sends a statement and reads its first row as a tuple; where it has none, the request ends with 404.
    public func firstOr404<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>(
        _ statement: SQL, as type: (First, Second, repeat each Rest).Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> (First, Second, repeat each Rest) {
        try await first(statement, as: type, fileID: fileID, line: line).or404()
    }

    /// Sends a statement and gives its only row; where it has none or several, the request ends with 404.
    public func oneOr404(_ statement: SQL, fileID: String = #fileID, line: Int = #line) async throws -> Row {
        try await NoSuchRow.turned { () async throws(DatabaseError) in
            try await one(statement, fileID: fileID, line: line)
        }
    }

    /// Sends a statement and reads its only row; where it has none or several, the request ends with 404.
    public func oneOr404<Value: Decodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> Value {
        try await NoSuchRow.turned { () async throws(DatabaseError) in
            try await one(statement, as: type, fileID: fileID, line: line)
        }
    }

    /// Sends a statement and reads the only column of its only row; where it has none or several, the request ends with 404.
    @_disfavoredOverload
    public func oneOr404<Value: SQLDecodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> Value {
        try await NoSuchRow.turned { () async throws(DatabaseError) in
            try await one(statement, as: type, fileID: fileID, line: line)
        }
    }

    /// Sends a statement and reads its only row as a tuple; where it has none or several, the request ends with 404.
    public func oneOr404<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>(
        _ statement: SQL, as type: (First, Second, repeat each Rest).Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> (First, Second, repeat each Rest) {
        try await NoSuchRow.turned { () async throws(DatabaseError) in
            try await one(statement, as: type, fileID: fileID, line: line)
        }
    }
}

private enum NoSuchRow {
    /// What `body` gives; that it found no row, or several, becomes a 404.
    static func turned<Value>(_ body: () async throws(DatabaseError) -> Value) async throws -> Value {
        do throws(DatabaseError) {
            return try await body()
        } catch {
            guard error.kind == .noRow || error.kind == .severalRows else { throw error }
            throw Abort(.notFound)
        }
    }
}

extension Optional {
    fileprivate func or404() throws -> Wrapped {
        guard let self else { throw Abort(.notFound) }
        return self
    }
}
