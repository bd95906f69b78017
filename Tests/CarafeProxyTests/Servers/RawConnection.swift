import CarafeHTTP
import CarafeProxy
import CarafeServer
import Foundation
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

/// A server of a proxy alone, without an app around it.
func makeServer(_ proxy: Proxy) -> Server {
    var configuration = ServerConfiguration(address: .hostname("127.0.0.1", port: 0))
    configuration.threads = 1
    configuration.maxContentLength = .max
    return Server(
        configuration: configuration, responder: proxy, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}

/// Serves a proxy alone while `body` runs.
func withServer<Result>(_ proxy: Proxy, _ body: (_ port: Int) async throws -> Result) async throws -> Result {
    let server = makeServer(proxy)
    try await server.start()
    do {
        let result = try await body(server.boundAddress?.port ?? 0)
        await server.shutdown(gracefulTimeout: .seconds(5))
        return result
    } catch {
        await server.shutdown(gracefulTimeout: .zero)
        throw error
    }
}

/// A client that sends bytes and keeps what it gets.
final class RawConnection: Sendable {
    private let channel: any Channel
    private let received: Received

    private final class Received: Sendable {
        let state = Mutex<(text: String, count: Int, isEnded: Bool)>(("", 0, false))
    }

    /// - Parameter reads: whether it reads what comes
    init(port: Int, reads: Bool = true) async throws {
        let received = Received()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        self.received = received
    }

    /// What has come.
    var text: String { received.state.withLock { $0.text } }
    /// How many bytes have come.
    var count: Int { received.state.withLock { $0.count } }
    /// Whether the server has closed the connection.
    var isEnded: Bool { received.state.withLock { $0.isEnded } }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)).get() }

    /// Sends without waiting until it is taken.
    func push(_ bytes: ByteBuffer) { channel.writeAndFlush(bytes, promise: nil) }

    /// How many bytes wait to be taken.
    var unsentBytes: Int {
        get async throws { try await channel.getOption(.bufferedWritableBytes).get() }
    }

    func close() async { try? await channel.close().get() }

    /// Breaks the connection off, as a client that is killed does.
    func reset() async {
        _ = try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }

    func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

    /// Waits for a text.
    func waits(for text: String) async -> Bool { await eventually { self.text.contains(text) } }

    private final class Handler: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let received: Received
        init(_ received: Received) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            received.state.withLock {
                $0.count += bytes.readableBytes
                if $0.text.utf8.count < 65536 { $0.text += String(buffer: bytes) }
            }
        }

        func channelInactive(context: ChannelHandlerContext) { received.state.withLock { $0.isEnded = true } }
    }
}
