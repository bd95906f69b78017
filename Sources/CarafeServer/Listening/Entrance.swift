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

/// How accepted connections come to one event loop.
///
/// `@unchecked Sendable`: the bootstrap is used on the event loop only.
final class Entrance: @unchecked Sendable {
    let eventLoop: any EventLoop

    private let bootstrap: ClientBootstrap
    private let counters: ServerCounters
    /// The connections that were handed over and that the event loop has not taken yet.
    private let waiting = Atomic(0)

    /// So many connections may wait at an event loop that is busy. More would wait in vain, should it hang.
    private static let room = 8

    /// - Parameter prepare: makes a channel a connection of the event loop
    init(
        _ eventLoop: any EventLoop, counters: ServerCounters,
        prepare: @escaping @Sendable (any Channel) throws -> Void
    ) {
        self.eventLoop = eventLoop
        self.counters = counters
        bootstrap = ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in channel.eventLoop.makeCompletedFuture { try prepare(channel) } }
    }

    /// Whether the event loop is busy with something else.
    var isCrowded: Bool { waiting.load(ordering: .relaxed) >= Self.room }

    /// Takes a connection that has been accepted and counted, from whatever thread.
    func hand(_ connection: CInt) {
        waiting.add(1, ordering: .relaxed)
        eventLoop.execute { [self] in
            waiting.subtract(1, ordering: .relaxed)
            open(connection)
        }
    }

    /// Takes a connection that has been accepted and counted, on the event loop.
    func open(_ connection: CInt) {
        let counters = counters
        bootstrap.withConnectedSocket(connection).whenComplete { result in
            switch result {
            case .success(let channel): channel.closeFuture.whenComplete { _ in counters.connectionClosed() }
            case .failure: counters.connectionClosed()
            }
        }
    }
}
