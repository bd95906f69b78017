import Carafe
import CarafePostgreSQL
import CarafeSQL
import CarafeSQLite

/// A small blog: register, log in and out, search, write posts with tags and pictures, keep drafts.
///
/// It lives in `blog.db`, which is made and migrated at the first start, or in the database that `DATABASE_URL` names.
func makeBlog(environment: ConfigEnvironment = .process, database: String = "sqlite:///blog.db") -> App {
    let app = App(environment: environment)
    app.config.secretKey = "only-for-development"
    app.config.sessionCookieSameSite = "Lax"
    // The templates are part of the executable; in debug mode their files are read, so that changes show at once.
    app.templates.loaders = [EmbeddedTemplates.loader]

    app.install(
        Databases(
            database, drivers: .sqlite, .postgresql, migrations: EmbeddedMigrations.migrations, upgradesAtStart: true))

    app.onStartup { try await welcome(app.database) }

    app.beforeRequest { request async throws in
        guard let id: Int = request.session["user_id"] else { return }
        request.g["user"] = try await Account.with(id: id, in: request.database)
    }

    app.register(accounts())
    app.register(posts())

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

/// A first post, so that the first page is not empty. Nobody can log in as its author.
private func welcome(_ db: Database) async throws {
    guard let author = try await Account.add("carafe", passwordHash: "", to: db) else { return }
    let draft = Draft(
        title: "Welcome",
        body: """
            This blog is one small Swift program. Register, log in, and write the next post.

            Try a title like <script>alert(1)</script>: text stays text.
            """)
    try await Post.add(draft, image: nil, by: author, to: db)
}

private func errorPage(_ status: HTTPResponse.Status, _ title: String, _ message: String) throws -> Response {
    try render("error.html", ["title": title, "message": message]).status(status)
}
