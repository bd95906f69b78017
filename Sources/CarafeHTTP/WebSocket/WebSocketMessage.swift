public import NIOCore

/// A message that came over a WebSocket.
public enum WebSocketMessage: Sendable, Equatable {
    /// Text, which is valid UTF-8.
    case text(String)
    /// Bytes.
    case binary(ByteBuffer)

    /// The text; nil where the message is binary.
    public var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The message's bytes; of text, its UTF-8.
    public var bytes: ByteBuffer {
        switch self {
        case .text(let text): ByteBuffer(string: text)
        case .binary(let bytes): bytes
        }
    }

    /// The number of bytes.
    public var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.readableBytes
        }
    }

    /// Whether both are of the same kind and have the same bytes; `==` on strings is canonical equivalence.
    public static func == (lhs: WebSocketMessage, rhs: WebSocketMessage) -> Bool {
        switch (lhs, rhs) {
        case (.text(let lhs), .text(let rhs)): FieldSyntax.same(lhs, rhs)
        case (.binary(let lhs), .binary(let rhs)): lhs == rhs
        case (.text, .binary), (.binary, .text): false
        }
    }

    /// The message in one frame, as every client is sent it: made once for many.
    package var serverFrame: ByteBuffer {
        var frame = ByteBuffer()
        WebSocketFrame.write(opcode, bytes, role: .server, into: &frame)
        return frame
    }

    var opcode: WebSocketOpcode {
        switch self {
        case .text: .text
        case .binary: .binary
        }
    }
}
