import Carafe
import Foundation

// An app with handlers that do what no handler should: the tests of workers serve it.

let app = App("chaos", root: "/nonexistent", staticFolder: nil)

app.get("/") { "Hello, World!" }

app.get("/pid") { "\(getpid())" }

app.get("/readyz") { app.isReady ? Response("ready") : Response("stopping", status: .serviceUnavailable) }

app.get("/slow/<int:milliseconds>") { (milliseconds: Int) async throws -> String in
    try await Task.sleep(for: .milliseconds(milliseconds))
    return "\(getpid())"
}

app.get("/trap/index") { () -> String in
    let nothing: [Int] = []
    return "\(nothing[nothing.count])"
}

app.get("/trap/nil") { () -> String in
    let nothing = Int(ProcessInfo.processInfo.environment["NOT_THERE"] ?? "")
    return "\(nothing!)"
}

app.get("/trap/overflow") { () -> String in
    let most = Int.max - ProcessInfo.processInfo.arguments.count
    return "\(most + ProcessInfo.processInfo.arguments.count + 1)"
}

app.get("/trap/stack") { () -> String in "\(descend(1))" }

app.get("/loop") { () -> String in
    app.logger.error("looping")
    while getpid() > 0 {}
    return "never"
}

app.get("/flood/<int:lines>") { (request: Request, lines: Int) -> String in
    for number in 0..<lines { app.logger.error("line \(number) \(String(repeating: "x", count: 200))") }
    return "flooded"
}

let piece = String(repeating: "x", count: 65_536)

app.get("/large") { () -> Response in
    // More than any buffer takes, sent as the client takes it.
    Response(
        body: .stream { writer in
            for _ in 0..<1024 { try await writer.write(piece) }
        })
}

app.post("/take") { (request: Request) async throws -> String in
    for try await _ in request.body {}
    return "taken"
}

app.get("/remote") { request in request.remoteAddress ?? "unknown" }

app.webSocket("/socket") { (socket: WebSocket) async throws in
    for try await message in socket { try await socket.send(message) }
}

app.onStartup {
    let environment = ProcessInfo.processInfo.environment
    // Waits until it is let in.
    if let gate = environment["CHAOS_GATE"] {
        while access(gate, F_OK) != 0 { try await Task.sleep(for: .milliseconds(10)) }
    }
    if environment["CHAOS_START"] == "trap" { preconditionFailure("It does not start.") }
    if environment["CHAOS_START"] == "hang" { try await Task.sleep(for: .seconds(3600)) }
}

app.onShutdown {
    guard let path = ProcessInfo.processInfo.environment["CHAOS_ENDED"] else { return }
    _ = FileManager.default.createFile(atPath: "\(path)/\(getpid())", contents: nil)
}

func descend(_ depth: Int) -> Int { depth < 0 ? 0 : descend(depth + 1) &+ depth }

await app.main()
