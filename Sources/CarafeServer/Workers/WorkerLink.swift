import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A worker's connection to the supervisor that started it.
package final class WorkerLink: Sendable {
    /// The variable that tells a worker which of its descriptors the link is.
    static let variable = "CARAFE_WORKER"

    private let descriptor: CInt
    private let socket: PacketSocket

    init(descriptor: CInt) {
        self.descriptor = descriptor
        // What is read belongs to an event loop, which closes it.
        socket = PacketSocket(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 3))
    }

    /// The link of this process; nil where no supervisor has started it. The variable that tells of it is taken out of
    /// the environment.
    package static func take() -> WorkerLink? {
        guard let text = ProcessEnvironment.take(variable), let descriptor = CInt(text), descriptor > 2,
            fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
        else { return nil }
        // It may have been started through a descriptor's path, whose number the system then shows for its name.
        ProcessName.restore()
        return WorkerLink(descriptor: descriptor)
    }

    /// Tells the supervisor something. What does not go at once is lost: a supervisor that does not listen must not hold
    /// its workers up.
    func send(_ report: WorkerReport) { socket.send(report.text) }

    /// Calls `action` on an event loop for each order of the supervisor, and with nil when the supervisor has gone.
    func listen(on eventLoop: any EventLoop, _ action: @escaping @Sendable (WorkerOrder?) -> Void) async throws {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(OrderReader(action: action))
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor).get()
    }
}

private final class OrderReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let action: @Sendable (WorkerOrder?) -> Void
    private var hasEnded = false

    init(action: @escaping @Sendable (WorkerOrder?) -> Void) { self.action = action }

    /// One read is one packet.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let order = WorkerOrder(String(buffer: unwrapInboundIn(data))) { action(order) }
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end()
        context.close(promise: nil)
    }

    private func end() {
        guard !hasEnded else { return }
        hasEnded = true
        action(nil)
    }
}

/// The name under which the system lists a process.
enum ProcessName {
    /// Gives a process that was started through a descriptor's path (`/proc/self/fd/9`) its executable's name.
    static func restore() {
        #if os(Linux)
            let path = CommandLine.arguments.first ?? ""
            let name = Array((path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]).prefix(15))
            let file = open("/proc/self/comm", O_WRONLY | O_CLOEXEC)
            guard file >= 0 else { return }
            _ = write(file, name, name.count)
            close(file)
        #endif
    }
}
