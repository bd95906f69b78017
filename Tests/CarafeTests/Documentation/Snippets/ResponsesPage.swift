import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/responses.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum ResponsesPage {
    static func responses(_ app: App) {
        app.get("/teapot") { request in
            var response = Response("Short and stout", status: HTTPResponse.Status(code: 418))
            response.headers[.cacheControl] = "no-store"
            return response
        }
        app.delete("/posts/<int:id>") { (id: Int) in HTTPResponse.Status.noContent }
    }

    static func html(_ app: App) {
        app.get("/list") { request in
            let items = ["bread", "<butter>"]
            return HTML("<ul>\(items.map { HTML("<li>\($0)</li>") })</ul>")
        }
    }

    static func json(_ app: App) {
        struct Post: Encodable {
            var id: Int
            var title: String
        }

        app.get("/posts/<int:id>") { (id: Int) -> Post? in
            id == 1 ? Post(id: 1, title: "Hello") : nil
        }
        app.post("/posts") { (request: Request) in
            JSON(Post(id: 2, title: "New"), status: .created, headers: [.location: "/posts/2"])
        }
        app.get("/health") { ["status": "ok", "checks": ["database": true]] as JSONValue }

        app.get("/flasky") { request in
            let text = try JSONWriter.flask.string(from: Post(id: 1, title: "Grüße"))
            return Response(headers: [.contentType: "application/json"], body: .string(text))
        }
    }

    static func files(_ app: App) {
        app.get("/report") { File("reports/2024.pdf", asAttachment: true, downloadName: "report.pdf") }
        app.get("/uploads/<path:name>") { (name: String) in File(name, in: "uploads") }
    }

    static func redirects(_ app: App) {
        app.get("/old") { redirect(to: "/new", status: .movedPermanently) }
        app.post("/logout") { request in
            request.session.clear()
            return redirect(to: "/")
        }
    }

    static func cookies(_ app: App) {
        app.get("/theme/<name>") { (name: String) in
            var cookie = SetCookie("theme", name)
            cookie.maxAge = 365 * 24 * 3600
            cookie.isHTTPOnly = true
            cookie.sameSite = .lax
            var response = Response("Now \(name).")
            try response.headers.setCookie(cookie)
            return response
        }
    }

    static func stream(_ app: App) {
        app.get("/numbers.csv") { request in
            Stream(contentType: "text/csv; charset=utf-8") { writer in
                for number in 1...3 { try await writer.write("\(number),\(number * number)\r\n") }
            }
        }
    }

    static func events(_ app: App) {
        app.get("/clock") { request in
            EventStream { events in
                for tick in 1...3 {
                    try await events.send("\(tick)", event: "tick", id: "\(tick)")
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
        }
    }

    static func ownResponse(_ app: App) {
        struct CSV: ResponseConvertible {
            var rows: [[String]]

            func response(for request: Request) throws -> Response {
                let text = rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
                return Response(headers: [.contentType: "text/csv; charset=utf-8"], body: .string(text))
            }
        }

        app.get("/table.csv") { CSV(rows: [["a", "b"], ["1", "2"]]) }
    }

    static func afterThisRequest(_ app: App) {
        app.get("/greeting") { request in
            request.afterThisRequest { request, response in
                response.headers[.contentLanguage] = "en"
            }
            return "Hello"
        }
    }
}
