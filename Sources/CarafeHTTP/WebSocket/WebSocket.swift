public import NIOCore
import Synchronization

/// A WebSocket (RFC 6455): messages both ways, for as long as both sides like.
///
/// ```swift
/// app.webSocket("/echo") { (socket: WebSocket) in
///     for try await message in socket { try await socket.send(message) }
/// }
/// ```
///
/// Its messages are read by one loop. The loop ends when the socket is closed, by whomever; ``closeCode`` then tells
/// why. While nobody reads, the client is held up, and a send waits while the client does not take what was sent before.
/// Any task may send; messages never mix. When the handler returns the socket is closed with 1000, when it throws with
/// 1011.
public final class WebSocket: Sendable, AsyncSequence {
    /// What a loop over the socket sees.
    public typealias Element = WebSocketMessage

    /// The subprotocol that was agreed on; nil for none.
    public let subprotocol: String?

    let options: WebSocketOptions
    let state: Mutex<WebSocketState>

    package init(
        role: WebSocketRole, subprotocol: String? = nil, options: WebSocketOptions, deflate: WebSocketDeflate? = nil
    ) {
        self.subprotocol = subprotocol
        self.options = options
        state = Mutex(WebSocketState(role: role, options: options, deflate: deflate))
    }

    // MARK: - Receiving

    /// The next message, waited for; nil when the socket is closed and every message has been read.
    ///
    /// - Throws: `CancellationError` where the task is cancelled while the socket is open
    public func receive() async throws -> WebSocketMessage? { try await nextMessage(isolation: nil) }

    /// The messages, as they come.
    public func makeAsyncIterator() -> Iterator { Iterator(socket: self) }

    /// Gives a socket's messages; ``WebSocket``'s own iterator.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let socket: WebSocket

        /// The next message, nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> WebSocketMessage?
        {
            try await socket.nextMessage(isolation: actor)
        }

        /// The next message, nil at the end.
        public mutating func next() async throws -> WebSocketMessage? { try await socket.nextMessage(isolation: nil) }
    }

    private func nextMessage(isolation actor: isolated (any Actor)?) async throws -> WebSocketMessage? {
        while true {
            let (message, isOver, service, waiters) = state.withLock { state in
                let message = state.takeMessage()
                let waiters = state.isOver ? state.takeDueWaiters() : []
                return (message, state.isOver, state.requestServiceIfResumed(), waiters)
            }
            service?()
            resume(waiters)
            if let message { return message }
            if isOver { return nil }
            try Task.checkCancellation()
            await wait(for: .message)
        }
    }

    // MARK: - Sending

    /// Sends text, and waits while the client has not taken what was sent before.
    ///
    /// - Throws: ``WebSocketClosed`` where the socket is closed; `CancellationError` where the task is cancelled while
    ///   it waits
    public func send(_ text: String) async throws { try await send(.text, ByteBuffer(string: text)) }

    /// Sends bytes, and waits while the client has not taken what was sent before.
    ///
    /// - Throws: ``WebSocketClosed`` where the socket is closed; `CancellationError` where the task is cancelled while
    ///   it waits
    public func send(_ bytes: ByteBuffer) async throws { try await send(.binary, bytes) }

    /// Sends bytes, and waits while the client has not taken what was sent before.
    ///
    /// - Throws: ``WebSocketClosed`` where the socket is closed; `CancellationError` where the task is cancelled while
    ///   it waits
    public func send(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        try await send(.binary, ByteBuffer(bytes: bytes))
    }

    /// Sends a message as it was received.
    ///
    /// - Throws: ``WebSocketClosed`` where the socket is closed; `CancellationError` where the task is cancelled while
    ///   it waits
    public func send(_ message: WebSocketMessage) async throws {
        try await send(message.opcode, message.bytes)
    }

    private func send(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) async throws {
        while true {
            let attempt = try state.withLock { state throws(WebSocketClosed) in try state.send(opcode, payload) }
            if case .sent(let service) = attempt {
                service?()
                return
            }
            try Task.checkCancellation()
            await wait(for: .room)
        }
    }

    /// Sends a message if that takes no waiting: a client that is slow loses it, and holds nobody up.
    ///
    /// - Returns: false where the socket is closed, or the client has ``WebSocketOptions/offerBuffer`` bytes not taken
    @discardableResult
    public func offer(_ message: WebSocketMessage) -> Bool {
        offer(frame: message.serverFrame) == .taken
    }

    // MARK: - Closing

    /// Why the socket was closed; nil while it is open. ``WebSocketCloseCode/abnormal`` where the connection was lost.
    public var closeCode: WebSocketCloseCode? { state.withLock { $0.closeCode } }

    /// What was said with the code; empty for nothing.
    public var closeReason: String { state.withLock { $0.closeReason } }

    /// Closes the socket and waits until the other side has agreed, or has not in time. What it still sends is dropped.
    ///
    /// - Parameters:
    ///   - code: why; 3000 to 4999 are for apps
    ///   - reason: more of it, for a person; at most 123 bytes of it are sent
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") async {
        beginClosing(code, reason)
        while !state.withLock({ $0.isOver }), !Task.isCancelled { await wait(for: .end) }
    }

    // MARK: - Waiting

    /// Suspends until something happens that someone may wait for, or the task is cancelled.
    private func wait(for event: WebSocketState.Event) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let mustWait = state.withLock { state in
                    guard !Task.isCancelled, !state.hasHappened(event) else { return false }
                    state.waiters.append((event, waiter))
                    return true
                }
                if !mustWait { waiter.resume() }
            }
        } onCancel: {
            resume(state.withLock { $0.takeWaiters { _ in true } })
        }
    }

    func resume(_ waiters: [CheckedContinuation<Void, Never>]) {
        for waiter in waiters { waiter.resume() }
    }
}

/// A socket that was closed while it was to be sent something.
public struct WebSocketClosed: Error, Sendable, CustomStringConvertible {
    /// Why the socket was closed.
    public let code: WebSocketCloseCode
    /// What was said with the code.
    public let reason: String

    package init(code: WebSocketCloseCode, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What happened.
    public var description: String {
        "The WebSocket is closed: \(code)\(reason.utf8.isEmpty ? "" : " (\(reason))")."
    }
}
