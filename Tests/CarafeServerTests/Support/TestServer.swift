import CarafeHTTP
import CarafeServer
import CarafeTesting
import Logging
import NIOCore
import Testing
import TestSupport

/// A server that runs for one test, and what the test needs of it.
struct TestServer: Sendable {
    let server: Server
    let log: LogRecorder

    /// A new connection to it.
    func connect(receiveBuffer: CInt? = nil) throws -> RawClient {
        if let path = server.boundAddress?.pathname, !path.isEmpty { return try RawClient(path: path) }
        return try RawClient(port: server.boundAddress?.port ?? 0, receiveBuffer: receiveBuffer)
    }

    /// Sends one request on a connection of its own and takes the response.
    func exchange(_ request: String) throws -> ReceivedResponse {
        let client = try connect()
        try client.send(request)
        return try client.response()
    }

    /// Begins to stop the server, and returns when it takes no more connections; the task ends when it has stopped.
    func beginStopping() async throws -> Task<Void, Never> {
        let (server, port) = (server, server.boundAddress?.port ?? 0)
        let task = Task.detached { await server.shutdown(gracefulTimeout: .seconds(30)) }
        #expect(await stopsListening(at: port))
        return task
    }

    /// Whether the server comes to refuse connections, and has had a moment to tell its event loops.
    func stopsListening(at port: Int) async -> Bool {
        guard await eventually({ (try? RawClient(port: port)) == nil }) else { return false }
        try? await Task.sleep(for: .milliseconds(50))
        return true
    }

    /// Whether the server comes to have so many connections, and no request under way.
    func settles(at connections: Int) async -> Bool {
        await eventually { server.statistics.connections == connections && server.statistics.requests == 0 }
    }
}

/// Runs a server for as long as `body` takes.
///
/// `body` blocks on sockets, so it runs on a thread of its own.
func serve(
    _ responder: TestResponder = .usual, _ configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: @Sendable (TestServer) async throws -> Void
) async throws {
    try await turns.take { try await serveNow(responder, configure, body) }
}

/// How many servers run at a time, though all tests run at once: each holds threads and descriptors.
private let turns = Turns(16)

private func serveNow(
    _ responder: TestResponder, _ configure: (inout ServerConfiguration) -> Void,
    _ body: @Sendable (TestServer) async throws -> Void
) async throws {
    var configuration = ServerConfiguration(address: .hostname("127.0.0.1", port: 0))
    configuration.threads = 1
    configure(&configuration)
    let log = LogRecorder()
    let server = Server(configuration: configuration, responder: responder, logger: log.logger)
    try await server.start()
    do {
        try await onOwnThread { try await body(TestServer(server: server, log: log)) }
    } catch {
        await server.shutdown(gracefulTimeout: .zero)
        throw error
    }
    await server.shutdown(gracefulTimeout: .zero)
}
