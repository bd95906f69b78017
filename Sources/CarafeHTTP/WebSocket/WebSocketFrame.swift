package import NIOCore

/// What a frame is (RFC 6455 §5.2).
package enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    /// Whether it says something of the connection rather than being part of a message.
    var isControl: Bool { rawValue & 0x8 != 0 }
}

/// Which side of the connection this is: clients mask what they send, servers do not.
package enum WebSocketRole: Sendable { case server, client }

/// The key that a frame's payload is masked with (RFC 6455 §5.3).
struct WebSocketMask: Sendable {
    /// The four bytes as they stand in memory, which is the order of the wire.
    private var key: UInt32

    init(_ bytes: UnsafeRawBufferPointer) { key = bytes.loadUnaligned(as: UInt32.self) }

    static func random() -> WebSocketMask { WebSocketMask(key: .random(in: .min ... .max)) }

    private init(key: UInt32) { self.key = key }

    var bytes: UInt32 { key }

    /// Masks or unmasks the next bytes of the payload.
    mutating func apply(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer) {
        let count = Swift.min(source.count, target.count)
        let wide = UInt64(key) | UInt64(key) << 32
        var index = 0
        while index &+ 8 <= count {
            let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            target.storeBytes(of: word ^ wide, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        withUnsafeBytes(of: key) { key in
            while index < count {
                target[index] = source[index] ^ key[index & 3]
                index &+= 1
            }
        }
        // The next piece begins with another of the four bytes.
        let shift = UInt32(truncatingIfNeeded: (count & 3) &* 8)
        key = UInt32(littleEndian: key.littleEndian &>> shift | key.littleEndian &<< ((32 &- shift) & 31))
    }
}

/// Writes frames.
package enum WebSocketFrame {
    /// Writes a whole frame.
    ///
    /// - Parameters:
    ///   - isFinal: whether the message ends with it
    ///   - isCompressed: whether the message that begins with it is compressed
    ///   - role: whose frame it is; a client's is masked
    package static func write(
        _ opcode: WebSocketOpcode, _ payload: ByteBuffer, isFinal: Bool = true, isCompressed: Bool = false,
        role: WebSocketRole, into output: inout ByteBuffer
    ) {
        output.reserveCapacity(minimumWritableBytes: payload.readableBytes + 14)
        output.writeInteger(opcode.rawValue | (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0))
        let maskBit: UInt8 = role == .client ? 0x80 : 0
        switch payload.readableBytes {
        case ...125: output.writeInteger(maskBit | UInt8(truncatingIfNeeded: payload.readableBytes))
        case ...0xFFFF:
            output.writeInteger(maskBit | 126)
            output.writeInteger(UInt16(truncatingIfNeeded: payload.readableBytes))
        default:
            output.writeInteger(maskBit | 127)
            output.writeInteger(UInt64(payload.readableBytes))
        }
        guard role == .client else {
            output.writeImmutableBuffer(payload)
            return
        }
        var mask = WebSocketMask.random()
        output.writeInteger(mask.bytes, endianness: .host)
        output.writeMasked(payload, &mask)
    }

    /// Writes a close frame; a code that may not be sent, such as "no status", makes it empty.
    package static func writeClose(
        _ code: WebSocketCloseCode, _ reason: String, role: WebSocketRole, into output: inout ByteBuffer
    ) {
        var payload = ByteBuffer()
        if code.isSendable {
            payload.writeInteger(code.rawValue)
            payload.writeString(reason.prefix(utf8: 123))
        }
        write(.close, payload, role: role, into: &output)
    }
}

extension ByteBuffer {
    /// Writes another buffer's bytes masked or unmasked.
    mutating func writeMasked(_ bytes: ByteBuffer, _ mask: inout WebSocketMask) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.readableBytes) { target in
            bytes.withUnsafeReadableBytes { source in
                mask.apply(source, to: target)
                return source.count
            }
        }
    }
}

extension String {
    /// As many whole code points from the beginning as have at most so many bytes of UTF-8.
    func prefix(utf8 limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(decoding: utf8[..<end], as: UTF8.self)
    }
}
