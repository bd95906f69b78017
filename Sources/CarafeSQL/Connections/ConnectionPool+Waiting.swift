import Synchronization

/// Waiting for a connection, up to a time.
extension ConnectionPool {
    func wait(_ id: Int) async throws(DatabaseError) -> Grant {
        try await wait(id) { result, continuation in continuation.resume(returning: result) }.get()
    }

    /// Waits; `take` gets what comes, on whatever thread, and resumes the task.
    nonisolated(nonsending) func wait<Success: Sendable>(
        _ id: Int,
        _ take: @escaping @Sendable (Result<Grant, DatabaseError>, UnsafeContinuation<Success, Never>) -> Void
    ) async -> Success {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let result = state.withLock { state -> Result<Grant, DatabaseError>? in
                    if state.isClosed { return .failure(Self.closed) }
                    // What came back between the decision to wait and now.
                    if state.waiters.isEmpty, let connection = state.idle.popLast() {
                        return .success(.connection(connection, mustPing: mustPing(connection)))
                    }
                    if state.waiters.isEmpty, state.open < limit {
                        state.open += 1
                        return .success(.slot)
                    }
                    let deadline = ContinuousClock.now + configuration.waitTimeout
                    state.waiters.append(Waiter(id: id, deadline: deadline) { take($0, continuation) })
                    return nil
                }
                if let result { take(result, continuation) } else { watchWaiters() }
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
        waiter?.resume(
            .failure(DatabaseError(.cancelled, "The task was cancelled while it waited for a connection.")))
    }

    /// Sees to it that nobody waits for longer than the configuration says. One task does so for all who wait: a timer for
    /// each would cost more than most statements.
    private func watchWaiters() {
        let isWatched = state.withLock { state in
            defer { state.hasWatch = true }
            return state.hasWatch
        }
        if isWatched { return }
        Task.detached { [weak self] in
            while let deadline = self?.failLateWaiters() { try? await Task.sleep(until: deadline, clock: .continuous) }
        }
    }

    /// Fails those who have waited for too long.
    ///
    /// - Returns: when the next will have; nil where nobody waits, with which the watch ends
    private func failLateWaiters() -> ContinuousClock.Instant? {
        let now = ContinuousClock.now
        let (late, open, next) = state.withLock { state -> ([Waiter], Int, ContinuousClock.Instant?) in
            // All wait for the same time, so that the first is the first to be late.
            let late = Array(state.waiters.prefix { $0.deadline <= now })
            state.waiters.removeFirst(late.count)
            state.figures.timeouts += late.count
            state.hasWatch = !state.waiters.isEmpty
            return (late, state.open, state.waiters.first?.deadline)
        }
        for waiter in late {
            let error = DatabaseError(
                .poolTimeout,
                "No connection became free within \(configuration.waitTimeout): \(open) of \(limit) connections are in use.",
                hint:
                    "Transactions and streams hold a connection until they end; look for one that waits for something else."
            )
            waiter.resume(.failure(error))
        }
        return next
    }
}
