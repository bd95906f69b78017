import NIOCore
import NIOPosix

/// Takes signals on an event loop as long as it is open.
final class LoopSignals {
    private let pipe: SignalPipe
    private let channel: any Channel

    /// Calls `action` on `eventLoop` for each of the signals from now on.
    init(
        _ signals: [CInt], on eventLoop: any EventLoop, _ action: @escaping @Sendable (_ signal: CInt) -> Void
    ) async throws {
        pipe = try SignalPipe(signals)
        channel = try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SignalReader(action: action))
                }
            }
            .takingOwnershipOfDescriptor(input: pipe.readEnd).get()
    }

    /// Gives the signals back to whoever had them.
    func close() async {
        pipe.close()
        try? await channel.close().get()
    }
}

private final class SignalReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let action: @Sendable (CInt) -> Void

    init(action: @escaping @Sendable (CInt) -> Void) { self.action = action }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for signal in unwrapInboundIn(data).readableBytesView { action(CInt(signal)) }
    }
}
