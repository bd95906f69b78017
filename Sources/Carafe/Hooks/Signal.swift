import Synchronization

/// Tells whoever listens that something has happened (Blinker's signals, which Flask sends).
///
/// ```swift
/// let connection = app.signals.requestFinished.connect { event in
///     metrics.count(event.response.status)
/// }
/// connection.disconnect()
/// ```
///
/// Receivers run in the order in which they were connected, on the event loop, and must not block.
public final class Signal<Event>: Sendable {
    private struct Receiver: Sendable {
        let id: Int
        let receive: @Sendable (Event) -> Void
    }

    private let receivers = Mutex<(next: Int, list: [Receiver])>((0, []))
    private let count = Atomic<Int>(0)

    /// A signal of one's own.
    public init() {}

    /// Whether anyone listens.
    public var hasReceivers: Bool { count.load(ordering: .relaxed) > 0 }

    /// Runs `receive` at every event from now on, until the connection is ended.
    @discardableResult
    public func connect(_ receive: @escaping @Sendable (Event) -> Void) -> SignalConnection {
        let id = receivers.withLock { state in
            state.next += 1
            state.list.append(Receiver(id: state.next, receive: receive))
            count.store(state.list.count, ordering: .relaxed)
            return state.next
        }
        return SignalConnection { [weak self] in self?.disconnect(id) }
    }

    /// Runs every receiver with the event; the event is only made where somebody listens.
    public func send(_ event: @autoclosure () -> Event) {
        guard hasReceivers else { return }
        let list = receivers.withLock { $0.list }
        let event = event()
        for receiver in list { receiver.receive(event) }
    }

    private func disconnect(_ id: Int) {
        receivers.withLock { state in
            state.list.removeAll { $0.id == id }
            count.store(state.list.count, ordering: .relaxed)
        }
    }
}

/// A receiver's place among those of a signal.
public struct SignalConnection: Sendable {
    private let end: @Sendable () -> Void

    init(_ end: @escaping @Sendable () -> Void) { self.end = end }

    /// Ends the connection; the receiver gets no further event.
    public func disconnect() { end() }
}
