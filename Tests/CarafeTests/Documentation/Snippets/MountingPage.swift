import Carafe
import CarafeProxy
import CarafeTLS

/// The snippets of docs/guide/mounting.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum MountingPage {
    static func fallback() {
        let app = App()
        app.get("/hello/<name>") { (name: String) in "Hello, \(name)!" }
        app.mount("/", Proxy("http://127.0.0.1:5000"))
    }

    static func prefix(_ app: App) {
        var legacy = Proxy("http://127.0.0.1:5000")
        legacy.prefix = .added
        app.mount("/legacy", legacy)
    }

    static func secured(_ app: App) {
        app.mount("/legacy", Proxy("https://legacy.example.com", tls: ProxyTLS()))
        let stock = ProxyTLS(authorities: "stock-ca.pem", host: "stock.internal")
        app.mount("/stock", Proxy("https://10.0.0.7:8443", tls: stock))
    }

    static func apps(_ app: App) {
        let admin = App("admin")
        admin.get("/") { "administration" }
        app.mount("/admin", admin)
    }
}
