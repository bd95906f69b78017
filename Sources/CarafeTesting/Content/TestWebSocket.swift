public import Carafe
public import NIOCore

/// A WebSocket in a test: the client's end.
///
/// Whatever is waited for must come within ten seconds; a test that waits in vain fails instead of hanging.
public struct TestWebSocket: Sendable {
    private let connection: OpenWebSocket
    private static let patience = Duration.seconds(10)

    init(_ connection: OpenWebSocket) { self.connection = connection }

    /// The fields of the response that agreed to the handshake.
    public var headers: Headers { connection.headers }
    /// The subprotocol that was agreed on; nil for none.
    public var subprotocol: String? { connection.socket.subprotocol }
    /// Why the socket was closed; nil while it is open.
    public var closeCode: WebSocketCloseCode? { connection.socket.closeCode }
    /// What the app said with the code.
    public var closeReason: String { connection.socket.closeReason }

    /// Sends text.
    public func send(_ text: String) async throws { try await connection.socket.send(text) }
    /// Sends bytes.
    public func send(_ bytes: ByteBuffer) async throws { try await connection.socket.send(bytes) }
    /// Sends bytes.
    public func send(_ bytes: some Sequence<UInt8> & Sendable) async throws { try await connection.socket.send(bytes) }
    /// Sends a value as JSON, in a text message.
    public func send<Value: Encodable & Sendable>(json value: Value) async throws {
        try await connection.socket.send(json: value)
    }

    /// The next message, waited for; nil when the app has closed the socket.
    public func receive() async throws -> WebSocketMessage? {
        let socket = connection.socket
        return try await Self.soon { try await socket.receive() }
    }

    /// The next message, which must be text.
    public func receiveText() async throws -> String {
        guard let message = try await receive() else { throw WebSocketClosed(connection.socket) }
        guard case .text(let text) = message else { throw UnexpectedMessage(message: message) }
        return text
    }

    /// The next message, which must be binary.
    public func receiveBytes() async throws -> ByteBuffer {
        guard let message = try await receive() else { throw WebSocketClosed(connection.socket) }
        guard case .binary(let bytes) = message else { throw UnexpectedMessage(message: message) }
        return bytes
    }

    /// The next message, read as JSON.
    public func receiveJSON<Value: Decodable>(as type: Value.Type = Value.self) async throws -> Value {
        guard let message = try await receive() else { throw WebSocketClosed(connection.socket) }
        return try message.json(as: type)
    }

    /// Closes the socket and waits until the app has agreed.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") async throws {
        let socket = connection.socket
        try await Self.soon { await socket.close(code, reason: reason) }
    }

    /// Waits until the app closes the socket; messages that come before are dropped.
    ///
    /// - Returns: why it did
    @discardableResult
    public func closed() async throws -> WebSocketCloseCode {
        while try await receive() != nil {}
        return closeCode ?? .abnormal
    }

    /// Goes away without a word, as a client does whose network fails.
    public func disconnect() async { await connection.disconnect() }

    /// What `work` gives, unless it takes too long.
    private static func soon<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: patience)
                throw NothingCame()
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw NothingCame() }
            return result
        }
    }
}

/// Nothing came of a WebSocket while a test waited for it.
public struct NothingCame: Error, CustomStringConvertible {
    /// What happened.
    public let description = "Nothing came within ten seconds."
}

/// A message of another kind than a test expected.
public struct UnexpectedMessage: Error, CustomStringConvertible {
    /// The message.
    public let message: WebSocketMessage

    /// The message.
    public var description: String { "Another kind of message was expected than \(message)." }
}

extension WebSocketClosed {
    init(_ socket: WebSocket) {
        self.init(code: socket.closeCode ?? .abnormal, reason: socket.closeReason)
    }
}
