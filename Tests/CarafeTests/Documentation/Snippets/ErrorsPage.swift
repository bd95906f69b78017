import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/errors.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum ErrorsPage {
    static func abort(_ app: App) {
        app.get("/posts/<int:id>") { (id: Int) in
            guard id < 100 else { throw Abort(.notFound) }
            guard id != 13 else { throw Abort(.gone, "This post was deleted.") }
            return "Post \(id)"
        }
    }

    static func ownError(_ app: App) {
        struct OutOfStock: HTTPError {
            var item: String
            var status: HTTPResponse.Status { .conflict }
            var detail: String { "There is no \(item) left." }
        }

        app.post("/order/<item>") { (item: String) -> String in throw OutOfStock(item: item) }
    }

    static func handlers(_ app: App) {
        struct PaymentFailed: Error {
            var reason: String
        }

        app.onError(.notFound) { request, error in
            HTML("<h1>Nothing at \(request.path)</h1>").status(.notFound)
        }
        app.onError(PaymentFailed.self) { request, error in
            Response("The payment failed: \(error.reason)", status: HTTPResponse.Status(code: 402))
        }
        app.onError(.internalServerError) { request, error in
            HTML("<h1>Our fault</h1><p>Ask about request \(request.id).</p>").status(.internalServerError)
        }

        app.get("/pay") { (request: Request) -> String in throw PaymentFailed(reason: "no money") }
        app.get("/break") { (request: Request) throws -> String in throw CancelledOrder() }
    }
}
