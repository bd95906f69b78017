import Carafe
import CarafeHTTP
import CarafeServer
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends requests over TCP to a server that serves the app; each has a connection of its own.
struct SocketTransport: Transport {
    let address: SocketAddress

    /// How many servers run at a time in a process whose tests all run at once: each holds threads and descriptors.
    private static let turns = Turns(16)

    /// Serves an app on a free port while `body` runs.
    static func serve<Result>(
        _ app: App, _ body: (SocketTransport) async throws -> Result
    ) async throws -> Result {
        try await turns.take { try await serveNow(app, body) }
    }

    private static func serveNow<Result>(
        _ app: App, _ body: (SocketTransport) async throws -> Result
    ) async throws -> Result {
        let server = try app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        try await server.start()
        do {
            guard let address = server.boundAddress else { throw ChannelError.unknownLocalAddress }
            let result = try await body(SocketTransport(address: address))
            await server.shutdown(gracefulTimeout: .seconds(5))
            return result
        } catch {
            await server.shutdown(gracefulTimeout: .zero)
            throw error
        }
    }

    func send(_ message: TestMessage) async throws -> IncomingResponse {
        let receiver = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture { try ResponseReceiver(on: channel) }
            }
        let channel = receiver.channel
        let sender = Task { try await Self.write(message, to: channel) }
        do {
            let head = try await receiver.head.get()
            return IncomingResponse(
                status: .init(code: Int(head.status.code), reasonPhrase: head.status.reasonPhrase),
                headers: try Headers(head.headers), body: receiver.body, request: nil
            ) {
                sender.cancel()
                try? await channel.close().get()
            }
        } catch {
            sender.cancel()
            try? await channel.close().get()
            throw error
        }
    }

    private static func write(_ message: TestMessage, to channel: any Channel) async throws {
        let head = HTTPRequestHead(
            version: .http1_1, method: .init(rawValue: message.method.rawValue), uri: message.url.target,
            headers: HTTPHeaders(message.sentHeaders.map { ($0.name, $0.value) }))
        try await channel.writeAndFlush(HTTPClientRequestPart.head(head)).get()
        switch message.content {
        case .none: break
        case .bytes(let bytes):
            try await channel.writeAndFlush(HTTPClientRequestPart.body(.byteBuffer(bytes))).get()
        case .stream(let produce):
            try await produce {
                try await channel.writeAndFlush(HTTPClientRequestPart.body(.byteBuffer($0))).get()
            }
        }
        try await channel.writeAndFlush(HTTPClientRequestPart.end(nil)).get()
    }
}

extension Headers {
    init(_ fields: HTTPHeaders) throws {
        self.init()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { try append(value, for: name) }
        }
    }
}
