import CarafeServer
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One request to an app that is being served, of whose answer the status is read.
struct HealthProbe {
    let address: ServerConfiguration.Address
    /// What the app speaks below HTTP.
    let protocols: (any ConnectionProtocols)?
    let host: String
    let path: String

    /// Why there was no answer.
    struct NoAnswer: Error {
        let reason: String
    }

    /// For people.
    var url: String {
        switch address {
        case .hostname: "\(protocols?.scheme ?? "http")://\(address)\(path)"
        case .unixSocket, .descriptor: "\(address) \(path)"
        }
    }

    /// - Throws: ``NoAnswer``
    func status(within timeout: Duration) async throws(NoAnswer) -> Int {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let status = loop.makePromise(of: Int.self)
        let deadline = loop.scheduleTask(in: TimeAmount(timeout)) {
            status.fail(NoAnswer(reason: "no answer within \(timeout.components.seconds) s"))
        }
        connect(ClientBootstrap(group: loop), status).whenFailure { status.fail(Self.noAnswer($0)) }
        let result: Result<Int, NoAnswer>
        do {
            result = .success(try await status.futureResult.get())
        } catch {
            result = .failure(Self.noAnswer(error))
        }
        deadline.cancel()
        try? await group.shutdownGracefully()
        return try result.get()
    }

    private func connect(_ bootstrap: ClientBootstrap, _ status: EventLoopPromise<Int>) -> EventLoopFuture<any Channel>
    {
        let request = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: healthcheck\r\nConnection: close\r\n\r\n"
        let protocols = protocols
        let bootstrap = bootstrap.channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try protocols?.prepareClient(channel)
                try channel.pipeline.syncOperations.addHandler(StatusReader(request: request, status))
            }
        }
        switch address {
        case .hostname(let host, let port): return bootstrap.connect(host: host, port: port)
        case .unixSocket(let path): return bootstrap.connect(unixDomainSocketPath: path)
        case .descriptor:
            return status.futureResult.eventLoop.makeFailedFuture(
                NoAnswer(reason: "the app listens where it was told to: name the address with --bind"))
        }
    }

    private static func noAnswer(_ error: any Error) -> NoAnswer {
        switch error {
        case let error as NoAnswer: error
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { noAnswer($0.error) } ?? NoAnswer(reason: "the host is not known")
        case let error as IOError: NoAnswer(reason: String(cString: strerror(error.errnoCode)))
        default: NoAnswer(reason: "\(error)")
        }
    }
}

/// Sends a request and reads the status of its answer.
private final class StatusReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// More bytes than these are no status line.
    private static let longestLine = 1024

    private let request: String
    private let status: EventLoopPromise<Int>
    private var received: [UInt8] = []

    init(request: String, _ status: EventLoopPromise<Int>) {
        self.request = request
        self.status = status
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        guard let lineEnd = received.firstIndex(of: UInt8(ascii: "\n")) else {
            if received.count > Self.longestLine { end(context, Self.noHTTP) }
            return
        }
        guard let code = Self.code(in: received[..<lineEnd]) else { return end(context, Self.noHTTP) }
        status.succeed(code)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        status.fail(HealthProbe.NoAnswer(reason: "the connection was closed without an answer"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(context, error) }

    private func end(_ context: ChannelHandlerContext, _ error: any Error) {
        status.fail(error)
        context.close(promise: nil)
    }

    private static let noHTTP = HealthProbe.NoAnswer(reason: "the answer is no HTTP")

    /// `204` of `HTTP/1.1 204 No Content`.
    private static func code(in line: ArraySlice<UInt8>) -> Int? {
        guard line.starts(with: "HTTP/1.".utf8) else { return nil }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2 else { return nil }
        let digits = words[1].prefix { $0 != UInt8(ascii: "\r") }
        guard digits.count == 3, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
