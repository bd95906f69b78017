import Logging
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The end of a server, from the signal to the last connection: first it is no longer ready, then, after a delay, the
/// backlog is emptied and listening ends, keep-alive connections are told to close, running requests finish, and the event
/// loops end.
extension Server {
    /// How long connections that have been idle for a while are kept when the server stops: requests that are under way on
    /// the network still find them, and are answered with `Connection: close`.
    private static let drainGrace = Duration.milliseconds(100)
    /// The same for connections whose clients are about to send a request: those that have only just connected and would
    /// see a server that refuses them, and those that have been answered a moment ago.
    private static let requestGrace = Duration.seconds(1)

    /// Serves until SIGTERM or SIGINT comes, or the task is cancelled, and then until the running requests have
    /// been answered or ``ServerConfiguration/gracefulTimeout`` has passed. A second signal ends at once, and so does
    /// SIGQUIT.
    ///
    /// After SIGTERM it serves on for ``ServerConfiguration/drainDelay`` first.
    ///
    /// - Parameter onStart: called when the server listens, with its addresses
    /// - Throws: ``ServerError`` where it cannot listen
    public func run(onStart: @escaping @Sendable ([SocketAddress]) -> Void = { _ in }) async throws {
        try await run(ServerEvents(started: onStart))
    }

    /// The same, with more that is told.
    package func run(_ events: ServerEvents) async throws {
        try await start()
        guard let loop = runningLoops.first else { return }
        let stop = StopSwitch()
        let delay = configuration.drainDelay
        let signals = try await LoopSignals([SIGTERM, SIGINT, SIGQUIT, SIGUSR1], on: loop.eventLoop) { signal in
            switch signal {
            case SIGTERM: if !stop.drain(after: delay) { stop.now() }
            case SIGINT: if !stop.drain(after: .zero) { stop.now() }
            case SIGUSR1: events.reopenLogs()
            default: stop.now()
            }
        }
        events.started(boundAddresses)
        await stopWhenTold(stop, events) { await signals.close() }
    }

    /// Waits until it is told to stop, and stops.
    ///
    /// - Parameter cleanUp: what has to happen before the event loops end
    func stopWhenTold(_ stop: StopSwitch, _ events: ServerEvents, before cleanUp: () async -> Void) async {
        let delay = await stop.isThrown()
        readiness.set(false)
        events.stopping()
        if delay > .zero {
            logger.info("The server is no longer ready, and serves for \(delay.text) more.")
            await wait(delay, stop) { false }
        }
        await shutdown(gracefulTimeout: configuration.gracefulTimeout, stop, before: cleanUp)
    }

    /// Stops listening, lets the running requests finish, closes every connection, and ends the event loops.
    ///
    /// - Parameter gracefulTimeout: how long running requests may take; those that take longer are cancelled
    public func shutdown(gracefulTimeout: Duration) async {
        await shutdown(gracefulTimeout: gracefulTimeout, StopSwitch(), before: {})
    }

    private func shutdown(
        gracefulTimeout: Duration, _ stop: StopSwitch, before cleanUp: () async -> Void
    ) async {
        let running = state.withLock { state -> Running? in
            guard case .running(let running) = state else { return nil }
            state = .stopped
            return running
        }
        readiness.set(false)
        guard let running else { return await cleanUp() }
        running.chores?.cancel()
        // Before the listener closes, so that whoever sees that it has finds every response to be the last.
        for loop in running.loops { loop.eventLoop.execute { loop.startDraining() } }
        await close(running.acceptors, whenEmpty: !stop.isImpatient && !configuration.leavesBacklog)
        await running.poller.stop()
        let isDrained = await drain(running.loops, gracefulTimeout, stop)
        if !isDrained {
            logger.warning(
                """
                \(counters.requests) requests on \
                \(counters.connections) connections did not finish in time; they are broken off.
                """)
            for loop in running.loops { loop.eventLoop.execute { loop.closeAllConnections() } }
            // Tasks that take no notice of being cancelled keep their event loops until the process ends.
            guard await wait(.seconds(1), StopSwitch(), until: isEmpty) else { return await cleanUp() }
        }
        await cleanUp()
        try? await running.group.shutdownGracefully()
    }

    /// The event loops, while it runs.
    var runningLoops: [ConnectionLoop] {
        state.withLock { if case .running(let running) = $0 { running.loops } else { [] } }
    }

    /// Closes the listening sockets.
    ///
    /// - Parameter whenEmpty: whether who waits in their backlogs is let in first: the system would break them off
    private func close(_ acceptors: [Acceptor], whenEmpty: Bool) async {
        for (acceptor, address) in zip(acceptors, configuration.addresses) {
            // Nobody finds the way in any more.
            if case .unixSocket(let path) = address { unlink(path) }
            await acceptor.close(whenEmpty: whenEmpty)
        }
    }

    // MARK: - Waiting

    /// Waits until every connection has closed.
    ///
    /// - Returns: whether that came to pass in time
    private func drain(_ loops: [ConnectionLoop], _ timeout: Duration, _ stop: StopSwitch) async -> Bool {
        let grace = min(timeout, Self.drainGrace)
        if await wait(grace, stop, until: isEmpty) { return true }
        for loop in loops { loop.eventLoop.execute { loop.closeIdleConnections(.rested) } }
        let requestGrace = min(timeout, Self.requestGrace) - grace
        if await wait(requestGrace, stop, until: isEmpty) { return true }
        for loop in loops { loop.eventLoop.execute { loop.closeIdleConnections(.all) } }
        return await wait(timeout - grace - requestGrace, stop, until: isEmpty)
    }

    /// Whether no connection and no request is left.
    private func isEmpty() -> Bool { counters.connections == 0 && counters.requests == 0 }

    /// Waits until `condition` holds, at most for `timeout`.
    ///
    /// - Returns: whether it came to hold
    @discardableResult
    private func wait(_ timeout: Duration, _ stop: StopSwitch, until condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + timeout
        while true {
            if condition() { return true }
            guard ContinuousClock.now < end, !stop.isImpatient else { return false }
            // The task that waits may have been cancelled; that is why it stops, not a reason to hurry.
            await Task.detached { try? await Task.sleep(for: .milliseconds(5)) }.value
        }
    }
}
