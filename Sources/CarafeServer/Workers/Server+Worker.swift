import CarafeHTTP
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A server in a worker's process: it does what its supervisor orders, and tells it that it lives.
extension Server {
    /// How often a worker gives a sign of life.
    private static let pulseInterval = TimeAmount.seconds(1)

    /// Serves until the supervisor says to end, or is gone.
    ///
    /// - Parameter maxRequests: after how many requests it asks to be replaced; nil for never
    /// - Throws: ``ServerError`` where it cannot listen
    package func run(as worker: WorkerLink, maxRequests: Int?, _ events: ServerEvents) async throws {
        try await start()
        guard let loop = runningLoops.first else { return }
        let stop = StopSwitch()
        let signals = try await LoopSignals([SIGTERM, SIGINT, SIGQUIT, SIGUSR1], on: loop.eventLoop) { signal in
            switch signal {
            // The supervisor finds another one first, unless the whole service ends.
            case SIGTERM: worker.send(.leaving(.signal))
            case SIGUSR1: events.reopenLogs()
            default: stop.now()
            }
        }
        try await worker.listen(on: loop.eventLoop) { [logger] order in
            switch order {
            case .drain(let milliseconds): stop.drain(after: .milliseconds(milliseconds))
            case .stop: stop.now()
            case .reopenLogs: events.reopenLogs()
            case nil:
                // Ended itself, a worker lets go of the link too.
                guard stop.drain(after: .zero) else { break }
                logger.error("The supervisor has gone: this worker finishes what it does, and ends.")
            }
        }
        let pulses = startPulses(every: Self.pulseInterval)
        loop.eventLoop.scheduleRepeatedTask(initialDelay: Self.pulseInterval, delay: Self.pulseInterval) { [self] _ in
            let vitals = vitals(of: pulses)
            worker.send(.alive(vitals))
            if let maxRequests, vitals.served >= maxRequests { worker.send(.leaving(.requests)) }
        }
        events.started(boundAddresses)
        worker.send(.ready)
        await stopWhenTold(stop, events) { await signals.close() }
    }

    /// Has every event loop give a sign of life, again and again.
    package func startWatchdog(_ manager: ServiceManager) {
        guard let interval = manager.watchdogInterval, let loop = runningLoops.first else { return }
        let pulse = TimeAmount(min(interval, .seconds(1)))
        let pulses = startPulses(every: pulse)
        loop.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: TimeAmount(interval)) { _ in
            // An event loop that hangs is a service that hangs.
            if pulses.allSatisfy({ $0.age < interval * 2 }) { manager.notify(.alive) }
        }
    }

    private func startPulses(every interval: TimeAmount) -> [Pulse] {
        runningLoops.map { loop in
            let pulse = Pulse()
            loop.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: interval) { _ in
                pulse.beat(served: loop.served)
            }
            return pulse
        }
    }

    private func vitals(of pulses: [Pulse]) -> WorkerVitals {
        let silence = pulses.map(\.age).max() ?? .zero
        return WorkerVitals(
            // A second is what lies between two signs of life.
            silence: silence > .seconds(2) ? Int(silence.milliseconds) : 0, connections: counters.connections,
            requests: counters.requests, served: pulses.map(\.served).reduce(0, +))
    }
}
