public import NIOCore
import Synchronization

/// The content of a request, as it arrives.
///
/// Small content that came together with the head is already there (``buffered``). Larger content is a stream with
/// back-pressure: while nobody reads it, the server stops reading from the client, so an upload of any size holds at
/// most ``highWatermark`` bytes and what the system's socket buffers hold.
///
/// ```swift
/// for try await chunk in request.body { size += chunk.readableBytes }
/// ```
///
/// The content can be read once; reading it a second time gives nothing, unless it was collected, which keeps it.
public final class RequestBody: Sendable, AsyncSequence {
    /// A piece of the content.
    public typealias Element = ByteBuffer

    /// How many unread bytes make the server stop reading.
    package static let highWatermark = 128 * 1024

    private enum Phase {
        case open
        case ended
        case failed(any Error)
    }

    private struct State {
        var phase: Phase
        var chunks: CircularBuffer<ByteBuffer> = []
        var unread = 0
        var waiter: CheckedContinuation<Void, Never>?
        var collected: ByteBuffer?
        var trailers: Headers?
        var received = 0
        var limit: Int
        /// Whether anyone has asked for the content (a client that waits for 100 Continue is then told to go on).
        var isDemanded = false
        var isPaused = false
    }

    private let state: Mutex<State>

    /// Called, from any thread, when the reader wants more: on the first read, and when a paused producer may go on.
    private let demand: (@Sendable () -> Void)?

    /// The length that the client declared; nil for chunked content.
    public let contentLength: Int?

    /// Content that is complete.
    public init(_ bytes: ByteBuffer = ByteBuffer()) {
        contentLength = bytes.readableBytes
        demand = nil
        var initial = State(phase: .ended, limit: .max)
        if bytes.readableBytes > 0 {
            initial.chunks.append(bytes)
            initial.unread = bytes.readableBytes
            initial.received = bytes.readableBytes
        }
        state = Mutex(initial)
    }

    /// Content that a producer will ``feed(_:)``.
    ///
    /// - Parameters:
    ///   - contentLength: the declared length, nil where it is chunked
    ///   - limit: the most bytes it may have; one more and reading throws ``ContentTooLarge``
    ///   - demand: called from any thread when a reader wants content
    package init(contentLength: Int?, limit: Int, demand: @escaping @Sendable () -> Void) {
        self.contentLength = contentLength
        self.demand = demand
        state = Mutex(State(phase: .open, limit: limit))
    }

    /// All of the content, where it has arrived completely and nobody has begun to read it; nil otherwise.
    public var buffered: ByteBuffer? {
        state.withLock { state in
            if let collected = state.collected { return collected }
            guard case .ended = state.phase, state.received == state.unread else { return nil }
            return Self.join(&state)
        }
    }

    /// The most bytes that the content may have: more, and reading throws ``ContentTooLarge``.
    package var limit: Int {
        get { state.withLock { $0.limit } }
        set { state.withLock { $0.limit = newValue } }
    }

    /// The trailer fields, once the content has been read to its end.
    public var trailers: Headers? { state.withLock { $0.trailers } }

    /// Reads all of the content.
    ///
    /// It is kept: a second call gives the same bytes.
    ///
    /// - Parameter limit: the most bytes to take
    /// - Throws: ``ContentTooLarge`` where there are more (before reading, where the length is declared),
    ///   ``ContentInterrupted`` where the client went away or was too slow.
    public func collect(upTo limit: Int = .max) async throws -> ByteBuffer {
        if let length = contentLength, length > limit { throw ContentTooLarge(limit: limit) }
        if let buffered {
            guard buffered.readableBytes <= limit else { throw ContentTooLarge(limit: limit) }
            return buffered
        }
        var result = ByteBuffer()
        for try await chunk in self {
            guard result.readableBytes + chunk.readableBytes <= limit else { throw ContentTooLarge(limit: limit) }
            result.writeImmutableBuffer(chunk)
        }
        state.withLock { $0.collected = result }
        return result
    }

    /// The content in pieces, in order.
    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    /// Gives the content's pieces; ``RequestBody``'s own iterator.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let body: RequestBody

