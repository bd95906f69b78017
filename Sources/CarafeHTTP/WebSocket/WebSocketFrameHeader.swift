internal import NIOCore

/// What comes before a frame's payload (RFC 6455 §5.2).
struct WebSocketFrameHeader {
    let opcode: WebSocketOpcode
    let isFinal: Bool
    /// Whether RSV1 is set: the message that begins with this frame is compressed (RFC 7692 §6).
    let isCompressed: Bool
    let length: Int
    /// Nil where the payload is not masked.
    let mask: WebSocketMask?

    /// What decides whether a header is allowed.
    struct Context {
        /// Which side reads it.
        var role: WebSocketRole
        /// Whether permessage-deflate was agreed on.
        var mayBeCompressed: Bool
        /// Whether a message has been begun and not ended.
        var isWithinMessage: Bool
        /// The most bytes that the frame may add to its message; nil where that shows when it is inflated.
        var room: Int?
    }

    /// Takes a header from the beginning of `buffer`; nil while it is not complete. What is wrong is told with the
    /// first byte that shows it, so that it does not matter how the bytes were cut.
    static func read(from buffer: inout ByteBuffer, _ context: Context) throws(WebSocketFailure) -> Self? {
        let parsed = buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(WebSocketFailure) in try parse(bytes, context) }
        }
        guard let (header, count) = try parsed.get() else { return nil }
        buffer.moveReaderIndex(forwardBy: count)
        return header
    }

    private static func parse(
        _ bytes: UnsafeRawBufferPointer, _ context: Context
    ) throws(WebSocketFailure) -> (Self, count: Int)? {
        guard bytes.count > 0 else { return nil }
        let opcode = try opcode(bytes[0], context)
        guard bytes.count > 1 else { return nil }
        let isMasked = bytes[1] & 0x80 != 0
        guard isMasked == (context.role == .server) else {
            throw WebSocketFailure(.protocolError, isMasked ? "Masked frame." : "Frame without mask.")
        }
        let short = Int(bytes[1] & 0x7F)
        if opcode.isControl, short > 125 { throw WebSocketFailure(.protocolError, "Long control frame.") }
        if opcode == .close, short == 1 { throw WebSocketFailure(.protocolError, "Half a close code.") }
        let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
        guard bytes.count >= 2 + lengthBytes else { return nil }
        let length = try length(short, bytes, lengthBytes)
        let isCompressed = bytes[0] & 0x40 != 0
        if !opcode.isControl, let room = context.room, !isCompressed, length > room {
            throw WebSocketFailure(.messageTooBig, "Message too big.")
        }
        let count = 2 + lengthBytes + (isMasked ? 4 : 0)
        guard bytes.count >= count else { return nil }
        let mask = isMasked ? WebSocketMask(UnsafeRawBufferPointer(rebasing: bytes[(count - 4)..<count])) : nil
        let header = Self(
            opcode: opcode, isFinal: bytes[0] & 0x80 != 0, isCompressed: isCompressed, length: length, mask: mask)
        return (header, count)
    }

    private static func opcode(_ byte: UInt8, _ context: Context) throws(WebSocketFailure) -> WebSocketOpcode {
        guard let opcode = WebSocketOpcode(rawValue: byte & 0x0F) else {
            throw WebSocketFailure(.protocolError, "Reserved opcode.")
        }
        let mayBeCompressed = context.mayBeCompressed && (opcode == .text || opcode == .binary)
        guard byte & 0x30 == 0, byte & 0x40 == 0 || mayBeCompressed else {
            throw WebSocketFailure(.protocolError, "Reserved bits.")
        }
        if opcode.isControl {
            guard byte & 0x80 != 0 else { throw WebSocketFailure(.protocolError, "Fragmented control frame.") }
        } else if (opcode == .continuation) != context.isWithinMessage {
            throw WebSocketFailure(
                .protocolError, context.isWithinMessage ? "Message within a message." : "Continuation of nothing.")
        }
        return opcode
    }

    /// The length, which must be written in as few bytes as it can be.
    private static func length(
        _ short: Int, _ bytes: UnsafeRawBufferPointer, _ count: Int
    ) throws(WebSocketFailure) -> Int {
        guard count > 0 else { return short }
        var length: UInt64 = 0
        for index in 2..<(2 + count) { length = length << 8 | UInt64(bytes[index]) }
        guard length > (count == 2 ? 125 : 0xFFFF) else {
            throw WebSocketFailure(.protocolError, "Length in more bytes than it needs.")
        }
        guard let length = Int(exactly: length) else {
            throw WebSocketFailure(.protocolError, "Length of 2^63 or more.")
        }
        return length
    }
}
