import CarafeServer
import Logging
import NIOCore

/// HTTP/2 for clients that begin with its preface, HTTP/1.1 for the others.
struct CleartextProtocols: ConnectionProtocols {
    let scheme = "http"
    private let options: HTTP2Options

    init(_ options: HTTP2Options) { self.options = options }

    func prepare(_ connection: AcceptedConnection) throws {
        try connection.channel.pipeline.syncOperations.addHandler(PrefaceReader(connection, options))
    }

    func run(on eventLoop: any EventLoop, logger: Logger) -> RepeatedTask? { nil }
}

/// Tells by the first bytes what a client speaks.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
final class PrefaceReader: ChannelInboundHandler, RemovableChannelHandler, LoopConnection, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: AcceptedConnection
    private let options: HTTP2Options
    private var context: ChannelHandlerContext?
    private var received = ByteBuffer()
    private var deadline: Tick = .max

    var index = 0

    /// What every request line of HTTP/1.1 differs from: `PRI` is no method there (RFC 9113 §3.4).
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    init(_ connection: AcceptedConnection, _ options: HTTP2Options) {
        self.connection = connection
        self.options = options
    }

    private var loop: ConnectionLoop { connection.loop }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        loop.add(self)
        deadline = loop.now &+ loop.timeouts.header
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.writeImmutableBuffer(unwrapInboundIn(data))
        let begin = received.readableBytesView.prefix(Self.preface.count)
        guard begin.elementsEqual(Self.preface.prefix(begin.count)) else {
            return giveWay(to: [connection.makeHTTP1()], context)
        }
        guard begin.count == Self.preface.count else { return }
        giveWay(to: HTTP2Connection.handlers(for: connection, options, security: nil), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { return abort() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        loop.remove(self)
        context.fireChannelInactive()
    }

    private func giveWay(to handlers: [any ChannelHandler], _ context: ChannelHandlerContext) {
        loop.remove(self)
        do {
            try context.pipeline.syncOperations.addHandlers(handlers, position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(received))
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func tick(_ now: Tick) { if now >= deadline { abort() } }

    func drain() {}

    func closeIfIdle() { if loop.closesIdleConnections == .all { abort() } }

    func abort() { context?.close(promise: nil) }
}
