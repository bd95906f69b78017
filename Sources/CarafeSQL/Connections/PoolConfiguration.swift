/// How many connections a database has, and how long things may take.
public struct PoolConfiguration: Sendable, Hashable {
    /// How many connections are kept open (PostgreSQL).
    public var size = 5
    /// How many more are opened when all are in use (PostgreSQL).
    public var overflow = 10
    /// How long a connection beyond ``size`` is kept without use.
    public var overflowIdleTimeout: Duration = .seconds(10)
    /// How many connections read beside the one that writes (SQLite).
    public var readers = 4
    /// How long a task waits for a connection.
    public var waitTimeout: Duration = .seconds(30)
    /// How long a task waits for a server that cannot be reached, while it is tried again and again.
    public var reconnectTimeout: Duration = .seconds(5)
    /// After which age a connection is replaced by a new one; nil for never.
    public var recycle: Duration?
    /// After how long without use a connection must show that it lives before it is used again (PostgreSQL).
    public var pingAfter: Duration = .seconds(15)

    /// The configuration of a database that nothing is said about.
    public init() {}
}

/// What the connections of a database do, and what has happened to them.
public struct DatabaseStatistics: Sendable, Hashable {
    /// Connections that are open, being opened or being closed.
    public var open = 0
    /// Connections that nobody uses.
    public var idle = 0
    /// Connections that are used, or being opened.
    public var inUse = 0
    /// Tasks that wait for a connection.
    public var waiting = 0
    /// Connections opened so far.
    public var opened = 0
    /// Connections closed so far, for whatever reason.
    public var closed = 0
    /// Connections that broke.
    public var lost = 0
    /// Attempts to connect that failed.
    public var failures = 0
    /// Tasks that waited in vain.
    public var timeouts = 0

    static func + (first: Self, second: Self) -> Self {
        Self(
            open: first.open + second.open, idle: first.idle + second.idle, inUse: first.inUse + second.inUse,
            waiting: first.waiting + second.waiting, opened: first.opened + second.opened,
            closed: first.closed + second.closed, lost: first.lost + second.lost,
            failures: first.failures + second.failures, timeouts: first.timeouts + second.timeouts)
    }
}
