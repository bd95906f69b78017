import Carafe
import NIOCore
import Synchronization

/// The README's snippets. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum ReadmePage {
    static func hello() async {
        let app = App()
        app.get("/") { "Hello, World!" }
        await app.main()
    }

    static func aLittleMore(_ app: App) {
        struct NewPost: Decodable {
            var title: String
        }

        struct Post: Encodable {
            var id: Int
            var title: String
        }

        app.get("/hello/<name>") { (name: String) in
            HTML("<h1>Hello, \(name)!</h1>")
        }
        app.get("/posts/<int:id>", name: "post") { (id: Int) async throws -> Post? in
            try await find(id)
        }
        app.post("/posts") { (body: JSONBody<NewPost>) async throws in
            JSON(try await create(body.value), status: .created)
        }
        app.onError(.notFound) { request, error in
            HTML("<h1>Nothing at \(request.path)</h1>").status(.notFound)
        }

        @Sendable func find(_ id: Int) async throws -> Post? { id == 1 ? Post(id: 1, title: "Hello") : nil }
        @Sendable func create(_ post: NewPost) async throws -> Post { Post(id: 2, title: post.title) }
    }
}
