public import CarafeSQL

extension Queryable {
    /// Sends a notification to all who listen to a channel: at once, or when the transaction is committed.
    ///
    /// ```swift
    /// try await tx.notify("jobs", "\(job.id)")
    /// ```
    ///
    /// - Parameter payload: what to send with it, less than 8000 bytes
    public func notify(
        _ channel: String, _ payload: String = "", fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) {
        _ = try await query("SELECT pg_notify(\(channel), \(payload))", fileID: fileID, line: line)
    }
}

extension Database {
    /// Listens to channels, over a connection of its own that is made anew when it breaks.
    ///
    /// ```swift
    /// for try await event in try db.listen(to: "jobs") {
    ///     switch event {
    ///     case .listening: try await runAllJobs()             // at the start, and whenever notifications may have been missed
    ///     case .notification(let job): try await run(job.payload)
    ///     }
    /// }
    /// ```
    ///
    /// It ends with its task, or when the sequence is dropped. Of events that are not taken the last 10,000 are kept.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration` where the database is not PostgreSQL's. The sequence throws when the
    ///   server refuses to listen; that it cannot be reached is no error, only a pause.
    public func listen(
        to channels: String...
    ) throws(DatabaseError) -> AsyncThrowingStream<PostgreSQLListenEvent, any Error> {
        guard dialect == .postgresql else {
            throw DatabaseError(.configuration, "Notifications are PostgreSQL's alone, and the database is another.")
        }
        let backend = PostgreSQLBackend(settings: try PostgreSQLSettings(configuration.url), onNotice: nil)
        return AsyncThrowingStream(bufferingPolicy: .bufferingNewest(NotificationListener.capacity)) { continuation in
            let listener = NotificationListener(backend, channels, continuation)
            continuation.onTermination = { _ in listener.stop() }
            listener.start()
        }
    }
}
