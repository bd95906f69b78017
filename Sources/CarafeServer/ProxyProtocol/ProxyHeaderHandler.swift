import CarafeHTTP
import Logging
import NIOCore

/// Takes the PROXY protocol's header off the beginning of a connection, tells what it says to those behind it
/// (``ProxiedConnection``), and goes.
///
/// How long a client may take for it is not its matter: the time for the first request has begun.
final class ProxyHeaderHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let logger: Logger
    private var received = ByteBuffer()
    private var isRead = false

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
            received.moveReaderIndex(forwardBy: header.length)
            context.fireUserInboundEventTriggered(ProxiedConnection(header: header))
            if received.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(received)) }
            context.fireChannelReadComplete()
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isRead { context.fireChannelReadComplete() }
    }
}

/// The event that tells for whom a connection speaks.
struct ProxiedConnection: Sendable {
    let header: ProxyHeader
}
