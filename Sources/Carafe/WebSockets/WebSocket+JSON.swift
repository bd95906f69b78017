public import CarafeHTTP
import NIOCore

extension WebSocket {
    /// Sends a value as JSON, in a text message, and waits while the client has not taken what was sent before.
    ///
    /// - Throws: ``JSONEncodingError`` where the value is none; ``WebSocketClosed`` where the socket is closed;
    ///   `CancellationError` where the task is cancelled while it waits
    public func send<Value: Encodable>(json value: Value) async throws {
        try await send(try JSONWriter().string(from: value))
    }
}

extension WebSocketMessage {
    /// The value that the message holds as JSON, in text or binary.
    ///
    /// - Throws: ``JSONDecodingError``; thrown out of a handler, it closes the socket with 1007 and tells the client
    ///   what is wrong, and where
    public func json<Value: Decodable>(as type: Value.Type = Value.self) throws(JSONDecodingError) -> Value {
        try JSONReader().decode(type, from: bytes)
    }
}
