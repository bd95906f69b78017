import Carafe

/// The snippets of docs/guide/behind-a-proxy.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum BehindAProxyPage {
    static func one(_ app: App) {
        app.use(ProxyHeaders())
    }

    static func several(_ app: App) {
        app.use(ProxyHeaders(for: 2, proto: 2, host: 1))  // a CDN, then nginx; nginx alone sets X-Forwarded-Host
    }

    static func forwarded(_ app: App) {
        app.use(ProxyHeaders.forwarded(hops: 1))
    }

    static func peers(_ app: App) {
        app.use(ProxyHeaders(from: ["10.0.0.0/8", "unix"]))
    }

    static func prefix(_ app: App) {
        app.use(ProxyHeaders(for: 1, proto: 1, prefix: 1))
        app.get("/cart") { request in
            try request.url(for: "static", ["filename": "cart.css"])  // "/shop/static/cart.css?v=…"
        }
    }

    static func hosts(_ app: App) {
        app.use(TrustedHosts("example.com", ".example.org"))
    }
}
