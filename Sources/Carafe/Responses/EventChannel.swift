public import CarafeHTTP
import Synchronization

/// Server-sent events for everyone who listens, with ids, and by choice kept so that a client that was away gets what it
/// has missed.
///
/// ```swift
/// let news = EventChannel(replay: 100)
/// app.get("/news") { (request: Request) in news.stream(for: request) }
/// app.post("/news") { (request: Request) async throws in
///     news.send(try await request.text(), event: "headline")
///     return HTTPResponse.Status.accepted
/// }
/// ```
///
/// Sending never waits. Each listener has a bounded queue of its own; the stream of one whose queue is full ends, so that
/// its client connects again, with the id of the last event that it has got, and goes on from there. The listeners are
/// those of one process.
public final class EventChannel: Sendable {
    private struct State {
        /// The number of the last event.
        var last: UInt64 = 0
        /// The last events, the oldest first.
        var kept: [String] = []
        var listeners: [UInt64: AsyncStream<String>.Continuation] = [:]
        var nextListener: UInt64 = 0
    }

    private let replay: Int
    private let queue: Int
    /// Begins the ids, so that those of an earlier process are not taken for this one's.
    private let epoch = String(UInt32.random(in: .min ... .max), radix: 36)
    private let state = Mutex(State())

    /// A channel without listeners.
    ///
    /// - Parameters:
    ///   - replay: how many of the last events are kept for clients that connect again; none unless told
    ///   - queue: how many events may wait for a listener
    public init(replay: Int = 0, queue: Int = 256) {
        self.replay = max(0, replay)
        self.queue = max(1, queue)
    }

    /// Sends an event to everyone who listens.
    ///
    /// - Returns: how many listen
    @discardableResult
    public func send(_ data: String, event: String? = nil) -> Int {
        state.withLock { state in
            state.last += 1
            let block = EventWriter.block(data, event: event, id: "\(epoch)-\(state.last)")
            if replay > 0 {
                if state.kept.count >= replay { state.kept.removeFirst(state.kept.count - replay + 1) }
                state.kept.append(block)
            }
            for (id, listener) in state.listeners {
                guard case .dropped = listener.yield(block) else { continue }
                listener.finish()
                state.listeners[id] = nil
            }
            return state.listeners.count
        }
    }

    /// Sends an event whose message is a value as JSON to everyone who listens.
    ///
    /// - Returns: how many listen
    @discardableResult
    public func send<Value: Encodable>(json value: Value, event: String? = nil) throws -> Int {
        send(try JSONWriter().string(from: value), event: event)
    }

    /// How many listen.
    public var count: Int { state.withLock { $0.listeners.count } }

    /// The events from now on; before them, for a client that connects again, those that it has missed. One whose last
    /// event is not known any more gets all that are kept.
    ///
    /// - Parameters:
    ///   - heartbeat: how often a comment is sent while there are no events; nil for never
    ///   - retry: how long the client waits before it connects again; nil leaves that to the client
    public func stream(
        for request: Request, heartbeat: Duration? = .seconds(15), retry: Duration? = nil
    ) -> EventStream {
        EventStream(heartbeat: heartbeat) { [self] events in
            let (id, missed, stream) = listen(after: request.lastEventID)
            defer { leave(id) }
            // Who sees the stream begin misses nothing from then on.
            if let retry { try await events.setRetry(retry) }
            for block in missed { try await events.send(block: block) }
            for await block in stream { try await events.send(block: block) }
            try Task.checkCancellation()
        }
    }

    private func listen(after lastID: String?) -> (UInt64, [String], AsyncStream<String>) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(queue))
        return state.withLock { state in
            let id = state.nextListener
            state.nextListener += 1
            state.listeners[id] = continuation
            guard let lastID else { return (id, [], stream) }
            let missed = number(in: lastID).flatMap { $0 <= state.last ? Int(clamping: state.last - $0) : nil }
            return (id, state.kept.suffix(missed ?? state.kept.count), stream)
        }
    }

    private func leave(_ id: UInt64) {
        state.withLock { $0.listeners.removeValue(forKey: id) }?.finish()
    }

    /// The number of an event of this channel; nil where the id is none of its.
    private func number(in id: String) -> UInt64? {
        let start = "\(epoch)-".utf8
        guard id.utf8.starts(with: start) else { return nil }
        let digits = id.utf8.dropFirst(start.count)
        guard 1...19 ~= digits.count, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self))
    }
}
