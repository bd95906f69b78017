/// Where statements go: to a database, one of its connections or a transaction. What ``Queryable`` is made of.
public struct QuerySession: Sendable {
    let database: Database
    let held: Held?

    /// A connection that is held longer than for one statement.
    struct Held: Sendable {
        var connection: PooledConnection
        var lease: Lease
    }

    /// Runs `body` on a connection's thread: on the connection that is held, or on one of the pool.
    ///
    /// - Parameter statement: decides whether a connection that only reads will do; nil where it will not
    nonisolated(nonsending) func perform<Success: Sendable>(
        for statement: SQL?,
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        if let held = held ?? database.scope?.held {
            return try await held.connection.perform(held.lease, body)
        }
        if let statement, let readers = database.readers {
            switch database.knowledge.isReadOnly(statement) {
            case true?: return try await performOnce(readers, body)
            case false?: break
            case nil:
                let result = try await performOnce(readers) { connection, driver throws(DatabaseError) -> Success? in
                    // What cannot even be compiled is for the connection that writes to explain.
                    let isReadOnly = (try? driver.isReadOnly(statement)) ?? false
                    database.knowledge.learn(statement, isReadOnly: isReadOnly)
                    return isReadOnly ? try body(connection, driver) : nil
                }
                if let result { return result }
            }
        }
        return try await performOnce(database.writers, body)
    }

    private nonisolated(nonsending) func performOnce<Success: Sendable>(
        _ pool: ConnectionPool,
        _ body: @escaping @Sendable (PooledConnection, any DriverConnection) throws(DatabaseError) -> Success
    ) async throws(DatabaseError) -> Success {
        try await pool.perform { connection, driver throws(DatabaseError) -> Success in
            let result = Result { () throws(DatabaseError) -> Success in try body(connection, driver) }
            if driver.needsReset {
                let isInTransaction = driver.transactionState != .none
                try connection.reset()
                guard isInTransaction else { return try result.get() }
                _ = try result.get()
                throw DatabaseError(
                    .statement, "The statement began a transaction that nothing ends; it was rolled back.",
                    hint: "Use transaction { }, or withConnection { } for statements that belong together.")
            }
            return try result.get()
        }
    }

    /// A connection for longer than one statement, and whether it is the pool's: then it is given back by the caller.
    func hold(for statement: SQL) async throws(DatabaseError) -> (Held, ConnectionPool?) {
        if let held = held ?? database.scope?.held { return (held, nil) }
        let lease = Lease("stream")
        if let readers = database.readers {
            let connection = try await readers.acquire()
            do throws(DatabaseError) {
                let isReadOnly = try await connection.perform { _, driver throws(DatabaseError) in
                    (try? driver.isReadOnly(statement)) ?? false
                }
                if isReadOnly { return (Held(connection: connection, lease: lease), readers) }
                readers.release(connection)
            } catch {
                readers.release(connection)
                throw error
            }
        }
        return (Held(connection: try await database.writers.acquire(), lease: lease), database.writers)
    }
}
