import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Stands in the listening socket's pipeline: counts connections, pauses accepting at the cap and while the system
/// has no descriptor left, and resumes.
final class Acceptor: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How many connections are accepted at a time.
    private static let usualBatch = 16

    private enum State {
        case accepting
        /// At the cap, until a connection closes.
        case full
        /// Out of descriptors, until a connection closes or a moment has passed.
        case exhausted(Scheduled<Void>)
    }

    private let counters: ServerCounters
    private let maxConnections: Int
    private let logger: Logger
    private var state = State.accepting
    private var batch = 0
    /// Whether the system had no descriptor left and none has been accepted since; it is logged once.
    private var isExhaustionLogged = false

    init(counters: ServerCounters, maxConnections: Int, logger: Logger) {
        self.counters = counters
        self.maxConnections = maxConnections
        self.logger = logger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        setBatch(context, remaining: maxConnections)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let counters = counters
        counters.connectionOpened()
        unwrapInboundIn(data).closeFuture.whenComplete { _ in counters.connectionClosed() }
        isExhaustionLogged = false
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        guard case .accepting = state else { return }
        let remaining = maxConnections - counters.connections
        guard remaining <= 0 else { return setBatch(context, remaining: remaining) }
        logger.warning(
            "All \(maxConnections) connections are in use. Accepting pauses until one closes; further clients wait.")
        state = .full
        pause(context)
        resumeOnClose(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, Self.isExhaustion(error) else {
            logger.error("A connection could not be accepted: \(error)")
            return
        }
        guard case .accepting = state else { return }
        if !isExhaustionLogged {
            isExhaustionLogged = true
            logger.error(
                """
                The system has no file descriptor or memory for another connection: \(error). Accepting pauses until \
                there is some. Raise the limit (ulimit -n), or set maxConnections lower.
                """)
        }
        pause(context)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        state = .exhausted(
            context.eventLoop.scheduleTask(in: .milliseconds(250)) { bound.value.0.resume(bound.value.1) })
        resumeOnClose(context)
    }

    private static func isExhaustion(_ error: IOError) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode)
    }

    private func pause(_ context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
    }

    private func resumeOnClose(_ context: ChannelHandlerContext) {
        let eventLoop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: eventLoop)
        counters.onNextClose { eventLoop.execute { bound.value.0.resume(bound.value.1) } }
        // One may have closed in between.
        if case .full = state, counters.connections < maxConnections {
            resume(context)
        }
    }

    private func resume(_ context: ChannelHandlerContext) {
        switch state {
        case .accepting: return
        case .full:
            let remaining = maxConnections - counters.connections
            guard remaining > 0 else { return resumeOnClose(context) }
            logger.notice("Connections are free again; accepting goes on.")
            setBatch(context, remaining: remaining)
        case .exhausted(let timer): timer.cancel()
        }
        state = .accepting
        try? context.channel.syncOptions?.setOption(.autoRead, value: true)
    }

    /// Accepts no more at a time than there may be.
    private func setBatch(_ context: ChannelHandlerContext, remaining: Int) {
        let size = max(1, min(remaining, Self.usualBatch))
        guard size != batch else { return }
        batch = size
        try? context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: UInt(size))
    }
}
