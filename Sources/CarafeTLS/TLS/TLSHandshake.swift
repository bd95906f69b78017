import CarafeHTTP
import CarafeServer
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// The beginning of a connection: looks whether the client speaks TLS, lets the handshake go on when it is its turn, and
/// gives way to what has been agreed on.
///
/// `@unchecked Sendable`: all of it is touched on the connection's event loop only.
final class TLSHandshake: ChannelInboundHandler, RemovableChannelHandler, LoopConnection, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum Stage {
        /// Nothing has come yet.
        case silent
        /// The client's first bytes wait for their turn.
        case waiting(ByteBuffer)
        case handshaking(NIOSSLServerHandler)
        /// Others have taken over, or the connection is gone.
        case over
    }

    private let connection: AcceptedConnection
    private let protocols: SecureProtocols
    private let gate: HandshakeGate
    private var context: ChannelHandlerContext?
    private var stage = Stage.silent
    private var deadline: Tick = .max

    var index = 0

    init(_ connection: AcceptedConnection, _ protocols: SecureProtocols, gate: HandshakeGate) {
        self.connection = connection
        self.protocols = protocols
        self.gate = gate
    }

    private var loop: ConnectionLoop { connection.loop }

    /// The first byte of a record that holds a handshake (RFC 8446 §5.1).
    private static let handshakeRecord: UInt8 = 22

    // MARK: - The channel's events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        loop.add(self)
        deadline = loop.now &+ loop.timeouts.ticks(protocols.settings.handshakeTimeout)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch stage {
        case .silent:
            guard let first: UInt8 = bytes.getInteger(at: bytes.readerIndex) else { return }
            guard first == Self.handshakeRecord else { return servePlainHTTP(bytes, context) }
            stage = .waiting(bytes)
            gate.enter(self)
            // What else the client has to say waits with the system.
            if isWaiting { setReading(false, context) }
        case .waiting(var received):
            received.writeBuffer(&bytes)
            stage = .waiting(received)
        case .handshaking, .over: context.fireChannelRead(data)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted(let name) = event {
            return handshakeCompleted(name, context)
        }
        if let event = event as? ChannelEvent, event == .inputClosed { return abort() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case .over = stage else {
            loop.logger.debug("A handshake failed: \(error)")
            return abort()
        }
        context.fireErrorCaught(error)
    }

    // MARK: - The handshake

    /// Whether the handshake waits for its turn.
    var isWaiting: Bool { if case .waiting = stage { true } else { false } }

    /// Begins with the handshake: it is this client's turn.
    func begin() {
        guard case .waiting(let bytes) = stage, let context else { return gate.leave() }
        let handler = protocols.makeHandler()
        stage = .handshaking(handler)
        do {
            try context.pipeline.syncOperations.addHandler(handler, position: .before(self))
        } catch {
            return abort()
        }
        context.pipeline.fireChannelRead(bytes)
        context.pipeline.fireChannelReadComplete()
        if case .handshaking = stage { setReading(true, context) }
    }

    private func handshakeCompleted(_ name: String?, _ context: ChannelHandlerContext) {
        guard case .handshaking(let handler) = stage else { return }
        let session = TLSSession(handler, applicationProtocol: name)
        giveWay(context) {
            guard let options = protocols.settings.http2, name?.utf8.elementsEqual("h2".utf8) ?? false else {
                return [connection.makeHTTP1(security: ConnectionSecurity(session))]
            }
            return HTTP2Connection.handlers(for: connection, options, security: session)
        }
    }

    private func servePlainHTTP(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        let responder = PlainResponder(protocols.settings.plainHTTP.treatment)
        giveWay(context, received: bytes) { [connection.makeHTTP1(responder: responder)] }
    }

    /// Puts others in its place, and gives them what has come for them.
    private func giveWay(
        _ context: ChannelHandlerContext, received: ByteBuffer? = nil, to handlers: () -> [any ChannelHandler]
    ) {
        end()
        do {
            try context.pipeline.syncOperations.addHandlers(handlers(), position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        if let received { context.fireChannelRead(wrapInboundOut(received)) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    /// The handshake is over, whatever became of it.
    private func end() {
        let ended = stage
        stage = .over
        loop.remove(self)
        if case .handshaking = ended { gate.leave() }
    }

    private func setReading(_ wanted: Bool, _ context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.autoRead, value: wanted)
    }

    // MARK: - As the event loop sees it

    func tick(_ now: Tick) {
        guard now >= deadline else { return }
        loop.logger.debug("A client did not finish its handshake in time.")
        abort()
    }

    func drain() {}

    func closeIfIdle() { if loop.closesIdleConnections == .all { abort() } }

    func abort() { context?.close(promise: nil) }
}
