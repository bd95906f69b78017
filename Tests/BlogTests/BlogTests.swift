import Carafe
import CarafeTesting
import Foundation
import NIOCore
import Testing

@testable import blog

@Suite("The example blog", .timeLimit(.minutes(5)))
struct BlogTests {
    private static let ada: Parameters = ["username": "ada", "password": "lovelace1"]

    private static func register(_ client: TestClient, _ name: String = "ada") async throws {
        let credentials: Parameters = ["username": "\(name)", "password": "lovelace1"]
        _ = try await client.post("/account/register", .form(credentials))
        _ = try await client.post("/account/login", .form(credentials))
    }

    private static func write(
        _ client: TestClient, _ title: String, tags: String = "", isDraft: Bool = false
    ) async throws {
        var form: Parameters = ["title": "\(title)", "body": "About \(title)", "tags": "\(tags)"]
        if isDraft { form["draft"] = "on" }
        _ = try await client.post("/posts/new", .form(form))
    }

    @Test("anyone may read", arguments: BlogDatabase.available)
    func reading(database: BlogDatabase) async throws {
        try await database.test { client in
            let index = try await client.get("/")
            #expect(index.status == .ok)
            #expect(index.text.contains("<a href=\"/posts/1\">Welcome</a>"))
            #expect(try await client.get("/posts/1").text.contains("&lt;script&gt;"))
            #expect(try await client.get("/static/style.css").headers[.contentType] == "text/css; charset=utf-8")
        }
    }

    @Test("who is registered logs in and out", arguments: BlogDatabase.available)
    func accounts(database: BlogDatabase) async throws {
        try await database.test { client in
            let registered = try await client.post("/account/register", .form(Self.ada), followRedirects: true)
            #expect(registered.text.contains("Welcome, ada. You can log in now."))
            let wrong = try await client.post("/account/login", .form(["username": "ada", "password": "wrong"]))
            #expect(wrong.text.contains("The name or the password is wrong."))
            let loggedIn = try await client.post("/account/login", .form(Self.ada), followRedirects: true)
            #expect(loggedIn.text.contains("Welcome back, ada."))
            let out = try await client.post("/account/logout", followRedirects: true)
            #expect(out.text.contains("You are logged out."))
        }
    }

    @Test("a name that is taken, or a password that is short, is refused", arguments: BlogDatabase.available)
    func badRegistration(database: BlogDatabase) async throws {
        try await database.test { client in
            let short = try await client.post("/account/register", .form(["username": "ada", "password": "short"]))
            #expect(short.text.contains("Choose a password of at least 8 characters."))
            let taken = try await client.post(
                "/account/register", .form(["username": "carafe", "password": "12345678"]))
            #expect(taken.text.contains("The name carafe is already taken."))
            #expect(try await client.post("/account/register").status == .badRequest)
        }
    }

    @Test("a writer writes, edits and deletes a post", arguments: BlogDatabase.available)
    func writing(database: BlogDatabase) async throws {
        try await database.test { client in
            try await Self.register(client)
            let made = try await client.post(
                "/posts/new", .form(["title": "A <b>", "body": "one\ntwo", "tags": "Swift, on the web,swift"]),
                followRedirects: true)
            #expect(made.url == "http://localhost/posts/2")
            #expect(made.text.contains("<h1>A &lt;b&gt;</h1>") && made.text.contains("<p>one</p><p>two</p>"))
            #expect(made.text.contains("/tags/on-the-web") && made.text.contains("/tags/swift"))
            let edited = try await client.post(
                "/posts/2/edit", .form(["title": "B", "body": "three", "tags": "new"]), followRedirects: true)
            #expect(edited.text.contains("<h1>B</h1>") && edited.text.contains("Your changes are saved."))
            #expect(edited.text.contains("/tags/new") && !edited.text.contains("/tags/swift"))
            let deleted = try await client.post("/posts/2/delete", followRedirects: true)
            #expect(deleted.text.contains("The post is gone."))
            #expect(try await client.get("/posts/2").status == .notFound)
            #expect(try await !client.get("/tags/new").text.contains("/posts/2"))
        }
    }

    @Test("only its author changes a post, and nobody without logging in", arguments: BlogDatabase.available)
    func rights(database: BlogDatabase) async throws {
        try await database.test { client in
            let stranger = try await client.get("/posts/new", followRedirects: true)
            #expect(stranger.url == "http://localhost/account/login" && stranger.text.contains("Log in first."))
            try await Self.register(client)
            #expect(try await client.get("/posts/1/edit").status == .forbidden)
            #expect(try await client.post("/posts/1/delete").status == .forbidden)
            #expect(try await client.get("/posts/99").text.contains("There is no such page."))
        }
    }

