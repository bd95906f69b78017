import Carafe
import CarafeHTTP
import CarafeServer
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing

/// An app that is served for one test.
struct ServedApp: Sendable {
    let server: Server
    let port: Int
    let handlers: Handlers
}

/// Counts the handlers of `/hang`.
final class Handlers: Sendable {
    private let begun = Atomic(0)
    private let ended = Atomic(0)

    var started: Int { begun.load(ordering: .relaxed) }
    var running: Int { started - ended.load(ordering: .relaxed) }

    func begin() { begun.add(1, ordering: .relaxed) }
    func end() { ended.add(1, ordering: .relaxed) }
}

/// Serves an app with the usual routes for as long as `body` takes.
///
/// - Parameters:
///   - configure: adds to the app before it starts
///   - body: blocks on sockets and children, and so runs on a thread of its own
func serve(
    _ configure: (App) -> Void, server change: (inout ServerConfiguration) -> Void = { _ in },
    then body: @escaping @Sendable (ServedApp) async throws -> Void
) async throws {
    let handlers = Handlers()
    let app = App("served", root: "/tmp", staticFolder: nil, templateFolder: nil, environment: .none)
    app.logger = Logger(label: "served") { _ in SwiftLogNoOpLogHandler() }
    app.config.secretKey = "a key for tests"
    addRoutes(to: app, handlers)
    change(&app.serverConfiguration)
    configure(app)
    _ = try await app.start()
    let server = try app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
    try await server.start()
    let served = ServedApp(server: server, port: server.boundAddress?.port ?? 0, handlers: handlers)
    do {
        try await onOwnThread { try await body(served) }
    } catch {
        await server.shutdown(gracefulTimeout: .zero)
        throw error
    }
    await server.shutdown(gracefulTimeout: .zero)
}

private func addRoutes(to app: App, _ handlers: Handlers) {
    app.get("/") { "Hello" }
    app.post("/") { "Hello" }
    app.post("/echo") { request in Response(body: .bytes(try await request.body.collect())) }
    app.post("/trailers") { request in
        let content = try await request.body.collect()
        let sum = request.body.trailers?[.init("Sum")!] ?? "none"
        return String(buffer: content) + " trailer=" + sum
    }
    app.post("/count") { request in
        var size = 0
        for try await piece in request.body { size += piece.readableBytes }
        return "\(size)"
    }
    app.post("/early") { "early" }
    app.route("/hang", methods: [.get, .post]) { request in
        handlers.begin()
        defer { handlers.end() }
        try await Task.sleep(for: .seconds(30))
        return "woken"
    }
    app.get("/later") { _ in
        try await Task.sleep(for: .milliseconds(100))
        return "later"
    }
    app.get("/large") { Response(body: .bytes([UInt8](repeating: 0x61, count: 10_000_000))) }
    app.get("/stream") { _ in
        Response(
            body: .stream { writer in
                for _ in 0..<1000 { try await writer.write(String(repeating: "s", count: 1000)) }
            })
    }
    app.get("/broken") { _ in
        Response(
            body: .stream { writer in
                try await writer.write("half")
                throw CancellationError()
            })
    }
    app.get("/facts") { request in
        let version = request.head.version.description
        return
            "\(request.scheme) \(version) \(request.host) \(request.cookies["a"] ?? "") \(request.headers[.cookie] ?? "")"
    }
    app.get("/session") { request in
        request.session["a"] = 1
        return "saved"
    }
    app.webSocket("/ws") { socket in
        for try await message in socket { try await socket.send(message) }
    }
}
