import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server that answers with whatever bytes a test wants, and remembers what it was sent.
final class ScriptedServer: Sendable {
    /// What is done when a request's head has come.
    enum Step: Sendable {
        case send(String)
        case bytes([UInt8])
        case wait(milliseconds: Int)
        case close
        /// Breaks the connection off.
        case reset
        /// Sends so many bytes, no faster than they are taken.
        case flood(Int)
        case stopReading
    }

    /// - Parameters:
    ///   - head: the request's head, as it came
    ///   - connection: the number of the connection, from 0
    typealias Script = @Sendable (_ head: String, _ connection: Int) -> [Step]

    private struct State {
        var connections = 0
        var open = 0
        var heads: [String] = []
        var received = 0
        var text = ""
        var sent = 0
    }

    let port: Int
    private let listener: any Channel
    private let state: Shared

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    /// Listens.
    init(_ script: @escaping Script) async throws {
        let shared = Shared()
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(shared, script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        state = shared
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    var url: String { "http://127.0.0.1:\(port)" }
    /// The heads of the requests so far.
    var heads: [String] { state.state.withLock { $0.heads } }
    /// How many connections there have been.
    var connections: Int { state.state.withLock { $0.connections } }
    /// How many there are.
    var openConnections: Int { state.state.withLock { $0.open } }
    /// How many bytes have come behind heads.
    var contentBytes: Int { state.state.withLock { $0.received } }
    /// What has come behind heads.
    var content: String { state.state.withLock { $0.text } }

    /// How many bytes of floods have been taken.
    var sentBytes: Int { state.state.withLock { $0.sent } }

    private final class Handler: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = ByteBuffer

        private let shared: Shared
        private let script: Script
        private var number = 0
        private var received = ""
        private var hasHead = false

        init(_ shared: Shared, _ script: @escaping Script) { (self.shared, self.script) = (shared, script) }

        func channelActive(context: ChannelHandlerContext) {
            number = shared.state.withLock { state in
                defer { state.connections += 1 }
                state.open += 1
                return state.connections
            }
        }

        func channelInactive(context: ChannelHandlerContext) { shared.state.withLock { $0.open -= 1 } }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard let end = received.utf8.firstRange(of: "\r\n\r\n".utf8), isHeadNext else { return takeContent() }
            let head = String(received.utf8[..<end.upperBound]) ?? ""
            received = String(received.utf8[end.upperBound...]) ?? ""
            hasHead =
                head.contains("Content-Length: ") && !head.contains("Content-Length: 0") || head.contains("chunked")
            shared.state.withLock { $0.heads.append(head) }
            takeContent()
            run(script(head, number)[...], context)
        }

        /// Whether the next bytes are a request's head: what follows one with content is its content.
        private var isHeadNext: Bool { !hasHead }

        private func takeContent() {
            guard hasHead else { return }
            shared.state.withLock {
                $0.received += received.utf8.count
                if $0.text.utf8.count < 4096 { $0.text += received }
            }
            received = ""
        }

        private func flood(_ count: Int, _ context: ChannelHandlerContext) {
            guard count > 0 else { return }
            let size = min(count, 64 * 1024)
            let loop = context.eventLoop
            let bound = NIOLoopBound(context, eventLoop: loop)
            context.writeAndFlush(NIOAny(ByteBuffer(repeating: 7, count: size))).whenSuccess {
                self.shared.state.withLock { $0.sent += size }
                loop.execute { self.flood(count - size, bound.value) }
            }
        }

        private func run(_ steps: ArraySlice<Step>, _ context: ChannelHandlerContext) {
            guard let step = steps.first else { return }
            let rest = steps.dropFirst()
            switch step {
            case .send(let text): context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
            case .bytes(let bytes): context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
            case .close: context.close(promise: nil)
            case .reset:
                _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                context.close(promise: nil)
            case .stopReading: try? context.channel.syncOptions?.setOption(.autoRead, value: false)
            case .flood(let count): flood(count, context)
            case .wait(let milliseconds):
                let loop = context.eventLoop
                let context = NIOLoopBound(context, eventLoop: loop)
                loop.scheduleTask(in: .milliseconds(Int64(milliseconds))) { self.run(rest, context.value) }
                return
            }
            run(rest, context)
        }
    }
}
