import NIOCore

/// Stands between the socket (or TLS) and the frames: notes the GOAWAY that ends a connection, and drops what comes after
/// it.
///
/// The frames' handler tells of every mistake of the client's in the same way, those of one stream and those of the whole
/// connection; only before the latter it writes a GOAWAY.
final class HTTP2Wire: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = ByteBuffer

    /// Whether the last bytes that were written are a GOAWAY with an error.
    private(set) var hasFailed = false
    /// Whether what the client sends is dropped.
    var isDeaf = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isDeaf { context.fireChannelRead(data) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .byteBuffer(let bytes) = unwrapOutboundIn(data) else {
            promise?.fail(ChannelError.operationUnsupported)
            return
        }
        hasFailed = Self.endsWithFailure(bytes)
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    /// Whether bytes end with a GOAWAY frame (RFC 9113 §6.8) without further data and with an error.
    private static func endsWithFailure(_ bytes: ByteBuffer) -> Bool {
        let start = bytes.writerIndex - 17
        guard start >= bytes.readerIndex,
            let lengthAndType: UInt32 = bytes.getInteger(at: start), lengthAndType == 0x0000_0807,
            let code: UInt32 = bytes.getInteger(at: start + 13)
        else { return false }
        return code != 0
    }
}