    @Test("a draft is seen by its author alone, until it is published", arguments: BlogDatabase.available)
    func drafts(database: BlogDatabase) async throws {
        try await database.test { client in
            try await Self.register(client)
            try await Self.write(client, "Secret", tags: "hidden", isDraft: true)
            #expect(try await client.get("/").text.contains("Secret"))
            _ = try await client.post("/account/logout")
            for path in ["/", "/?q=secret", "/tags/hidden", "/feed.atom"] {
                #expect(try await !client.get(path).text.contains("Secret"))
            }
            #expect(try await client.get("/posts/2").status == .notFound)
            try await Self.register(client, "bob")
            #expect(try await client.get("/posts/2/edit").status == .notFound)
            try await Self.register(client)
            _ = try await client.post("/posts/2/edit", .form(["title": "Open", "body": "text"]))
            _ = try await client.post("/account/logout")
            #expect(try await client.get("/posts/2").text.contains("<h1>Open</h1>"))
        }
    }

    @Test(
        "the search finds text in titles and bodies, and takes nothing for a pattern",
        arguments: BlogDatabase.available)
    func search(database: BlogDatabase) async throws {
        try await database.test { client in
            try await Self.register(client)
            try await Self.write(client, "100% Swift")
            try await Self.write(client, "snake_case")
            func found(_ text: String) async throws -> [String] {
                let page = try await client.get("/", query: ["q": "\(text)"]).text
                return ["Welcome", "100% Swift", "snake_case"].filter { page.contains(">\($0)</a>") }
            }
            #expect(try await found("SWIFT") == ["Welcome", "100% Swift"])
            #expect(try await found("%") == ["100% Swift"])
            #expect(try await found("_") == ["snake_case"])
            #expect(try await found("!") == [])
            #expect(try await found("' OR 1=1 --") == [])
            #expect(try await client.get("/?q=%00").status == .badRequest)
        }
    }

    @Test("long lists have pages, and behind the last one there is none", arguments: BlogDatabase.available)
    func pages(database: BlogDatabase) async throws {
        try await database.test { client in
            try await Self.register(client)
            for number in 1...11 { try await Self.write(client, "Number \(number)", tags: "all") }
            let first = try await client.get("/").text
            #expect(first.contains(">Number 11<") && first.contains(">Number 7<") && !first.contains(">Number 6<"))
            #expect(first.contains("href=\"/?page=3\""))
            #expect(try await client.get("/?page=3").text.contains(">Welcome<"))
            #expect(try await client.get("/?page=4").status == .notFound)
            #expect(try await client.get("/?page=0").status == .notFound)
            #expect(try await client.get("/tags/all?page=2").text.contains("href=\"/tags/all?page=1\""))
        }
    }

    @Test("the feed is Atom with the newest posts", arguments: BlogDatabase.available)
    func feed(database: BlogDatabase) async throws {
        try await database.test { client in
            try await Self.register(client)
            try await Self.write(client, "Fish & <chips>")
            let feed = try await client.get("/feed.atom")
            #expect(feed.headers[.contentType] == "application/atom+xml; charset=utf-8")
            #expect(feed.text.contains("<title>Fish &amp; &lt;chips&gt;</title>"))
            #expect(feed.text.contains("<id>http://localhost/posts/2</id>"))
        }
    }

    /// A picture of one pixel.
    private static let png: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
        0, 0, 0,
        0, 0x3A, 0x7E, 0x9B, 0x55,
    ]

    @Test("a post has a picture, which is served as what it is", arguments: BlogDatabase.available)
    func image(database: BlogDatabase) async throws {
        try await database.test { client in
            try await Self.register(client)
            func write(_ bytes: [UInt8]) async throws -> TestResponse {
                try await client.post(
                    "/posts/new",
                    .multipart([
                        .field("title", "Picture"), .field("body", "text"), .field("imageDescription", "A \"dot\""),
                        .file("image", filename: "dot.html", contentType: "text/html", bytes),
                    ]), followRedirects: true)
            }
            let page = try await write(Self.png).text
            #expect(page.contains("alt=\"A &#34;dot&#34;\""))
            let path = try #require(page.components(between: "<img src=\"", "\""))
            let picture = try await client.get(path)
            #expect(Array(buffer: picture.body) == Self.png && picture.headers[.contentType] == "image/png")
            #expect(picture.headers[.xContentTypeOptions] == "nosniff")
            let refused = try await write(Array("<script>alert(1)</script>".utf8))
            #expect(refused.text.contains("A picture is a PNG, JPEG, GIF or WebP file."))
            #expect(try await client.get("/posts/3").status == .notFound)
        }
    }
}

extension String {
    /// What stands between the first `start` and the `end` after it.
    fileprivate func components(between start: String, _ end: String) -> String? {
        guard let from = range(of: start)?.upperBound, let to = self[from...].range(of: end)?.lowerBound else {
            return nil
        }
        return String(self[from..<to])
    }
}
