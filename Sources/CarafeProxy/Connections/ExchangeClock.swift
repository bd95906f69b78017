import CarafeHTTP
import CarafeServer
import NIOCore

/// Tells when a server has been silent for too long.
struct ExchangeClock {
    /// What the server is waited for.
    enum Phase { case response, content, tunnel }

    private(set) var phase = Phase.response
    /// Whether it is not the server's turn: its client takes nothing.
    var isPaused = false
    private let response: TimeAmount
    private let content: TimeAmount
    private let tunnel: TimeAmount
    private var progress = NIODeadline.now()
    private var alarm: Scheduled<Void>?

    init(_ proxy: Proxy) {
        response = .milliseconds(proxy.responseTimeout.milliseconds)
        content = .milliseconds(proxy.idleTimeout.milliseconds)
        tunnel = .milliseconds(proxy.tunnelTimeout.milliseconds)
    }

    /// Notes that something has happened.
    mutating func noteProgress() { progress = .now() }

    /// Begins to wait for something else, on this event loop.
    mutating func wait(for phase: Phase, on eventLoop: any EventLoop, _ check: @escaping @Sendable () -> Void) {
        self.phase = phase
        noteProgress()
        schedule(on: eventLoop, check)
    }

    /// Has `check` called when the time is over, unless something happens.
    ///
    /// - Returns: whether it is over already
    @discardableResult
    mutating func schedule(on eventLoop: any EventLoop, _ check: @escaping @Sendable () -> Void) -> Bool {
        alarm?.cancel()
        if isPaused { noteProgress() }
        let end = progress + limit
        if end <= .now() { return true }
        alarm = eventLoop.scheduleTask(deadline: end, check)
        return false
    }

    private var limit: TimeAmount {
        switch phase {
        case .response: response
        case .content: content
        case .tunnel: tunnel
        }
    }

    /// Waits no more.
    mutating func stop() {
        alarm?.cancel()
        alarm = nil
    }
}

extension EventLoop {
    /// Runs `body` on the event loop: at once where this is it.
    func runNow(_ body: @escaping @Sendable () -> Void) {
        if inEventLoop { body() } else { execute(body) }
    }
}
