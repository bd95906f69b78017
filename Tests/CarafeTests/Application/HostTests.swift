import Carafe
import CarafeTesting
import Testing

@Suite("Hosts")
struct HostTests {
    @Test(
        "a host that is not trusted is 400",
        arguments: [
            ("example.com", 200), ("EXAMPLE.com", 200), ("example.com:8000", 200), ("www.example.com", 400),
            ("a.example.org", 200), ("example.org", 200), ("badexample.org", 400), ("example.org.evil.com", 400),
            ("10.0.0.1:8080", 200), ("10.0.0.1", 400), ("10.0.0.1:80", 400), ("evil.com", 400), ("[::1]:5000", 200),
        ])
    func trusted(host: String, status: Int) async throws {
        let (app, _) = smallApp()
        app.config.trustedHosts = ["example.com", ".example.org", "10.0.0.1:8080", "[::1]"]
        app.get("/") { "ok" }
        try await app.test { client async throws in
            #expect(try await client.get("http://\(host)/").status.code == status)
        }
    }

    @Test("the refusal names the host, escaped, and error handlers see it")
    func refusal() async throws {
        let (app, _) = smallApp(["CARAFE_TRUSTED_HOSTS": "[\"example.com\"]"])
        app.get("/") { "ok" }
        try await app.test { client in
            let response = try await client.get("http://evil.com/")
            #expect(response.text.contains("Host &#39;evil.com&#39; is not trusted."))
            #expect(try await client.get("http://evil.com/missing").status == .badRequest)
        }
    }

    static func subdomains() -> App {
        let (app, _) = smallApp()
        app.config.serverName = "example.com"
        app.subdomainMatching = true
        app.get("/", name: "index") { "index" }
        app.get("/", name: "api", subdomain: "api") { "api" }
        app.get("/", name: "user", subdomain: "<user>.users") { (user: String) in user }
        let admin = Blueprint("admin", subdomain: "admin")
        admin.get("/", name: "index") { request in try request.url(for: ".inner.index") }
        let inner = Blueprint("inner", prefix: "/inner", subdomain: "old")
        inner.get("/", name: "index") { "inner" }
        admin.register(inner)
        app.register(admin)
        return app
    }

    @Test(
        "subdomains choose among rules",
        arguments: [
            ("http://example.com/", "index"), ("http://EXAMPLE.com:80/", "index"), ("http://api.example.com/", "api"),
            ("http://ada.users.example.com/", "ada"),
            ("http://admin.example.com/", "http://old.admin.example.com/inner/"),
            ("http://old.admin.example.com/inner/", "inner"),
        ])
    func subdomain(url: String, text: String) async throws {
        try await Self.subdomains().test { client async throws in
            #expect(try await client.get(url).text == text)
        }
    }

    @Test(
        "another host, and another subdomain, have no rules",
        arguments: [
            "http://www.example.com/", "http://example.org/", "http://apiexample.com/",
            "http://admin.example.com/inner/",
        ])
    func unknownSubdomain(url: String) async throws {
        try await Self.subdomains().test { client async throws in
            #expect(try await client.get(url).status == .notFound)
        }
    }

    @Test(
        "whole hosts choose among rules",
        arguments: [
            ("http://a.example.com/", "a"), ("http://A.example.com/", "a"), ("http://b.example.com/", "<b>"),
            ("http://localhost:5000/", "port"), ("http://localhost/", "404"), ("http://example.org/", "404"),
        ])
    func hosts(url: String, text: String) async throws {
        let (app, _) = smallApp()
        app.hostMatching = true
        app.get("/", name: "a", host: "a.example.com") { "a" }
        app.get("/", name: "any", host: "<name>.example.com") { (name: String) in "<\(name)>" }
        app.get("/", name: "port", host: "localhost:5000") { "port" }
        app.onError(.notFound) { _, _ in "404" }
        try await app.test { client async throws in
            #expect(try await client.get(url).text == text)
        }
    }
}
