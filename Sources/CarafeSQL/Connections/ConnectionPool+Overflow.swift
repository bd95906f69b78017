import Synchronization

/// Connections beyond the number that is kept.
///
/// They stay for a while after their use: under a load of just more tasks than ``PoolConfiguration/size``, each statement
/// would open a connection and close it again, which takes far longer than the statement.
extension ConnectionPool {
    /// Whether there are connections beyond the number that is kept, and nobody closes them yet: the caller then calls
    /// ``trimOverflow()``.
    func isTrimmingDue(_ state: inout State) -> Bool {
        guard state.open - state.leaving > size, !state.hasTrimmer else { return false }
        state.hasTrimmer = true
        return true
    }

    /// Closes connections beyond the number that is kept once they have not been used for a while.
    func trimOverflow() {
        Task.detached { [weak self] in
            while let next = self?.closeUnused() { try? await Task.sleep(until: next, clock: .continuous) }
        }
    }

    /// Closes those whose time is over.
    ///
    /// - Returns: when to look again; nil where none is idle that need not be kept
    private func closeUnused() -> ContinuousClock.Instant? {
        let end = ContinuousClock.now - configuration.overflowIdleTimeout
        return state.withLock { state in
            var excess = state.open - state.leaving - size
            while excess > 0, let oldest = state.idle.first, oldest.idleSince <= end {
                state.idle.removeFirst()
                drop(oldest, &state)
                excess -= 1
            }
            // Where all are in use, the one that is given back next starts this again.
            guard excess > 0, let oldest = state.idle.first, !state.isClosed else {
                state.hasTrimmer = false
                return nil
            }
            return oldest.idleSince + configuration.overflowIdleTimeout
        }
    }
}
