import Carafe

/// The snippets of docs/guide/workers.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum WorkersPage {
    static func proxies(_ app: App) throws {
        app.serverConfiguration.proxyProtocol = try ProxyProtocol(from: ["10.0.0.0/8", "unix"])
    }
}
