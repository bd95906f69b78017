/// A database: its connections, and the way to it.
///
/// ```swift
/// let db = try Database("sqlite:///blog.db", driver: .sqlite)
/// let posts = try await db.query("SELECT id, title FROM post WHERE author_id = \(user.id)", as: Post.self)
/// try await db.transaction { tx in
///     try await tx.execute("UPDATE account SET balance = balance - \(amount) WHERE id = \(from)")
///     try await tx.execute("UPDATE account SET balance = balance + \(amount) WHERE id = \(to)")
/// }
/// ```
///
/// Nothing is opened before it is used. Each statement takes a connection of the pool for its own time; what is sent inside of the
/// closure of ``transaction(isolation:readOnly:retries:fileID:line:_:)`` in the same task belongs to the transaction.
public final class Database: Queryable {
    /// Where it is and how it is used.
    public let configuration: DatabaseConfiguration
    /// What differs between databases in SQL.
    public let dialect: SQLDialect

    let writers: ConnectionPool
    /// Connections that only read; nil where all do both.
    let readers: ConnectionPool?
    let knowledge = StatementKnowledge()

    /// A database at a URL, which one of the drivers knows.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration`
    public init(_ configuration: DatabaseConfiguration, drivers: [any DatabaseDriver]) throws(DatabaseError) {
        let scheme = configuration.url.scheme
        guard let driver = drivers.first(where: { $0.schemes.contains(scheme) }) else {
            let known = drivers.flatMap(\.schemes).joined(separator: ", ")
            throw DatabaseError(
                .configuration,
                "No driver here knows \(scheme): there are those for \(known.isEmpty ? "nothing" : known).",
                hint: "Add the product CarafeSQLite or CarafePostgreSQL to the package, import it and pass its driver.")
        }
        let backend = try driver.backend(for: configuration.url)
        self.configuration = configuration
        dialect = backend.dialect
        let pool = configuration.pool
        switch backend.topology {
        case .equal:
            writers = ConnectionPool(
                backend, .readWrite, size: pool.size, overflow: pool.overflow, reconnects: dialect != .sqlite, pool)
            readers = nil
        case .oneWriter:
            writers = ConnectionPool(backend, .readWrite, size: 1, overflow: 0, reconnects: false, pool)
            readers =
                pool.readers > 0
                ? ConnectionPool(backend, .readOnly, size: pool.readers, overflow: 0, reconnects: false, pool) : nil
        case .single:
            writers = ConnectionPool(backend, .readWrite, size: 1, overflow: 0, reconnects: false, pool)
            readers = nil
        }
    }

    /// A database at a URL, with the driver for it.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration`
    public convenience init(_ url: String, driver: some DatabaseDriver) throws(DatabaseError) {
        try self.init(DatabaseConfiguration(url: DatabaseURL(url)), drivers: [driver])
    }

    /// Where the statements go.
    public var session: QuerySession { QuerySession(database: self, held: nil) }

    /// Makes sure that the database can be reached.
    public func ping() async throws(DatabaseError) {
        try await session.perform(for: nil) { _, driver throws(DatabaseError) in try driver.ping() }
    }

    /// What the connections do, and what has happened to them.
    public var statistics: DatabaseStatistics {
        readers.map { writers.statistics + $0.statistics } ?? writers.statistics
    }

    /// Takes no more work, and ends when all connections have been given back and closed.
    public func close() async {
        await readers?.close()
        await writers.close()
    }
}

// MARK: What is held in a task

extension Database {
    /// A connection that a task holds, and that statements sent to the database in that task go to.
    final class Scope: Sendable {
        @TaskLocal static var innermost: Scope?

        let database: ObjectIdentifier
        let held: QuerySession.Held
        let transaction: Transaction?
        let outer: Scope?

        init(_ database: Database, _ held: QuerySession.Held, _ transaction: Transaction?) {
            self.database = ObjectIdentifier(database)
            self.held = held
            self.transaction = transaction
            outer = Scope.innermost
        }
    }

    /// What the current task holds of this database. A task that outlives the closure it began in holds nothing.
    var scope: Scope? {
        var scope = Scope.innermost
        while let found = scope {
            if found.database == ObjectIdentifier(self), !found.held.lease.isEnded { return found }
            scope = found.outer
        }
        return nil
    }

    /// Runs `body` with one connection for all of its statements, on the connection's own thread: they need no hop.
    ///
    /// ```swift
    /// try await db.withConnection { connection in
    ///     try await connection.execute("PRAGMA user_version = 5")
    /// }
    /// ```
    ///
    /// What the statements change of the connection itself, such as settings, is undone afterwards where the driver can.
    ///
    /// - Parameter role: `readOnly` for a connection that only reads, of which there are several on SQLite
    @discardableResult
    public func withConnection<Success: Sendable>(
        _ role: ConnectionRole = .readWrite, isolation actor: isolated (any Actor)? = #isolation,
        _ body: (Connection) async throws -> Success
    ) async throws -> Success {
        if let scope {
            let connection = Connection(
                self, QuerySession.Held(connection: scope.held.connection, lease: scope.held.lease))
            return try await body(connection)
        }
        let pool = role == .readOnly ? readers ?? writers : writers
        let pooled = try await pool.acquire()
        let held = QuerySession.Held(connection: pooled, lease: Lease("connection"))
        let connection = Connection(self, held)
        let scope = role == .readWrite ? Scope(self, held, nil) : Scope.innermost
        let result: Result<Success, any Error>
        do {
            result = .success(
                try await withTaskExecutorPreference(pooled.thread) {
                    try await Scope.$innermost.withValue(scope) { try await body(connection) }
                })
        } catch {
            result = .failure(error)
        }
        await giveBack(held, to: pool)
        return try result.get()
    }

    /// Ends a lease and gives the connection back as it was.
    func giveBack(_ held: QuerySession.Held, to pool: ConnectionPool) async {
        do {
            try await held.connection.perform(isCancellable: false) { connection, driver throws(DatabaseError) in
                held.lease.end()
                connection.closeCursor()
                if driver.needsReset { try driver.reset() }
            }
            pool.release(held.connection)
        } catch {
            pool.discard(held.connection)
        }
    }
}

/// A connection that is held for several statements.
public final class Connection: Queryable {
    /// The database of the connection.
    public let database: Database
    let held: QuerySession.Held

    init(_ database: Database, _ held: QuerySession.Held) {
        self.database = database
        self.held = held
    }

    /// Where the statements go.
    public var session: QuerySession { QuerySession(database: database, held: held) }
}