        /// The next piece, nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> ByteBuffer? {
            try await body.nextChunk(isolation: actor)
        }

        /// The next piece, nil at the end.
        public mutating func next() async throws -> ByteBuffer? { try await body.nextChunk(isolation: nil) }
    }

    private func nextChunk(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
        while true {
            enum Step {
                case chunk(ByteBuffer, resume: Bool)
                case end
                case fail(any Error)
                case wait(first: Bool)
            }
            let step: Step = state.withLock { state in
                if state.received > state.limit { return .fail(ContentTooLarge(limit: state.limit)) }
                if let chunk = state.chunks.popFirst() {
                    state.unread -= chunk.readableBytes
                    let resume = state.isPaused && state.unread < Self.highWatermark / 2
                    if resume { state.isPaused = false }
                    return .chunk(chunk, resume: resume)
                }
                switch state.phase {
                case .ended: return .end
                case .failed(let error): return .fail(error)
                case .open:
                    let first = !state.isDemanded
                    state.isDemanded = true
                    return .wait(first: first)
                }
            }
            switch step {
            case .chunk(let chunk, let resume):
                if resume { demand?() }
                return chunk
            case .end: return nil
            case .fail(let error): throw error
            case .wait(let first):
                if first { demand?() }
                await waitForChange()
                if Task.isCancelled { throw CancellationError() }
            }
        }
    }

    /// Suspends until something has been fed, or the task is cancelled.
    private func waitForChange() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if case .open = state.phase, state.chunks.isEmpty, !Task.isCancelled {
                        // A body has one reader; a second one would only wait for ever, so the first is sent on.
                        let previous = state.waiter
                        state.waiter = continuation
                        previous?.resume()
                        return false
                    }
                    return true
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
    }

    private func wake() {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiter = nil }
            return state.waiter
        }?.resume()
    }

    private static func join(_ state: inout State) -> ByteBuffer {
        if state.chunks.count <= 1 { return state.chunks.first ?? ByteBuffer() }
        var all = ByteBuffer()
        all.reserveCapacity(state.unread)
        for chunk in state.chunks { all.writeImmutableBuffer(chunk) }
        state.chunks = [all]
        return all
    }

    // MARK: - The producer's side

    /// What a producer should do after feeding.
    package enum Flow: Sendable { case proceed, pause }

    /// Adds bytes that have arrived.
    package func feed(_ bytes: ByteBuffer) -> Flow {
        let flow: Flow = state.withLock { state in
            guard case .open = state.phase else { return .proceed }
            state.received += bytes.readableBytes
            if state.received > state.limit {
                // Nothing past the limit is held; the reader gets the error.
                state.chunks.removeAll()
                state.unread = 0
                state.phase = .failed(ContentTooLarge(limit: state.limit))
                return .proceed
            }
            state.chunks.append(bytes)
            state.unread += bytes.readableBytes
            if state.unread >= Self.highWatermark {
                state.isPaused = true
                return .pause
            }
            return .proceed
        }
        wake()
        return flow
    }

    /// Ends the content.
    package func finish(trailers: Headers? = nil) {
        state.withLock { state in
            guard case .open = state.phase else { return }
            state.phase = .ended
            state.trailers = trailers
        }
        wake()
    }

    /// Ends the content early: the reader gets `error` after the pieces that had arrived.
    package func fail(_ error: any Error) {
        state.withLock { state in
            guard case .open = state.phase else { return }
            state.phase = .failed(error)
        }
        wake()
    }

    /// Forgets content of more than `limit` bytes that has arrived: nobody will read it any more.
    package func discard(over limit: Int) {
        let forgotten = state.withLock { state -> (CircularBuffer<ByteBuffer>, ByteBuffer?)? in
            guard state.unread > limit || state.collected.map({ $0.readableBytes > limit }) == true else { return nil }
            defer {
                state.chunks = []
                state.collected = nil
                state.unread = 0
            }
            return (state.chunks, state.collected)
        }
        _ = forgotten
    }

    /// Whether a reader has asked for content.
    package var isDemanded: Bool { state.withLock { $0.isDemanded } }

    /// How many bytes have arrived and wait for a reader.
    package var unreadBytes: Int { state.withLock { $0.unread } }
}

/// More content than the limit allows: 413 (RFC 9110 §15.5.14).
public struct ContentTooLarge: Error, Sendable, CustomStringConvertible {
    /// The limit in bytes.
    public let limit: Int

    /// An error for this limit.
    public init(limit: Int) { self.limit = limit }

    /// What happened.
    public var description: String { "The request's content is larger than the limit of \(limit) bytes." }
}

/// Content that ended before it was complete.
public struct ContentInterrupted: Error, Sendable, CustomStringConvertible {
    /// Why content ends early.
    public enum Reason: Sendable {
        /// The client closed the connection.
        case disconnected
        /// The client sent nothing, or too little, for too long.
        case tooSlow
        /// The bytes are not what RFC 9112 §7 allows.
        case malformed
    }

    /// Why it ended.
    public let reason: Reason

    /// An error with its reason.
    public init(_ reason: Reason) { self.reason = reason }

    /// What happened.
    public var description: String {
        switch reason {
        case .disconnected: "The client went away before its request was complete."
        case .tooSlow: "The client sent its request's content too slowly."
        case .malformed: "The request's content is malformed."
        }
    }
}
