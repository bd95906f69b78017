import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/sessions.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum SessionsPage {
    static func hooks(_ app: App) {
        app.beforeRequest { request in
            request.g["user"] = request.headers[.authorization] == nil ? "nobody" : "somebody"
        }
        app.afterRequest { request, response in
            response.headers[.xContentTypeOptions] = "nosniff"
        }
        app.teardownRequest { request, error in
            if let error { request.logger.error("failed: \(error)") }
        }

        let admin = Blueprint("admin", prefix: "/admin")
        admin.beforeRequest { request in
            let user: String? = request.session["user"]
            return user == nil ? redirect(to: "/login") : nil
        }
        admin.get("/") { "Secrets" }
        app.register(admin)
    }

    static func g(_ app: App) {
        app.get("/whoami") { request in
            let user: String? = request.g["user"]
            return "You are \(user ?? "a stranger")."
        }
    }

    static func signals(_ app: App) -> (count: @Sendable () -> Int, SignalConnection) {
        let counter = Atomic(0)
        let connection = app.signals.requestFinished.connect { event in
            if event.response.status.code >= 500 { counter.add(1, ordering: .relaxed) }
        }

        return ({ counter.load(ordering: .relaxed) }, connection)
    }

    static func sessions(_ app: App) {
        app.config.secretKey = "only-for-development"
        app.post("/login") { (request: Request, form: Form<[String: String]>) in
            request.session.clear()
            request.session["user"] = form.value["name"] ?? "nobody"
            request.session.isPermanent = true
            return redirect(to: "/visits")
        }
        app.get("/visits") { request in
            let visits = (request.session["visits"] ?? 0) + 1
            request.session["visits"] = visits
            let user: String? = request.session["user"]
            return "Visit \(visits) of \(user ?? "a stranger")."
        }
        app.post("/logout") { request in
            request.session.clear()
            return redirect(to: "/visits")
        }
    }

    static func flashes(_ app: App) {
        app.post("/save") { request in
            request.flash("Saved.", category: "good")
            return redirect(to: "/messages")
        }
        app.get("/messages") { request in
            let messages = request.flashedMessages()
            return HTML("<ul>\(messages.map { HTML("<li class=\"\($0.category)\">\($0.text)</li>") })</ul>")
        }
    }

    static func store(_ app: App) throws {
        actor TextSessionStore: SessionStore {
            private let serializer: SessionCookieSerializer
            private var rows: [String: String] = [:]

            init(secretKey: String) throws {
                serializer = SessionCookieSerializer(secretKeys: try SecretKeys(current: secretKey))
            }

            func load(id: String) async throws -> SessionObject? {
                try rows[id].map { try serializer.loads($0) }
            }

            func save(id: String, values: SessionObject, lifetime: Int) async throws {
                rows[id] = try serializer.dumps(values)
            }

            func delete(id: String) async throws { rows[id] = nil }
        }

        app.useSessionStore(try TextSessionStore(secretKey: "of the store"))
    }
}
