public import CarafeSQL

/// PostgreSQL over libpq.
///
/// ```swift
/// let db = try Database("postgresql://blog:secret@db.example/blog?sslmode=verify-full", drivers: [.postgresql])
/// ```
///
/// Every option of libpq's may stand in the URL (`sslmode`, `connect_timeout`, `target_session_attrs`, …), and these of Carafe's:
///
/// | option | meaning |
/// |---|---|
/// | `prepared=off` | no prepared statements, as PgBouncer needs it that gives each transaction another connection |
/// | `statement_cache_size=256` | how many prepared statements a connection keeps |
/// | `statement_timeout=30s` | how long a statement may take: `500ms`, `30s`, `5min`; milliseconds without a unit |
/// | `cancel_timeout=5s` | how long a cancelled statement may take to end before the connection is given up |
public struct PostgreSQLDriver: DatabaseDriver {
    /// What to do with the server's notices and warnings; nil to drop them. Called on the connection's thread.
    public var onNotice: (@Sendable (PostgreSQLNotice) -> Void)?

    /// The driver.
    public init(onNotice: (@Sendable (PostgreSQLNotice) -> Void)? = nil) { self.onNotice = onNotice }

    /// `postgresql` and `postgres`.
    public var schemes: [String] { ["postgresql", "postgres"] }

    /// Reads a URL, without connecting.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration` where an option is unknown or wrong
    public func backend(for url: DatabaseURL) throws(DatabaseError) -> any DatabaseBackend {
        PostgreSQLBackend(settings: try PostgreSQLSettings(url), onNotice: onNotice)
    }
}

extension DatabaseDriver where Self == PostgreSQLDriver {
    /// PostgreSQL over libpq.
    public static var postgresql: PostgreSQLDriver { PostgreSQLDriver() }
}

/// A database of a PostgreSQL server.
struct PostgreSQLBackend: DatabaseBackend {
    let settings: PostgreSQLSettings
    let onNotice: (@Sendable (PostgreSQLNotice) -> Void)?
    /// The types that the database itself defines, learnt as they are met and shared by its connections.
    let types = TypeCatalog()

    var dialect: SQLDialect { .postgresql }
    var topology: ConnectionTopology { .equal }

    func connect(_ role: ConnectionRole) throws(DatabaseError) -> any DriverConnection {
        try open(role)
    }

    func open(_ role: ConnectionRole = .readWrite) throws(DatabaseError) -> PostgreSQLConnection {
        try PostgreSQLConnection(settings, types: types, role: role, onNotice: onNotice)
    }
}
