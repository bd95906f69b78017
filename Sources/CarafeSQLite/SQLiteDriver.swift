public import CarafeSQL

/// SQLite, over the system's libsqlite3.
///
/// ```swift
/// let db = try Database("sqlite:///blog.db", driver: .sqlite)
/// ```
///
/// A file has one connection that writes and several that read beside it, thanks to its write-ahead log. A database in memory
/// (`sqlite://`) has one connection. Values are stored as SQLAlchemy stores them, so that both can share a file.
///
/// | option | meaning |
/// |---|---|
/// | `mode` | `ro` only reads, `rw` does not create the file, `rwc` (the default) does, `memory` is in memory |
/// | `timeout` | how many seconds to wait for another program's lock; 5 by default |
/// | `journal_mode` | `wal` by default; others as SQLite has them, for file systems without shared memory |
/// | `synchronous` | `normal` by default, `full`, `extra`, `off` |
/// | `foreign_keys` | `on` by default, `off` |
/// | `cache` | `private` or `shared` |
/// | `immutable`, `nolock`, `psow` | `1` for a file on read-only media, for no locks, for power-safe overwrites |
/// | `vfs` | SQLite's layer to the file system |
/// | `cached_statements` | how many compiled statements each connection keeps; 128 by default |
///
/// What concerns Python's driver alone is accepted and does nothing: `uri`, `check_same_thread`, `detect_types`,
/// `isolation_level`.
public struct SQLiteDriver: DatabaseDriver {
    /// The driver.
    public init() {}

    /// `sqlite`.
    public var schemes: [String] { ["sqlite"] }

    /// Reads the URL; the file is not opened.
    public func backend(for url: DatabaseURL) throws(DatabaseError) -> any DatabaseBackend {
        SQLiteBackend(options: try SQLiteOptions(url))
    }
}

extension DatabaseDriver where Self == SQLiteDriver {
    /// SQLite.
    public static var sqlite: SQLiteDriver { SQLiteDriver() }
}

/// One file of SQLite's, or a database in memory.
struct SQLiteBackend: DatabaseBackend {
    let options: SQLiteOptions

    var dialect: SQLDialect { .sqlite }

    var topology: ConnectionTopology {
        if options.path == nil { return .single }
        return options.isReadOnly ? .equal : .oneWriter
    }

    func connect(_ role: ConnectionRole) throws(DatabaseError) -> any DriverConnection {
        try SQLiteConnection(options, role)
    }
}
