import Carafe
import CarafeServer
import CarafeTesting
import Foundation
import NIOCore
import NIOPosix
import Testing

@Suite("The command healthcheck", .serialized, .timeLimit(.minutes(5)))
struct HealthCheckTests {
    private func app(_ configure: (App) -> Void = { _ in }) -> App {
        let app = App("asked", root: "/nonexistent", staticFolder: nil, templateFolder: nil, environment: .none)
        app.logger.logLevel = .critical
        configure(app)
        return app
    }

    /// Serves an app while another process of it would ask how it is.
    private func check(
        at address: ServerConfiguration.Address = .hostname("127.0.0.1", port: 0), _ options: [String] = [],
        _ configure: (App) -> Void
    ) async throws -> CommandResult {
        let served = app(configure)
        _ = try await served.start()
        let server = try served.server(at: address, threads: 1)
        try await server.start()
        let place =
            switch address {
            case .unixSocket(let path): ["--unix-socket", path]
            default: ["--bind", "0.0.0.0:\(server.boundAddress?.port ?? 0)"]
            }
        let result = try await app(configure).runCommand(["healthcheck"] + place + options)
        await server.shutdown(gracefulTimeout: .zero)
        return result
    }

    @Test(
        "is content with a status below 400",
        arguments: [
            (200, [], 0), (302, [], 0), (503, [], 1), (401, [], 1), (200, ["--path", "/livez"], 0),
            (503, ["--path", "/livez"], 1),
        ])
    func status(code: Int, options: [String], exitCode: Int32) async throws {
        let result = try await check(options) { app in
            app.get("/livez") { Response("", status: .init(code: code)) }
        }
        #expect(result.exitCode == exitCode)
        #expect((exitCode == 0 ? result.output : result.errorOutput).contains("/livez: \(code)\n"), "\(result)")
    }

    @Test("an app without /livez lives, but a path that was asked for must be there")
    func missing() async throws {
        #expect(try await check { _ in }.exitCode == 0)
        #expect(try await check(["--path", "/livez"]) { _ in }.exitCode == 1)
    }

    @Test("asks as a host that the app answers", arguments: [["shop.test"], [".shop.test", "x.test"]])
    func trustedHosts(hosts: [String]) async throws {
        let result = try await check(["--path", "/livez"]) { app in
            app.config.trustedHosts = hosts
            app.get("/livez") { request in request.host }
        }
        #expect(result.exitCode == 0, "\(result.errorOutput)")
    }

    @Test("asks over unix sockets too")
    func unixSocket() async throws {
        let path = NSTemporaryDirectory() + "health-\(UUID().uuidString.prefix(8)).sock"
        defer { unlink(path) }
        let result = try await check(at: .unixSocket(path: path)) { $0.get("/livez") { "fine" } }
        #expect(result.exitCode == 0 && result.output.contains("unix:\(path) /livez: 200\n"), "\(result.errorOutput)")
    }

    @Test(
        "asks where the configuration has the app listen, at the port for probes where there is one",
        arguments: ["RUN_PORT", "HEALTH_PORT"])
    func configured(key: String) async throws {
        let served = app()
        _ = try await served.start()
        let server = try served.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        try await server.start()
        let port = server.boundAddress?.port ?? 0
        let asking = app {
            $0.config["RUN_HOST"] = "0.0.0.0"
            $0.config["RUN_PORT"] = 1
            $0.config[key] = .int(port)
        }
        let result = try await asking.runCommand(["healthcheck"])
        #expect(result.exitCode == 0, "\(result.errorOutput)")
        await server.shutdown(gracefulTimeout: .zero)
    }

    @Test("tells why there is no answer: nobody listens")
    func refused() async throws {
        let result = try await app().runCommand(["healthcheck", "--unix-socket", "/nonexistent/a.sock"])
        #expect(result.exitCode == 1)
        #expect(result.errorOutput.contains("No such file or directory\n"), "\(result.errorOutput)")
    }

    @Test(
        "tells why there is no answer: what comes is none",
        arguments: [
            ("SSH-2.0-OpenSSH\r\n", "the answer is no HTTP"), ("HTTP/1.1 2000 OK\r\n", "the answer is no HTTP"),
            (String(repeating: "x", count: 5000), "the answer is no HTTP"),
            ("", "the connection was closed without an answer"),
            ("HTTP/1.1 20", "the connection was closed without an answer"),
        ])
    func nonsense(answer: String, reason: String) async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Speaker(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result = try await app().runCommand(["healthcheck", "--port", "\(listener.localAddress?.port ?? 0)"])
        #expect(result.exitCode == 1)
        #expect(result.errorOutput.contains(": \(reason)\n"), "\(result.errorOutput)")
        try await listener.close()
    }

    @Test("does not wait for an answer for ever")
    func silence() async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = listener.localAddress?.port ?? 0
        let result = try await app().runCommand(["healthcheck", "--port", "\(port)", "--timeout", "1"])
        #expect(result.exitCode == 1 && result.errorOutput.contains("no answer within 1 s\n"), "\(result.errorOutput)")
        try await listener.close()
    }

    @Test(
        "wrong options are wrong usage",
        arguments: [
            ["--path", "livez"], ["--path", "/a b"], ["--path", "/a\r\nX: y"], ["--timeout", "0"],
            ["--timeout", "3601"],
        ])
    func usage(options: [String]) async throws {
        #expect(try await app().runCommand(["healthcheck"] + options).exitCode == 64)
    }
}

/// Says the same to everybody who asks, and closes the connection.
private final class Speaker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: String

    init(_ text: String) { self.text = text }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(channel.allocator.buffer(string: text)))
            .whenComplete { _ in channel.close(promise: nil) }
    }
}
