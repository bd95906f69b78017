import Carafe

/// A small blog: register, log in and out, write, edit and delete posts. Posts live in memory and end with the process.
func makeBlog(environment: ConfigEnvironment = .process) -> App {
    let app = App(environment: environment)
    app.config.secretKey = "only-for-development"
    app.config.sessionCookieSameSite = "Lax"

    let blog = BlogStore()
    blog.seed()

    app.beforeRequest { request in
        let id: Int? = request.session["user_id"]
        request.g["user"] = id.flatMap(blog.user)
    }

    app.register(accounts(blog))
    app.register(posts(blog))

    app.onError(.notFound) { request, _ in
        page(request, title: "Nothing here", status: .notFound) {
            HTML("<p class=lead>There is no such page. <a href=\"/\">Back to the posts</a></p>")
        }
    }
    app.onError(.forbidden) { request, _ in
        page(request, title: "Not yours", status: .forbidden) {
            HTML("<p class=lead>Only its author may change a post. <a href=\"/\">Back to the posts</a></p>")
        }
    }
    app.onError(.internalServerError) { request, _ in
        page(request, title: "Something broke", status: .internalServerError) {
            HTML("<p class=lead>It is our fault, and it has been written down. <a href=\"/\">Back to the posts</a></p>")
        }
    }

    return app
}
