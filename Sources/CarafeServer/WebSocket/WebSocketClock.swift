import CarafeHTTP

/// Tells when a WebSocket has been silent for too long.
struct WebSocketClock {
    /// What is to be done.
    enum Step {
        case nothing
        /// Nothing has come for a while: the client is asked for a sign of life.
        case ping
        /// Neither side has sent a message for too long.
        case idle
        /// The client gave no sign of life, or does not agree to the end.
        case lost
    }

    private let pingInterval: Tick?
    private let pingTimeout: Tick
    private let idleTimeout: Tick?
    private let closeTimeout: Tick
    private let sendTimeout: Tick

    private var lastReceived: Tick
    private var pinged: Tick?
    private var activity: UInt64 = 0
    private var lastActivity: Tick
    private var closing: Tick?
    private var unsent = 0
    private var lastProgress: Tick

    init(_ options: WebSocketOptions, _ timeouts: Timeouts, now: Tick) {
        pingInterval = options.pingInterval.map(timeouts.ticks)
        pingTimeout = timeouts.ticks(options.pingTimeout)
        idleTimeout = options.idleTimeout.map(timeouts.ticks)
        closeTimeout = timeouts.ticks(options.closeTimeout)
        sendTimeout = timeouts.send
        (lastReceived, lastActivity, lastProgress) = (now, now, now)
    }

    /// Notes a sign of life.
    mutating func received(at now: Tick) {
        lastReceived = now
        pinged = nil
    }

    /// - Parameter isReading: whether the client is listened to; while the app holds it up, its silence says nothing
    mutating func tick(_ now: Tick, _ socket: WebSocket, isReading: Bool) -> Step {
        if socket.isClosing {
            let since = closing ?? now
            closing = since
            return now &- since >= closeTimeout ? .lost : .nothing
        }
        if isReading, let pingInterval {
            if let pinged {
                if now &- pinged >= pingTimeout { return .lost }
            } else if now &- lastReceived >= pingInterval {
                pinged = now
                return .ping
            }
        }
        let count = socket.activity
        if count != activity {
            (activity, lastActivity) = (count, now)
        } else if let idleTimeout, now &- lastActivity >= idleTimeout {
            return .idle
        }
        return .nothing
    }

    /// Whether the client has taken none of the bytes that wait for it for too long.
    mutating func isStuck(unsent count: Int, _ now: Tick) -> Bool {
        if count == 0 || count != unsent {
            (unsent, lastProgress) = (count, now)
            return false
        }
        return now &- lastProgress >= sendTimeout
    }
}
