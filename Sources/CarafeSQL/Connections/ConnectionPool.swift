import Synchronization

/// Connections of one role to one database, handed out one by one and fairly.
final class ConnectionPool: Sendable {
    let configuration: PoolConfiguration
    private let backend: any DatabaseBackend
    private let role: ConnectionRole
    let size: Int
    let limit: Int
    private let reconnects: Bool
    let state = Mutex(State())

    struct State {
        /// The one that was used last is the last, and the next to be used.
        var idle: [PooledConnection] = []
        /// Connections in use, idle, being opened and being closed.
        var open = 0
        /// Of those, the ones that are being closed.
        var leaving = 0
        var waiters: [Waiter] = []
        var nextWaiter = 0
        var isClosed = false
        var closing: [UnsafeContinuation<Void, Never>] = []
        var outage: Outage?
        var figures = Figures()
        /// Whether a task looks after those who wait for too long, and one after connections that are not needed any more.
        var hasWatch = false
        var hasTrimmer = false
    }

    struct Waiter {
        var id: Int
        var deadline: ContinuousClock.Instant
        /// Takes what it has waited for, on whatever thread.
        var resume: @Sendable (Result<Grant, DatabaseError>) -> Void
    }

    enum Grant: Sendable {
        case connection(PooledConnection, mustPing: Bool)
        /// Permission to open one.
        case slot
        /// A server that cannot be reached is left alone until then.
        case pause(ContinuousClock.Instant, DatabaseError)
    }

    struct Outage {
        var error: DatabaseError
        var nextAttempt: ContinuousClock.Instant
        var delay: Duration
    }

    struct Figures {
        var opened = 0
        var closed = 0
        var lost = 0
        var timeouts = 0
        var failures = 0
    }

    /// - Parameter reconnects: whether a failed attempt to connect is tried again: at a server, not at a file
    init(
        _ backend: any DatabaseBackend, _ role: ConnectionRole, size: Int, overflow: Int, reconnects: Bool,
        _ configuration: PoolConfiguration
    ) {
        self.backend = backend
        self.role = role
        self.size = max(1, size)
        limit = self.size + max(0, overflow)
        self.reconnects = reconnects
        self.configuration = configuration
    }

    deinit {
        state.withLock { state in
            for connection in state.idle { connection.close {} }
        }
    }

    // MARK: Taking

    /// A connection, which must be given back by ``release(_:)`` or ``discard(_:)``.
    ///
    /// - Parameter granted: what has been granted already
    func acquire(_ granted: Grant? = nil) async throws(DatabaseError) -> PooledConnection {
        let start = ContinuousClock.now
        var granted = granted
        while true {
            let grant = if let granted { granted } else { try await grant() }
            granted = nil
            switch grant {
            case .connection(let connection, mustPing: false): return connection
            case .connection(let connection, mustPing: true):
                do throws(DatabaseError) {
                    try await connection.perform { _, driver throws(DatabaseError) in try driver.ping() }
                    return connection
                } catch {
                    discard(connection)
                    if error.kind == .cancelled { throw error }
                }
            case .slot:
                do throws(DatabaseError) {
                    return try await open()
                } catch {
                    guard reconnects, error.kind == .connectionFailed || error.kind == .connectionLost,
                        ContinuousClock.now < start + configuration.reconnectTimeout
                    else { throw error }
                }
            case .pause(let end, let error):
                guard end < start + configuration.reconnectTimeout else { throw error }
                do {
                    try await Task.sleep(until: end, clock: .continuous)
                } catch {
                    throw DatabaseError(.cancelled, "The task was cancelled while it waited for a connection.")
                }
            }
        }
    }

    private func grant() async throws(DatabaseError) -> Grant {
        switch try decide() {
        case .grant(let grant): grant
        case .wait(let id): try await wait(id)
        }
    }

    enum Decision {
        case grant(Grant)
        /// Nothing is free: the number of the one who waits.
        case wait(Int)
    }

    /// What is to be had at once.
    func decide() throws(DatabaseError) -> Decision {
        try state.withLock { state throws(DatabaseError) -> Decision in
            if state.isClosed { throw Self.closed }
            if state.waiters.isEmpty {
                while let connection = state.idle.popLast() {
                    if connection.isLost || isTooOld(connection) {
                        drop(connection, &state)
                        continue
                    }
                    return .grant(.connection(connection, mustPing: mustPing(connection)))
                }
                if state.open < limit {
                    if let outage = state.outage, ContinuousClock.now < outage.nextAttempt {
                        return .grant(.pause(outage.nextAttempt, outage.error))
                    }
                    state.open += 1
                    return .grant(.slot)
                }
            }
            state.nextWaiter += 1
            return .wait(state.nextWaiter)
        }
    }

