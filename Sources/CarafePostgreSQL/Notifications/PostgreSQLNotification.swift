/// What another session sent by `NOTIFY`.
public struct PostgreSQLNotification: Sendable, Hashable {
    /// The channel it was sent on.
    public var channel: String
    /// What was sent with it; empty where nothing was.
    public var payload: String
    /// The server's process that serves the sender.
    public var processID: Int32
}

/// What a listener hears.
public enum PostgreSQLListenEvent: Sendable, Hashable {
    /// A notification.
    case notification(PostgreSQLNotification)
    /// The listener listens, and notifications that were sent before may have been missed: what they tell of must be looked at
    /// anew. It is the first event, and comes again after the connection broke, or after the reader was so slow that events were
    /// dropped.
    case listening
}
