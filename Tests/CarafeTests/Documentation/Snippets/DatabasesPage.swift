import Carafe
import CarafePostgreSQL
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import Testing

/// The snippets of docs/guide/databases.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum DatabasesPage {
    struct Post: Codable {
        var id: Int
        var title: String
    }

    struct NewPost: Decodable {
        var title: String
    }

    struct Registration: Decodable {
        var name: String
    }

    static func first(_ app: App) {
        app.install(Databases("sqlite:///blog.db", drivers: .sqlite))

        app.get("/posts/<int:id>", name: "post") { (db: Database, id: Int) async throws in
            let post = try await db.firstOr404("SELECT id, title FROM post WHERE id = \(id)", as: Post.self)
            return try render("post.html", ["post": post])
        }
        app.post("/posts") { (db: Database, form: Form<NewPost>) async throws in
            let id = try await db.one(
                "INSERT INTO post (title) VALUES (\(form.value.title)) RETURNING id", as: Int.self)
            return redirect(to: "/posts/\(id)")
        }
    }

    static func named(_ app: App) {
        app.install(Databases("sqlite:///blog.db", binds: ["stats": "sqlite:///stats.db"], drivers: .sqlite))
        app.get("/hits") { request async throws in
            let hits = try await request.database("stats").one("SELECT count(*) FROM hit", as: Int.self)
            return "\(hits) hits"
        }
    }

    struct Transfer: Decodable {
        var from: Int
        var to: Int
        var amount: Int
    }

    static func statements(_ app: App) {
        app.get("/authors/<int:author>") { (db: Database, author: Int) async throws in
            let posts = try await db.query("SELECT id, title FROM post WHERE author_id = \(author)", as: Post.self)
            return JSON(posts)
        }

        app.get("/search") { (request: Request, db: Database) async throws in
            var conditions: [SQL] = ["draft = \(false)"]
            if let word = request.query["q"] { conditions.append("title LIKE \("%\(word)%")") }
            let ids = request.query[values: "id"].compactMap { Int($0) }
            if !ids.isEmpty { conditions.append("id IN (\(ids))") }
            let posts = try await db.query(
                "SELECT id, title FROM post WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(SQLIdentifier("created"))",
                as: Post.self)
            return JSON(posts)
        }
    }

    static func transactions(_ app: App) {
        app.post("/transfer") { (db: Database, form: Form<Transfer>) async throws in
            let transfer = form.value
            try await db.transaction(retries: 3) { tx in
                try await tx.execute(
                    "UPDATE account SET money = money - \(transfer.amount) WHERE id = \(transfer.from)")
                try await tx.execute("UPDATE account SET money = money + \(transfer.amount) WHERE id = \(transfer.to)")
            }
            return "done"
        }
    }

    static func batch(_ db: Database, _ words: [String]) async throws {
        try await db.executeBatch(words) { "INSERT INTO word (text, length) VALUES (\($0), \($0.utf8.count))" }
    }

    static func pool(_ app: App) {
        var databases = Databases("postgresql:///blog", drivers: .postgresql)
        databases.configure = { _, configuration in
            configuration.pool.size = 20
            configuration.pool.waitTimeout = .seconds(5)
        }
        app.install(databases)
    }

    static func errors(_ app: App) {
        app.post("/register") { (db: Database, form: Form<Registration>) async throws in
            do {
                try await db.execute("INSERT INTO user (name) VALUES (\(form.value.name))")
                return "Welcome, \(form.value.name)!"
            } catch let error as DatabaseError where error.kind == .uniqueViolation {
                return "The name \(form.value.name) is taken."
            }
        }
    }

    static func pages(_ app: App) {
        app.get("/", name: "index") { (request: Request, db: Database) async throws in
            let posts: SQL = "SELECT * FROM post ORDER BY created DESC"
            return try render("index.html", ["pagination": try await db.paginate(posts, for: request, as: Post.self)])
        }

        app.get("/archive") { (request: Request, db: Database) async throws in
            let cursor = request.query["at"].flatMap(PageCursor.init)
            let page = try await db.page(
                "SELECT * FROM post", orderedBy: [.descending("id")], at: cursor, as: Post.self)
            return JSON(page)
        }
    }

    static func queries(_ app: App) {
        app.afterRequest { request, _ in
            request.logger.info("\(request.path) sent \(request.queries.count) statements")
        }
    }
}

@Suite("The databases page")
struct DatabasesPageTests {
    func makeBlog(environment: ConfigEnvironment) -> App {
        let app = App("blog", root: "/nonexistent", environment: environment)
        let first = Migrations.embedded([
            "versions/1_post.sql":
                "-- revision: 1\n-- down_revision: none\n-- migrate: up\nCREATE TABLE post (id INTEGER, title TEXT, created TEXT)"
        ])
        app.install(Databases(drivers: .sqlite, migrations: first, upgradesAtStart: true))
        app.get("/posts/<int:id>") { (db: Database, id: Int) async throws in
            JSON(try await db.firstOr404("SELECT id, title FROM post WHERE id = \(id)", as: DatabasesPage.Post.self))
        }
        return app
    }

    @Test("a post that is not there is 404")
    func missing() async throws {
        let app = makeBlog(environment: .variables(["DATABASE_URL": "sqlite://"]))
        try await app.test { client async throws in
            #expect(try await client.get("/posts/1").status == .notFound)
        }
    }
}

/// The snippets of docs/guide/migrations.md.
enum MigrationsPage {
    /// What the plugin makes.
    enum EmbeddedMigrations {
        static let migrations = Migrations.embedded([:])
    }

    static func start(_ app: App) {
        app.install(Databases("sqlite:///blog.db", drivers: .sqlite, upgradesAtStart: true))
    }

    static func embedded(_ app: App) {
        let migrations = EmbeddedMigrations.migrations
        app.install(Databases("sqlite:///blog.db", drivers: .sqlite, migrations: migrations, upgradesAtStart: true))
    }

    static func migrator(_ db: Database) async throws {
        let migrator = Migrator(db, .folder("migrations"))
        for revision in try await migrator.status().pending { print(revision.id, revision.message) }
        try await migrator.upgrade()
    }
}