    private func isTooOld(_ connection: PooledConnection) -> Bool {
        guard let recycle = configuration.recycle else { return false }
        return ContinuousClock.now - connection.openedAt > recycle
    }

    func mustPing(_ connection: PooledConnection) -> Bool {
        reconnects && (connection.isSuspect || ContinuousClock.now - connection.idleSince > configuration.pingAfter)
    }

    private func open() async throws(DatabaseError) -> PooledConnection {
        do throws(DatabaseError) {
            let connection = try await PooledConnection.open(backend, role)
            let isClosed = state.withLock { state in
                state.figures.opened += 1
                state.outage = nil
                return state.isClosed
            }
            if isClosed {
                discard(connection)
                throw Self.closed
            }
            return connection
        } catch {
            let waiter = state.withLock { state -> Waiter? in
                if error.kind == .closed { return nil }
                state.figures.failures += 1
                state.open -= 1
                if reconnects {
                    // The delay doubles to five seconds, and is never the same at two clients of one server.
                    let delay = min(.seconds(5), (state.outage?.delay ?? .milliseconds(25)) * 2)
                    state.outage = Outage(
                        error: error, nextAttempt: .now + delay * Double.random(in: 0.75...1.25), delay: delay)
                }
                return nextForSlot(&state)
            }
            waiter?.resume(.success(.slot))
            finishClosing()
            throw error
        }
    }

    // MARK: Giving back

    /// Takes a connection back, which is as it was when it was opened.
    func release(_ connection: PooledConnection) {
        if connection.isLost { return discard(connection) }
        enum Next {
            case hand(Waiter)
            case close
            case keep(isTrimmingDue: Bool)
        }
        let next = state.withLock { state -> Next in
            if state.isClosed { return .close }
            connection.idleSince = .now
            if !state.waiters.isEmpty { return .hand(state.waiters.removeFirst()) }
            state.idle.append(connection)
            return .keep(isTrimmingDue: isTrimmingDue(&state))
        }
        switch next {
        case .hand(let waiter):
            waiter.resume(.success(.connection(connection, mustPing: false)))
        case .close: discard(connection)
        case .keep(let isTrimmingDue): if isTrimmingDue { trimOverflow() }
        }
    }

    /// Ends a connection that is not to be used again.
    func discard(_ connection: PooledConnection) {
        state.withLock { state in
            if connection.isLost {
                // What happened to one has probably happened to the others.
                for idle in state.idle { idle.isSuspect = true }
            }
            drop(connection, &state)
        }
    }

    /// Closes a connection, whose place is free once that is done: a server counts it until then.
    func drop(_ connection: PooledConnection, _ state: inout State) {
        if connection.isLost { state.figures.lost += 1 }
        state.leaving += 1
        connection.close {
            let waiter = self.state.withLock { state in
                state.open -= 1
                state.leaving -= 1
                state.figures.closed += 1
                return self.nextForSlot(&state)
            }
            waiter?.resume(.success(.slot))
            self.finishClosing()
        }
    }

    private func nextForSlot(_ state: inout State) -> Waiter? {
        guard !state.waiters.isEmpty, state.open < limit, !state.isClosed else { return nil }
        state.open += 1
        return state.waiters.removeFirst()
    }

    // MARK: The end

    static var closed: DatabaseError { DatabaseError(.closed, "The database has been closed.") }

    /// Takes no more work, and waits until every connection is closed.
    func close() async {
        await withUnsafeContinuation { continuation in
            let waiters = state.withLock { state in
                state.isClosed = true
                state.closing.append(continuation)
                for connection in state.idle { drop(connection, &state) }
                state.idle = []
                defer { state.waiters = [] }
                return state.waiters
            }
            for waiter in waiters { waiter.resume(.failure(Self.closed)) }
            finishClosing()
        }
    }

    private func finishClosing() {
        let closing = state.withLock { state -> [UnsafeContinuation<Void, Never>] in
            guard state.isClosed, state.open == 0 else { return [] }
            defer { state.closing = [] }
            return state.closing
        }
        for continuation in closing { continuation.resume() }
    }

    /// What the pool does now, and has done.
    var statistics: DatabaseStatistics {
        state.withLock { state in
            DatabaseStatistics(
                open: state.open, idle: state.idle.count, inUse: state.open - state.leaving - state.idle.count,
                waiting: state.waiters.count,
                opened: state.figures.opened, closed: state.figures.closed, lost: state.figures.lost,
                failures: state.figures.failures, timeouts: state.figures.timeouts)
        }
    }
}
