import CarafeHTTP
import Logging
import NIOCore

/// Takes the PROXY protocol's header off the beginning of a connection, keeps what it says for those who come behind it, and goes.
///
/// How long a client may take for it is not its matter: the time for the first request has begun.
final class ProxyHeaderHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let logger: Logger
    private var received = ByteBuffer()
    private var isRead = false
    /// For whom the connection speaks; nil while that has not been read.
    private(set) var header: ProxyHeader?

    init(logger: Logger) { self.logger = logger }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRead else { return context.fireChannelRead(data) }
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        switch ProxyHeader.read(received.readableBytesView) {
        case .incomplete: break
        case .malformed(let reason):
            isRead = true
            logger.warning("A connection without a header of the PROXY protocol was closed. \(reason)")
            context.close(promise: nil)
        case .header(let header):
            isRead = true
            self.header = header
            received.moveReaderIndex(forwardBy: header.length)
            if received.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(received)) }
            context.fireChannelReadComplete()
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isRead { context.fireChannelReadComplete() }
    }
}
