import Carafe

/// A small blog: register, log in and out, write, edit and delete posts. Posts live in memory and end with the process.
func makeBlog(environment: ConfigEnvironment = .process) -> App {
    let app = App(environment: environment)
    app.config.secretKey = "only-for-development"
    app.config.sessionCookieSameSite = "Lax"
    // The templates are part of the executable; in debug mode their files are read, so that changes show at once.
    app.templates.loaders = [EmbeddedTemplates.loader]

    let blog = BlogStore()
    blog.seed()

    app.beforeRequest { request in
        let id: Int? = request.session["user_id"]
        request.g["user"] = id.flatMap(blog.user)
    }

    app.register(accounts(blog))
    app.register(posts(blog))

    app.onError(.notFound) { _, _ in
        try errorPage(.notFound, "Nothing here", "There is no such page.")
    }
    app.onError(.forbidden) { _, _ in
        try errorPage(.forbidden, "Not yours", "Only its author may change a post.")
    }
    app.onError(.internalServerError) { _, _ in
        try errorPage(.internalServerError, "Something broke", "It is our fault, and it has been written down.")
    }

    return app
}

private func errorPage(_ status: HTTPResponse.Status, _ title: String, _ message: String) throws -> Response {
    try render("error.html", ["title": title, "message": message]).status(status)
}
