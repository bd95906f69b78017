import Carafe
import CarafeTesting
import Testing

@testable import blog

@Suite("The example blog", .timeLimit(.minutes(5)))
struct BlogTests {
    private static let ada: Parameters = ["username": "ada", "password": "lovelace1"]

    private static func register(_ client: TestClient) async throws {
        _ = try await client.post("/account/register", .form(ada))
        _ = try await client.post("/account/login", .form(ada))
    }

    @Test("anyone may read") func reading() async throws {
        try await makeBlog(environment: .none).test { client in
            let index = try await client.get("/")
            #expect(index.status == .ok)
            #expect(index.text.contains("<a href=\"/posts/1\">Welcome</a>"))
            #expect(try await client.get("/posts/1").text.contains("&lt;script&gt;"))
            #expect(try await client.get("/static/style.css").headers[.contentType] == "text/css; charset=utf-8")
        }
    }

    @Test("who is registered logs in and out") func accounts() async throws {
        try await makeBlog(environment: .none).test { client in
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

    @Test("a name that is taken, or a password that is short, is refused") func badRegistration() async throws {
        try await makeBlog(environment: .none).test { client in
            let short = try await client.post("/account/register", .form(["username": "ada", "password": "short"]))
            #expect(short.text.contains("Choose a password of at least 8 characters."))
            let taken = try await client.post(
                "/account/register", .form(["username": "carafe", "password": "12345678"]))
            #expect(taken.text.contains("The name carafe is already taken."))
            #expect(try await client.post("/account/register").status == .badRequest)
        }
    }

    @Test("a writer writes, edits and deletes a post") func writing() async throws {
        try await makeBlog(environment: .none).test { client in
            try await Self.register(client)
            let made = try await client.post(
                "/posts/new", .form(["title": "A <b>", "body": "one\ntwo"]), followRedirects: true)
            #expect(made.url == "http://localhost/posts/2")
            #expect(made.text.contains("<h1>A &lt;b&gt;</h1>") && made.text.contains("<p>one</p><p>two</p>"))
            let edited = try await client.post(
                "/posts/2/edit", .form(["title": "B", "body": "three"]), followRedirects: true)
            #expect(edited.text.contains("<h1>B</h1>") && edited.text.contains("Your changes are saved."))
            let deleted = try await client.post("/posts/2/delete", followRedirects: true)
            #expect(deleted.text.contains("The post is gone."))
            #expect(try await client.get("/posts/2").status == .notFound)
        }
    }

    @Test("only its author changes a post, and nobody without logging in") func rights() async throws {
        try await makeBlog(environment: .none).test { client in
            let stranger = try await client.get("/posts/new", followRedirects: true)
            #expect(stranger.url == "http://localhost/account/login" && stranger.text.contains("Log in first."))
            try await Self.register(client)
            #expect(try await client.get("/posts/1/edit").status == .forbidden)
            #expect(try await client.post("/posts/1/delete").status == .forbidden)
            #expect(try await client.get("/posts/99").text.contains("There is no such page."))
        }
    }
}
