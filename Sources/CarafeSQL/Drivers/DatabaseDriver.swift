/// A kind of database: SQLite, PostgreSQL.
///
/// A driver is chosen by the scheme of a database's URL. The modules `CarafeSQLite` and `CarafePostgreSQL` each have one; an app
/// links those that it imports.
public protocol DatabaseDriver: Sendable {
    /// The schemes of URLs that are this driver's, without `+` and what follows it: `["postgresql", "postgres"]`.
    var schemes: [String] { get }

    /// Reads a URL, without connecting.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration` where an option is unknown or wrong
    func backend(for url: DatabaseURL) throws(DatabaseError) -> any DatabaseBackend
}

/// One database as its URL names it: it opens connections.
public protocol DatabaseBackend: Sendable {
    /// What differs between databases in SQL.
    var dialect: SQLDialect { get }

    /// How connections are divided between those that only read and those that write.
    var topology: ConnectionTopology { get }

    /// Opens a connection. It is called on the connection's own thread, and may block.
    func connect(_ role: ConnectionRole) throws(DatabaseError) -> any DriverConnection
}

/// The databases that Carafe speaks to.
public enum SQLDialect: Sendable, Hashable {
    case sqlite
    case postgresql
}

/// How a database's connections are divided.
public enum ConnectionTopology: Sendable, Hashable {
    /// Every connection reads and writes: PostgreSQL.
    case equal
    /// One connection writes, others read beside it: SQLite with a write-ahead log.
    case oneWriter
    /// One connection does all: SQLite in memory, whose database is the connection's own.
    case single
}

/// What a connection is opened for.
public enum ConnectionRole: Sendable, Hashable {
    case readWrite
    case readOnly
}
