import Carafe

/// The snippets of docs/guide/middleware.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum MiddlewarePage {
    static func all(_ app: App) {
        app.use(ProxyHeaders())
        app.use(RequestIDs())
        app.use(TrustedHosts("example.com"))
        app.use(SecurityHeaders())
        app.use(CORS(["/api/*": CORSPolicy(origins: ["https://shop.example"])]))
        app.use(Maintenance(whileExists: "maintenance.flag"))
        app.use(RateLimit("300 per minute"))
        app.use(MethodOverride(inForms: true))
    }

    static func openCORS(_ app: App) {
        app.use(CORS())  // every origin, without cookies
    }

    static func cors(_ app: App) {
        app.use(
            CORS([
                "/api/*": CORSPolicy(
                    origins: ["https://shop.example", "https://*.example.org"], allowsCredentials: true),
                "/open/*": CORSPolicy(maxAge: .seconds(600)),
            ]))
    }

    static func security(_ app: App) {
        var security = SecurityHeaders()
        security.contentSecurityPolicy = ["default-src": "'self'", "img-src": "'self' data:"]
        security.nonceDirectives = ["script-src"]
        security.httpsRedirect = .permanentRedirect
        app.use(security)
    }

    static func changes(_ widgets: Blueprint) {
        widgets.beforeRequest { request in
            request.changeSecurityHeaders { $0.frameOptions = nil }
        }
    }

    static func ids(_ app: App) {
        app.use(RequestIDs(fromClient: true))
    }

    static func methods(_ app: App) {
        app.use(MethodOverride(inForms: true))
        app.delete("/posts/<int:id>") { (id: Int) in redirect(to: "/posts") }
    }

    static func maintenance(_ app: App) {
        app.use(Maintenance(whileExists: "maintenance.flag", allowing: ["/livez", "/static/*"], from: ["10.0.0.0/8"]))
    }

    static func limits(_ app: App) {
        app.use(RateLimit("200 per day; 50 per hour"))
        app.use(RateLimit("5 per minute", strategy: .movingWindow, on: ["/login"], methods: [.post]))
        app.use(RateLimit("1000/hour", by: { request in request.headers[.authorization] }))
    }

    static func own(_ app: App) {
        struct PoweredBy: Middleware {
            func respond(to request: Request, next: any Responder) -> Reply {
                next.respond(to: request).map { response in
                    var response = response
                    response.headers[.server] = "Carafe"
                    return response
                }
            }
        }
        app.use(PoweredBy())
    }

    static func replacing(_ app: App) {
        struct WithoutCookies: Middleware {
            func respond(to request: Request, next: any Responder) -> Reply {
                var headers = request.headers
                headers.remove(.cookie)
                return next.respond(to: request.replacing(head: request.head.replacing(headers: headers)))
            }
        }
        app.use(WithoutCookies())
    }
}
