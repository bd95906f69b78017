import Carafe
import CarafePostgreSQL
import CarafeSQL
import CarafeSQLite

// What is measured of databases behind a server: one row by its key as JSON, and twenty rows as a page. The peers beside
// this file do the same in Python; scripts/bench-databases compares them.

struct Post: Codable {
    var id: Int
    var author: String
    var title: String
    var body: String
}

let app = App()
app.install(Databases("sqlite:///posts.db", drivers: .sqlite, .postgresql))

app.get("/post/<int:id>") { (db: Database, id: Int) async throws in
    try await db.firstOr404("SELECT id, author, title, body FROM post WHERE id = \(id)", as: Post.self)
}

app.get("/posts") { (request: Request, db: Database) async throws in
    let posts = try await db.query("SELECT id, author, title, body FROM post ORDER BY id DESC LIMIT 20", as: Post.self)
    return try request.render("posts.html", ["posts": posts])
}

await app.main()
