import CarafeHTTP
import NIOCore

/// The content of a request that is being answered while it arrives.
package final class IncomingContent {
    /// Whether the client waits for `100 Continue`.
    package enum Expectation { case none, waiting, told }

    /// Where the reader gets it.
    package let body: RequestBody
    let declaredLength: Int?
    /// Whether it is no request's content, but what the client sends over a connection that speaks another protocol.
    let isTunnel: Bool
    package var expectation: Expectation
    /// Whether the reader has more than it can take.
    package var isPaused = false
    private(set) var received = 0

    private var lastArrival: Tick
    private var windowStart: Tick
    private var receivedInWindow = 0

    package init(
        body: RequestBody, declaredLength: Int?, expectation: Expectation, now: Tick, isTunnel: Bool = false
    ) {
        self.isTunnel = isTunnel
        self.body = body
        self.declaredLength = declaredLength
        self.expectation = expectation
        lastArrival = now
        windowStart = now
    }

    /// Whether it is the client's turn to send; it is not while the reader has enough, or has asked for nothing yet
    /// and the client waits to be told. What goes through a tunnel may come at any time.
    package var isDue: Bool {
        if isTunnel { return false }
        if case .waiting = expectation { return false }
        return !isPaused
    }

    /// Passes bytes on.
    package func feed(_ bytes: ByteBuffer, now: Tick) {
        // A client that sends needs no telling.
        expectation = .none
        received += bytes.readableBytes
        receivedInWindow += bytes.readableBytes
        lastArrival = now
        if case .pause = body.feed(bytes) { isPaused = true }
    }

    /// Begins a new measurement, after a pause that was not the client's.
    package func restartClock(now: Tick) {
        lastArrival = now
        windowStart = now
        receivedInWindow = 0
    }

    /// When the client has to be looked at next.
    package func deadline(_ timeouts: Timeouts) -> Tick {
        min(lastArrival &+ timeouts.bodyIdle, windowStart &+ timeouts.bodyIdle)
    }

    /// Whether the client has paused too long or sent too little.
    package func isTooSlow(now: Tick, _ timeouts: Timeouts) -> Bool {
        if now &- lastArrival >= timeouts.bodyIdle { return true }
        guard now &- windowStart >= timeouts.bodyIdle else { return false }
        let isSlow = receivedInWindow < timeouts.bodyMinimum
        windowStart = now
        receivedInWindow = 0
        return isSlow
    }

    /// Whether what is left is so little that it is read and dropped to save the connection.
    func isWorthFinishing(limit: Int) -> Bool {
        if case .waiting = expectation { return false }
        guard let declaredLength else { return true }
        return declaredLength - received <= limit
    }
}
