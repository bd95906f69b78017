import Carafe
import CarafeProxy
import CarafeTesting

/// Serves an app on a port while `body` runs, which passes everything on to a server.
@discardableResult
func withProxy<Result>(
    to url: String, at prefix: String = "/", _ change: (inout Proxy) -> Void = { _ in },
    _ body: (TestClient, Proxy) async throws -> Result
) async throws -> Result {
    var proxy = Proxy(url)
    change(&proxy)
    let app = App("proxied", staticFolder: nil, environment: .none)
    app.get("/own") { "own" }
    app.mount(prefix, proxy)
    return try await app.test(.server) { try await body($0, proxy) }
}

/// A response with a length.
func answer(_ text: String, _ fields: String...) -> ScriptedServer.Step {
    .send("HTTP/1.1 200 OK\r\n\(fields.map { $0 + "\r\n" }.joined())Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
}
