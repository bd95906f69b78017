import CPostgreSQL
import CarafeSQL
import Glibc

extension PostgreSQLConnection {
    /// Milliseconds of the monotonic clock.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec &* 1_000 &+ time.tv_nsec / 1_000_000
    }

    /// A statement begins: from now on it can be cancelled.
    func begin(_ text: String?) throws(DatabaseError) {
        guard handle != nil, !isBroken else {
            throw DatabaseError(.connectionLost, "The connection to the server is closed.", statement: text)
        }
        // What was left in the middle is still on its way.
        openCursor?.close()
        if isCopying { _ = try? endCopyIn(because: "another statement began") }
        guard !isBroken else { throw lost() }
        stateBefore = transactionState
        statementText = text.map { StatementText.shortened($0) }
        isGivingUp = false
        deadline = settings.statementTimeout.map { timeout in
            // The server measures the time itself, but for the connection that broke and the one through PgBouncer.
            Self.now + timeout + (settings.preparesStatements ? 1_000 : 0)
        }
        guard stopper.beginStatement() else {
            throw DatabaseError(.cancelled, "The task was cancelled.", statement: statementText)
        }
    }

    /// The statement has ended.
    func end() {
        guard !stopper.endStatement() else { return }
        // A request to stop it is on its way, and must not hit the next statement.
        let patience = Self.now + settings.cancelTimeout
        repeat {
            var signal = pollfd(fd: stopper.signal, events: Int16(POLLIN), revents: 0)
            let left = patience - Self.now
            guard left > 0 else {
                hasBrokenUnseen = !isBroken
                isBroken = true
                return
            }
            if poll(&signal, 1, CInt(left)) > 0 { stopper.acknowledge() }
        } while !stopper.endStatement()
    }

    /// Sends what is still to be sent.
    func flush() throws(DatabaseError) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                // Reading meanwhile lets a server go on that waits for its own answers to be read.
                let ready = try wait(for: Int16(POLLIN | POLLOUT))
                if ready & Int16(POLLIN) != 0, PQconsumeInput(handle) != 1 { throw lost() }
            default: throw lost()
            }
        }
    }

    /// The next result, to be cleared by the caller; nil after a statement's last one.
    func nextResult() throws(DatabaseError) -> OpaquePointer? {
        while PQisBusy(handle) != 0 {
            _ = try wait(for: Int16(POLLIN))
            if PQconsumeInput(handle) != 1 { throw lost() }
        }
        return PQgetResult(handle)
    }

    /// Waits until the socket is ready for one of `events`, and returns what it is ready for.
    func wait(for events: Int16) throws(DatabaseError) -> Int16 {
        while true {
            let socket = PQsocket(handle)
            guard socket >= 0 else { throw lost() }
            var timeout: CInt = -1
            if let deadline {
                let left = deadline - Self.now
                guard left > 0 else {
                    try deadlinePassed()
                    continue
                }
                timeout = CInt(clamping: left)
            }
            var descriptors = (
                pollfd(fd: socket, events: events, revents: 0),
                pollfd(fd: stopper.signal, events: Int16(POLLIN), revents: 0)
            )
            let count = withUnsafeMutablePointer(to: &descriptors) { pointer in
                pointer.withMemoryRebound(to: pollfd.self, capacity: 2) { poll($0, 2, timeout) }
            }
            guard count > 0 else { continue }
            if descriptors.1.revents != 0 { acknowledgeStop() }
            if descriptors.0.revents != 0 { return descriptors.0.revents }
        }
    }

    /// The statement was told to stop: the server has a while to do so.
    private func acknowledgeStop() {
        stopper.acknowledge()
        guard !isGivingUp, stopper.reason != nil else { return }
        isGivingUp = true
        deadline = Self.now + settings.cancelTimeout
    }

    private func deadlinePassed() throws(DatabaseError) {
        guard isGivingUp else {
            stopper.cancel(.timeout)
            isGivingUp = true
            deadline = Self.now + settings.cancelTimeout
            return
        }
        isBroken = true
        openCursor?.abandon()
        end()
        throw DatabaseError(
            .connectionLost, "The server does not answer.", hint: "Whether the statement was done is not known.",
            statement: statementText)
    }

    /// The connection is of no more use.
    func lost() -> DatabaseError {
        var error: DatabaseError?
        // What the server said before it went is worth more than that it is gone.
        if !isBroken, PQisBusy(handle) == 0, let result = PQgetResult(handle) {
            if PQresultStatus(result) == PGRES_FATAL_ERROR, ResultField.code.text(of: result) != nil {
                error = DatabaseError(result: result, statement: statementText)
                error?.kind = .connectionLost
            }
            PQclear(result)
        }
        let result = error ?? .lost(handle, statement: statementText)
        isBroken = true
        openCursor?.abandon()
        end()
        return result
    }

    /// The error of a result, which it clears.
    func failure(_ result: OpaquePointer) -> DatabaseError {
        defer { PQclear(result) }
        var error = DatabaseError(result: result, statement: statementText)
        if PQstatus(handle) == CONNECTION_BAD {
            if ResultField.code.text(of: result) == nil { return lost() }
            error.kind = .connectionLost
        }
        if error.kind == .connectionLost {
            isBroken = true
            return error
        }
        if error.code == "57014" {
            switch stopper.reason {
            case .cancelled: error.kind = .cancelled
            case .timeout: error.kind = .timeout
            case nil: error.kind = settings.statementTimeout != nil ? .timeout : .cancelled
            }
        }
        return error
    }

    /// Reads what is left of a statement, and throws the first error in it.
    func finishStatement() throws(DatabaseError) {
        var error: DatabaseError?
        while let result = try nextResult() {
            switch PQresultStatus(result) {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                let failure = failure(result)
                if error == nil { error = failure }
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                let refusal = refuseCopy(result)
                if error == nil { error = refusal }
            default:
                PQclear(result)
            }
        }
        end()
        if let error { throw error }
    }
}
