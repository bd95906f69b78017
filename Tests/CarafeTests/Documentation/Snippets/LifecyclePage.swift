import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/lifecycle.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum LifecyclePage {
    static func blocking(_ app: App) {
        app.get("/report") { request in
            let report = try await request.blocking { try slowReport() }
            return Response(report)
        }

        @Sendable func slowReport() throws -> String { "The report" }
    }

    static func currentRequest(_ app: App) {
        app.get("/name") { currentUserName() }
    }
}

func currentUserName() -> String {
    let name: String? = Request.current?.session["name"]
    return name ?? "stranger"
}
