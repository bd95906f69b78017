import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The write end of the pipe that the signal handler writes to; -1 while nobody listens.
private let signalPipe = Atomic<CInt>(-1)

/// Takes SIGTERM and SIGINT as long as it is open. One at a time can be.
///
/// The handler does the one thing that is safe in a handler: it writes a byte into a pipe. An event loop reads it.
final class TerminationSignals {
    private static let signals = [SIGTERM, SIGINT]

    private let channel: any Channel
    private let writeEnd: CInt
    private let previous: [sigaction]

    /// Calls `action` on `eventLoop` for each signal from now on.
    init(on eventLoop: any EventLoop, _ action: @escaping @Sendable () -> Void) async throws {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
        // A handler must not block, and a full pipe says as much as one byte more.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        writeEnd = ends[1]
        channel = try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SignalReader(action: action))
                }
            }
            .takingOwnershipOfDescriptor(input: ends[0]).get()
        signalPipe.store(writeEnd, ordering: .sequentiallyConsistent)
        previous = Self.signals.map { signal in
            var new = sigaction()
            var old = sigaction()
            let handler: @convention(c) (CInt) -> Void = { _ in
                let saved = errno
                var byte: UInt8 = 0
                _ = write(signalPipe.load(ordering: .relaxed), &byte, 1)
                errno = saved
            }
            #if canImport(Darwin)
                new.__sigaction_u.__sa_handler = handler
            #else
                new.__sigaction_handler.sa_handler = handler
            #endif
            new.sa_flags = CInt(SA_RESTART)
            sigaction(signal, &new, &old)
            return old
        }
    }

    /// Gives the signals back to whoever had them.
    func close() async {
        for (signal, var action) in zip(Self.signals, previous) { sigaction(signal, &action, nil) }
        signalPipe.store(-1, ordering: .sequentiallyConsistent)
        try? await channel.close().get()
        _ = systemClose(writeEnd)
    }
}

private func systemClose(_ descriptor: CInt) -> CInt { close(descriptor) }

private final class SignalReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let action: @Sendable () -> Void

    init(action: @escaping @Sendable () -> Void) { self.action = action }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for _ in 0..<unwrapInboundIn(data).readableBytes { action() }
    }
}
